"use strict";
// Vega is published as ES modules with top-level await, which only a real import() loads: TypeScript's CommonJS output
// would make a require() of it, hence this file in JavaScript.
exports.loadVega = async () => {
    const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
    return { vega, vegaLite };
};

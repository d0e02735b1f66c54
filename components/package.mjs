import { packing } from "../tools/lib/packing.mjs";

packing(import.meta.dirname, {
    copies: { "glue-scripts": "glue-scripts" },
    // The package's "main" is ./index: this file there, index.ts in the repository.
    texts: { "index.js": 'module.exports = require("./dist");\n' },
});

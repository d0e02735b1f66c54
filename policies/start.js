/**
 * Where Pulumi starts the pack: compiled in the published package, as TypeScript in the repository. Pulumi loads TypeScript
 * through a ts-node that checks types, which takes longer than everything else the pack does; the types are checked by
 * `npm test`, so here they are only stripped.
 */
const fs = require("node:fs");
const path = require("node:path");

const compiled = path.join(__dirname, "dist", "index.js");
if (fs.existsSync(compiled)) {
    require(compiled);
} else {
    const tsNode = require("ts-node");
    process[tsNode.REGISTER_INSTANCE]?.enabled(false);
    tsNode.register({ transpileOnly: true, project: path.join(__dirname, "..", "tsconfig.json") });
    require("./index.ts");
}

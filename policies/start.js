/**
 * Where Pulumi starts the pack. Pulumi loads a TypeScript pack through a ts-node that checks types, which takes longer
 * than everything else the pack does; the types are checked by `npm test`, so here they are only stripped.
 */
const path = require("node:path");
const tsNode = require("ts-node");

process[tsNode.REGISTER_INSTANCE]?.enabled(false);
tsNode.register({ transpileOnly: true, project: path.join(__dirname, "..", "tsconfig.json") });
require("./index.ts");

/**
 * Where Pulumi starts the pack: compiled in the published package. In the repository the TypeScript is compiled when it has
 * changed, and kept in .lakeworks/; types are checked by `npm test`. Pulumi itself would load TypeScript through a ts-node that
 * checks types in each preview, which takes longer than everything else the pack does.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const published = path.join(__dirname, "dist", "index.js");
require(fs.existsSync(published) ? published : compiled());

/** @returns the compiled entry, in a folder named by the hash of all sources */
function compiled() {
    const names = fs
        .readdirSync(__dirname, { recursive: true })
        .filter((name) => /\.[tj]s$/.test(name) && !name.endsWith(".d.ts"))
        .sort();
    const texts = names.map((name) => fs.readFileSync(path.join(__dirname, name), "utf8"));
    const hash = createHash("sha256")
        .update(JSON.stringify([names, texts]))
        .digest("hex")
        .slice(0, 16);
    const folder = path.join(__dirname, "..", ".lakeworks", "policies", hash);
    if (!fs.existsSync(folder)) {
        const ts = require("typescript");
        const { compilerOptions } = ts.readConfigFile(
            path.join(__dirname, "..", "tsconfig.json"),
            ts.sys.readFile,
        ).config;
        // Another preview may compile at the same moment: a folder is there whole or not at all.
        const made = `${folder}.${process.pid}`;
        names.forEach((name, index) => {
            const script = name.endsWith(".js");
            const text = script ? texts[index] : ts.transpileModule(texts[index], { compilerOptions }).outputText;
            const file = path.join(made, name.replace(/\.ts$/, ".js"));
            fs.mkdirSync(path.dirname(file), { recursive: true });
            fs.writeFileSync(file, text);
        });
        try {
            fs.renameSync(made, folder);
        } catch (error) {
            fs.rmSync(made, { recursive: true });
            if (!fs.existsSync(folder)) throw error;
        }
    }
    return path.join(folder, "index.js");
}

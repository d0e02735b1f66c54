/** The reference in docs/components/ is what the sources say today, and its examples run. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { exampleFile, makePages, pagesFolder } from "../../tools/docs";
import { componentNames, componentsFolder } from "../../tools/docs/analysis";
import { build, ofType } from "./mocks";

const load = createRequire(__filename);

describe("the components' reference", () => {
    it("is up to date", async function () {
        // The analyzer type-checks the components with all of @pulumi/aws.
        this.timeout(180_000);
        const pages = await makePages();
        assert.deepEqual(fs.readdirSync(pagesFolder).sort(), [...pages.keys()].sort(), 'run "npm run docs"');
        for (const [file, text] of pages) {
            assert.equal(fs.readFileSync(path.join(pagesFolder, file), "utf8"), text, `${file}: run "npm run docs"`);
        }
    });

    describe("has an example that runs", () => {
        const folder = process.cwd();
        // Where the examples' own files are: paths in arguments start from the program's folder.
        before(() => process.chdir(path.join(componentsFolder, "examples")));
        after(() => process.chdir(folder));

        for (const name of componentNames()) {
            it(`of ${name}`, async () => {
                const example = exampleFile(name);
                assert.ok(fs.existsSync(example), `${example} is missing`);
                const lines = fs.readFileSync(example, "utf8").trimEnd().split("\n").length;
                assert.ok(lines <= 40, `${lines} lines are more than an example needs`);
                const built = await build(() => load(example) as unknown);
                assert.ok(ofType(built, `lakeworks:index:${name}`).length > 0);
            });
        }
    });
});

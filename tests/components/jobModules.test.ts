import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { libraryModules, modulesArgument } from "../../components/jobModules";

describe("the modules of a job", () => {
    it("are of the versions that the local AWS and the tests have", () => {
        const file = path.join(__dirname, "..", "..", "tools", "python", "requirements.txt");
        const local = fs
            .readFileSync(file, "utf8")
            .split("\n")
            .map((line) => line.replace(/\s*#.*/, ""));
        assert.deepEqual(
            libraryModules.filter((module) => !local.includes(module)),
            [],
        );
    });

    it("are those that Lakeworks' own library imports, of what Glue does not have", () => {
        const folder = path.join(__dirname, "..", "..", "glue-scripts", "lakeworks");
        const sources = fs
            .readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".py"));
        const imports = sources.flatMap((file) =>
            [...fs.readFileSync(path.join(folder, file), "utf8").matchAll(/^(?:from|import) ([a-z]\w*)/gm)].map(
                ([, name]) => name!,
            ),
        );
        const named = libraryModules.map((module) => module.replace(/==.*/, ""));
        assert.deepEqual(
            named.filter((name) => !imports.includes(name)),
            [],
        );
    });

    it("are a script's own where there is one", () => {
        assert.deepEqual(modulesArgument({}), { "--additional-python-modules": libraryModules.join(",") });
        assert.deepEqual(modulesArgument({ scriptPath: "job.py" }), {});
        assert.deepEqual(modulesArgument({ scriptPath: "job.py", pythonModules: ["pandas==2.2.3"] }), {
            "--additional-python-modules": "pandas==2.2.3",
        });
        assert.deepEqual(modulesArgument({ pythonModules: [] }), {});
    });
});

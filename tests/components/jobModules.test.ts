import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { GlueVersion } from "../../components";
import { Faults } from "../../components/faults";
import {
    checkModules,
    libraryModules,
    modulesArgument,
    modulesOf,
    wheelsOf,
    type ModuleArgs,
} from "../../components/jobModules";
import { loadToolchain } from "../../tools/toolchain";

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
        assert.deepEqual(modulesOf({}), libraryModules);
        assert.deepEqual(modulesOf({ scriptPath: "job.py" }), []);
        assert.deepEqual(modulesOf({ scriptPath: "job.py", pythonModules: ["pandas==2.2.3"] }), ["pandas==2.2.3"]);
        assert.deepEqual(modulesOf({ pythonModules: [] }), []);
    });

    it("are one argument, or none", () => {
        assert.deepEqual(modulesArgument(["a==1", "b==2"]), { "--additional-python-modules": "a==1,b==2" });
        assert.deepEqual(modulesArgument([]), {});
    });

    describe("of a folder of wheels", () => {
        const wheels = [
            "duckdb-2.0.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            "duckdb-2.0.1-cp312-abi3-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            "ruamel_yaml-0.19.1-py3-none-any.whl",
            "zstandard-0.25.0-cp311-cp311-manylinux2014_aarch64.whl",
            "zstandard-0.25.0-cp313-cp313-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        ];
        let wheelsPath: string;
        before(() => {
            wheelsPath = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-wheels-"));
            wheels.forEach((file) => fs.writeFileSync(path.join(wheelsPath, file), ""));
        });
        after(() => fs.rmSync(wheelsPath, { recursive: true }));

        const found = (args: ModuleArgs) => wheelsOf({ ...args, wheelsPath }).map((file) => path.basename(file));

        it("are those for the Python of the job's Glue", () => {
            const pythonModules = ["duckdb==2.0.1", "ruamel.yaml==0.19.1"];
            assert.deepEqual(found({ pythonModules }), [wheels[0], wheels[2]]);
            assert.deepEqual(found({ pythonModules, glueVersion: "6.0" }), [wheels[1], wheels[2]]);
            assert.deepEqual(wheelsOf({ pythonModules }), []);
        });

        it("are named where one lacks, with the command that gets it", () => {
            const pythonModules = ["duckdb==2.0.1", "zstandard==0.25.0"];
            const [lacking = ""] = reasons({ pythonModules, wheelsPath });
            assert.match(lacking, /no wheel of zstandard==0\.25\.0 for Python 3\.11/);
            assert.match(lacking, /--python-version 3\.11 .*--dest \S+lakeworks-wheels-\w+ zstandard==0\.25\.0$/);
            assert.deepEqual(reasons({ pythonModules, wheelsPath, glueVersion: "6.0" }), []);
            const [other = ""] = reasons({ pythonModules: ["duckdb==2.0.0"], wheelsPath, glueVersion: "6.0" });
            assert.match(other, /no wheel of duckdb==2\.0\.0 for Python 3\.13/);
        });

        it("are those that set-up has for the library, on every Glue", () => {
            for (const glueVersion of Object.values(GlueVersion)) {
                const ready = wheelsOf({ wheelsPath: loadToolchain().glueWheels, glueVersion });
                assert.equal(ready.length, libraryModules.length, glueVersion);
            }
        });
    });

    it("have exact versions", () => {
        const found = reasons({ pythonModules: ["pandas", "numpy>=2", "scipy==1.16.3"] });
        assert.deepEqual(
            found.map((reason) => reason.split(" ")[0]),
            ['"pandas"', '"numpy>=2"'],
        );
    });
});

function reasons(args: ModuleArgs): string[] {
    const faults = new Faults("EtlJob");
    checkModules(args, faults);
    try {
        faults.throwIfAny();
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        return error.errors.map(({ reason }) => reason ?? "");
    }
    return [];
}

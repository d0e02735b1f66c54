import { deepEqual, equal } from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { isLetGo, letGoConfig } from "../../automation/letGo";

describe("a stack that is let go", () => {
    const before = process.env.LAKEWORKS_HOME;
    let home: string;

    beforeEach(() => {
        home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-letgo-"));
        process.env.LAKEWORKS_HOME = home;
    });
    afterEach(() => {
        if (before === undefined) delete process.env.LAKEWORKS_HOME;
        else process.env.LAKEWORKS_HOME = before;
        fs.rmSync(home, { recursive: true, force: true });
    });

    function configured(given?: object): unknown {
        const file = given === undefined ? undefined : path.join(home, "given.json");
        if (file !== undefined) fs.writeFileSync(file, JSON.stringify(given));
        return JSON.parse(fs.readFileSync(letGoConfig(file, "prod"), "utf8"));
    }

    it("has both keys, the second with its own name", () => {
        equal(isLetGo({ forceDestroy: "true", destroyConfirmation: "prod" }, "prod"), true);
        equal(isLetGo({ forceDestroy: "true" }, "prod"), false);
        equal(isLetGo({ destroyConfirmation: "prod" }, "prod"), false);
        equal(isLetGo({ forceDestroy: "true", destroyConfirmation: "dev" }, "prod"), false);
    });

    it("is named in the pack's configuration, whatever else that says", () => {
        deepEqual(configured(), { "retained-data": { letGo: ["prod"] } });
        deepEqual(configured({ "query-cutoff": "advisory", "retained-data": { stacks: ["."], letGo: ["old"] } }), {
            "query-cutoff": "advisory",
            "retained-data": { stacks: ["."], letGo: ["old", "prod"] },
        });
        deepEqual(configured({ "retained-data": "advisory" }), {
            "retained-data": { enforcementLevel: "advisory", letGo: ["prod"] },
        });
    });
});

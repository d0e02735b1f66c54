import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { StepFailure } from "../../automation/errors";
import { readPolicyConfig } from "../../automation/policyConfig";
import { encrypted, parquet } from "./review/support";

const today = "2026-11-25";
const exception = { name: "partner_export", reason: "the partner reads CSV", until: "2026-11-25" };

describe("the policies' configuration", () => {
    let folder: string;
    before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-config-"))));
    after(() => fs.rmSync(folder, { recursive: true }));

    function read(config: unknown) {
        const file = path.join(folder, "config.json");
        fs.writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
        return readPolicyConfig(file, [parquet, encrypted], today);
    }

    /** The faults' own lines. */
    function faultsOf(config: unknown): string[] {
        try {
            read(config);
        } catch (error) {
            assert.ok(error instanceof StepFailure);
            return error.message.split("\n").slice(1);
        }
        return [];
    }

    it("lists exceptions: in force to the end of their last day, expired from the next on", () => {
        const config = read({ "parquet-output": { exceptions: [exception, { ...exception, until: "2026-11-24" }] } });
        assert.deepEqual(
            config?.exceptions.map(({ rule, state }) => [rule, state]),
            [
                ["parquet-output", "in force"],
                ["parquet-output", "expired"],
            ],
        );
        assert.equal(config?.file, path.join(folder, "config.json"));
    });

    it("takes levels, the rule's own settings, and all rules at once", () => {
        assert.deepEqual(faultsOf({ all: "mandatory", "encrypted-buckets": { enforcementLevel: "advisory" } }), []);
        assert.deepEqual(faultsOf({ "parquet-output": "disabled" }), []);
    });

    it("names every fault by its place, with what to write", () => {
        const exceptions = [
            { name: "x", reason: " ", until: "2026-06-31" },
            { reason: "y", until: "soon", ticket: 7 },
            "x",
        ];
        const faults = faultsOf({
            "parquet-output": { exceptions, cutoff: 1, enforcementLevel: "strict" },
            "parket-output": {},
            "encrypted-buckets": "loose",
        });
        const expected = [
            /^ {2}- parquet-output\.enforcementLevel is "strict"; write one of advisory, mandatory/,
            /parquet-output\.cutoff is no setting of the rule; it has enforcementLevel, exceptions/,
            /parquet-output\.exceptions\[0\]\.reason is missing; write why the rule cannot be kept/,
            /parquet-output\.exceptions\[0\]\.until is "2026-06-31"; write the last day on which it holds, as "2027-/,
            /parquet-output\.exceptions\[1\]\.ticket is not known; an exception is \{ "name"/,
            /parquet-output\.exceptions\[1\]\.name is missing; write the table, query or resource/,
            /parquet-output\.exceptions\[1\]\.until is "soon"/,
            /parquet-output\.exceptions\[2\] must be an object/,
            /"parket-output" is no rule of the pack; its rules: parquet-output, encrypted-buckets/,
            /encrypted-buckets is "loose"; write one of/,
        ];
        assert.equal(faults.length, expected.length, faults.join("\n"));
        expected.forEach((pattern, index) => assert.match(faults[index]!, pattern));
    });

    it("says that a file is missing, or no JSON, and what to write", () => {
        const missing = path.join(folder, "none.json");
        assert.throws(() => readPolicyConfig(missing, [parquet]), /none\.json does not exist/);
        assert.throws(() => read("exceptions: []"), /config\.json cannot be read/);
        assert.match(faultsOf([])[0]!, /the file must hold an object by rule/);
    });
});

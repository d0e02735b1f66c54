/** Secrets: the stacks' files have none, and the program takes none from the environment into what Pulumi keeps. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../tools/toolchain";
import { atEndpoint, runProgram } from "./program";

/** Names by which secrets are handed to programs. */
const names = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "PULUMI_CONFIG_PASSPHRASE", "DB_PASSWORD"];
const secret = "secret-7d1f0c52";

describe("secrets", function () {
    this.timeout(60_000);
    const given = names.map((name) => [name, process.env[name]] as const);
    before(() => names.forEach((name) => (process.env[name] = secret)));
    after(() => {
        for (const [name, value] of given) {
            if (value === undefined) delete process.env[name];
            else process.env[name] = value;
        }
    });

    it("the stacks' files have no key and no password", () => {
        const files = fs.readdirSync(projectRoot).filter((name) => /^Pulumi.*\.yaml$/.test(name));
        assert.ok(files.length >= 4);
        for (const file of files) {
            const text = fs.readFileSync(path.join(projectRoot, file), "utf8");
            assert.doesNotMatch(text, /\b(AKIA|ASIA)[A-Z0-9]{16}\b|BEGIN [A-Z ]*PRIVATE KEY|password\s*:/i, file);
        }
    });

    for (const stack of ["dev", "prod"]) {
        it(`what the program of ${stack} hands to Pulumi has nothing of the environment's secrets`, async () => {
            const { resources } = await atEndpoint("http://127.0.0.1:1", () => runProgram(stack));
            assert.ok(resources.length > 100);
            assert.ok(!JSON.stringify(resources).includes(secret));
        });
    }
});

/** The pack as a whole: every rule is listed, described and configurable in one way. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { rules } from "../../policies/rules";
import { projectRoot } from "../../tools/toolchain";

const folders = ["lake", "wiring", "security", "cost", "reliability"];
const docs = ["policies.md", "policies-safety.md"]
    .map((file) => fs.readFileSync(path.join(projectRoot, "docs", file), "utf8"))
    .join("\n");

describe("the policy pack", () => {
    it("has a rule for each file, under the file's name", () => {
        const files = folders.flatMap((folder) => fs.readdirSync(path.join(projectRoot, "policies", folder)));
        deepEqual(rules.map(({ name }) => `${name}.ts`).sort(), files.sort());
    });

    for (const rule of rules) {
        it(`describes ${rule.name}: what, how bad, where to read more, how to fix it`, () => {
            match(rule.name, /^[a-z]+(-[a-z]+)+$/);
            match(rule.description, /\.$/);
            ok((rule.displayName ?? "").length > 0);
            match(rule.url ?? "", /^https:\/\/(docs\.aws\.amazon|www\.pulumi)\.com\//);
            match(rule.remediationSteps ?? "", /\.$/);
            ok(["low", "medium", "high", "critical"].includes(rule.severity ?? ""));
            ok((rule.tags ?? []).length > 0);
            ok(docs.includes(`\n### \`${rule.name}\`\n`), "it has a section in the docs");
        });

        it(`gives each setting of ${rule.name} a meaning and a default`, () => {
            const settings = Object.entries(rule.configSchema?.properties ?? {});
            ok(settings.some(([name]) => name === "exceptions"));
            for (const [name, { description, default: value }] of settings) {
                equal(typeof description, "string", name);
                ok(value !== undefined, name);
            }
        });
    }
});

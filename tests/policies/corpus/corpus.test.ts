/**
 * The corpus: small programs of every way to a bad lake, and of good ones, previewed by the real engine and provider under the
 * pack as it is published. A program of violations/<rule>/ breaks that rule, and no other. Those of rules that see one resource at
 * a time are previewed together; all others one by one, as their resources would be taken for each other's.
 */
import { deepEqual, ok } from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { rules } from "../../../policies/rules";
import { compiledPack, type CompiledPack } from "./pack";
import { CorpusStack, type Finding } from "./preview";

const violations = programsIn("violations");
const compliant = programsIn("compliant");

/** Rules that the corpus cannot break, with the reason. */
const notBroken = new Map([
    ["retained-data", "is for stacks named prod"],
    ["log-retention", "puts right what it finds"],
    ["required-tags", "asks for nothing until it is configured"],
    ["bucket-lifecycle", "advises only"],
    ["encrypted-results", "a workgroup says nothing wrong where it says nothing"],
]);

const resourceRules = new Set(rules.filter((rule) => "validateResource" in rule).map(({ name }) => name));

/** A transform of the stack would change every program's resources. */
const changesOthers = (program: string) => fs.readFileSync(program, "utf8").includes("registerResourceTransform");
const together = violations.filter((program) => resourceRules.has(ruleOf(program)) && !changesOthers(program));

describe("the corpus", function () {
    this.timeout(60_000);
    let pack: CompiledPack;
    let stack: CorpusStack;
    let found: ReadonlyMap<string, readonly Finding[]>;

    before(async function () {
        this.timeout(5 * 60_000);
        pack = await compiledPack();
        stack = await CorpusStack.open(pack.folder);
        found = await stack.previewTogether(together);
    });
    after(() => {
        stack?.close();
        pack?.remove();
    });

    it("has a program for each rule that it can break", () => {
        const broken = new Set(violations.map(ruleOf));
        deepEqual(
            rules.map(({ name }) => name).filter((name) => !broken.has(name) && !notBroken.has(name)),
            [],
        );
        ok(violations.length >= 60 && compliant.length >= 30);
    });

    for (const program of violations) {
        it(`${ruleOf(program)} refuses ${path.basename(program, ".ts")}`, async () => {
            // In the company of others, rules on the whole stack speak of things that no program has done.
            const own = found.get(program)?.filter(({ rule }) => resourceRules.has(rule));
            const mandatory = (own ?? (await stack.preview(program))).filter((finding) => finding.mandatory);
            deepEqual(
                [...new Set(mandatory.map(({ rule }) => rule))],
                [ruleOf(program)],
                JSON.stringify(mandatory, null, 2),
            );
        });
    }

    for (const program of compliant) {
        it(`passes ${path.basename(program, ".ts")}`, async () => {
            deepEqual(
                (await stack.preview(program)).filter((finding) => finding.mandatory),
                [],
            );
        });
    }
});

function programsIn(folder: string): string[] {
    return fs
        .readdirSync(path.join(__dirname, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .sort()
        .map((name) => path.join(__dirname, folder, name));
}

function ruleOf(program: string): string {
    return path.basename(path.dirname(program));
}

import assert from "node:assert/strict";
import { dataAtRisk } from "../../../automation/review/review";
import { markdownReport } from "../../../automation/review/markdown";
import { terminalReport } from "../../../automation/review/terminal";
import { changesText, headline, undecidedTexts } from "../../../automation/review/words";
import { encrypted, parquet, recorded, review, stackUrn, state, step, violation } from "./support";

const expired = { rule: "parquet-output", name: "x", reason: "y", until: "2026-01-31", state: "expired" } as const;

describe("the review", () => {
    it("is blocked by a mandatory violation or an error, and shows both", () => {
        const both = review([violation(parquet, "Table is CSV.")], {
            errors: ["Bucket raw: denied"],
        });
        assert.equal(both.verdict, "blocked");
        assert.equal(headline(both), "Blocked: 1 mandatory policy violation and 1 error.");
        assert.equal(changesText(both), "no change, when the preview broke off");
    });

    it("passes with advice: by advice, a warning, data that goes, or an exception that has expired", () => {
        const gone = step("delete", { old: state("aws:sqs/queue:Queue", "q") });
        for (const advised of [
            review([violation(parquet, "Perhaps.", undefined, "advisory")]),
            review([], { warnings: ["LakeNetwork is left out"] }),
            review([gone]),
            review([], { exceptions: [expired] }),
        ]) {
            assert.equal(advised.verdict, "advice");
            assert.match(headline(advised), /^Passes, with something to read: /);
        }
        const clean = review([step("create", { new: state("aws:sqs/queue:Queue", "q") })]);
        assert.equal(clean.verdict, "clean");
        assert.deepEqual(clean.counts, { create: 1 });
    });

    it("gives each finding its rule's words, without the description that the SDK puts before the message", () => {
        const [first, second] = review([
            violation(parquet, "Table is CSV.\nSet it.", stackUrn),
            violation(encrypted, "Not encrypted."),
            violation(encrypted, "Not encrypted."),
        ]).findings;
        assert.equal(first!.rule, "encrypted-buckets");
        assert.equal(first!.framework, "CIS 3.0 2.1.1");
        assert.equal(first!.security, true);
        assert.equal(first!.resource, "CatalogTable sales");
        assert.equal(second!.message, "Table is CSV.\nSet it.");
        assert.equal(second!.resource, undefined);
        assert.equal(second!.fix, "Declare the table with LakeTable.");
    });

    it("puts last what a rule could not decide, and takes rules that it does not know", () => {
        const sdk = `can't run policy "parquet-output" from policy pack "lakeworks" during preview: string value at .name can't be known during preview`;
        const strange = { ...parquet, name: "elsewhere" };
        const { findings } = review([
            violation(encrypted, sdk, undefined, "advisory"),
            violation(strange, "Hm.", undefined, "advisory"),
        ]);
        assert.deepEqual(
            findings.map(({ rule, undecided, severity }) => [rule, undecided, severity]),
            [
                ["elsewhere", false, "medium"],
                ["encrypted-buckets", true, "critical"],
            ],
        );
    });

    it("passes as clean where rules only leave something to the update, and says so", () => {
        const sdk = "can't run policy 'x' from policy pack 'y' during preview: string value at .policy can't be known";
        const left = review([
            violation(encrypted, sdk, undefined, "advisory"),
            violation(encrypted, sdk, stackUrn, "advisory"),
        ]);
        assert.equal(left.verdict, "clean");
        assert.equal(headline(left), "Passes: no policy violation, no data lost. 2 checks left to the update.");
        assert.deepEqual(undecidedTexts(left), ["encrypted-buckets at CatalogTable sales, the whole stack"]);
        for (const text of [terminalReport(left, { width: 80, colour: false }), markdownReport(left)]) {
            assert.match(text, /[Ll]eft to the update/);
            assert.doesNotMatch(text, /can't run/);
        }
    });

    it("reads a recorded change: a dataset goes, a table is replaced", () => {
        const dropped = review(recorded("droppedDataset"));
        assert.equal(dropped.verdict, "advice");
        assert.equal(dropped.versions.pack, "0.1.0");
        assert.deepEqual(
            dataAtRisk(dropped).map(({ op, type }) => `${op} ${type.split(":").at(-1)}`),
            [
                "delete CatalogDatabase",
                "delete CatalogTable",
                "replace CatalogTable",
                "delete Job",
                "delete Workgroup",
                "delete LogGroup",
                "delete LogGroup",
            ],
        );
        const table = dataAtRisk(dropped)[2]!;
        assert.deepEqual(table.replacedBecause, [
            "partitionKeys[0].type",
            "partitionKeys[1].type",
            "partitionKeys[2].type",
        ]);
        assert.match(table.loses!, /; queries find no rows until the new table is crawled$/);
    });

    it("survives JSON as it is", () => {
        const one = review(recorded("csvTable"));
        assert.deepEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify({ ...one, formatVersion: 1 })));
        assert.equal(one.findings[0]!.rule, "parquet-output");
    });
});

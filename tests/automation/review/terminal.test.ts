import assert from "node:assert/strict";
import { terminalReport } from "../../../automation/review/terminal";
import { cost, parquet, recorded, review, state, step, violation } from "./support";

const lake = state("lakeworks:index:DataLakeBuckets", "lake", { custom: false });
const plain = { width: 80, colour: false };
const exceptions = [
    { rule: "parquet-output", name: "partner", reason: "reads CSV", until: "2026-12-31", state: "in force" },
    { rule: "parquet-output", name: "stores", reason: "40 rows", until: "2026-10-31", state: "expired" },
] as const;

describe("the review on a terminal", () => {
    it("says the verdict first, then policies, data, changes, cost and exceptions", () => {
        const text = terminalReport(review(recorded("droppedDataset"), { cost, exceptions }), plain);
        const [first] = text.split("\n");
        assert.equal(first, "prod: Passes, with something to read: 7 changes would lose data, 1 exception");
        const titles = ["Data that would go", "Changes", "Cost", "Exceptions"].map((title) =>
            text.indexOf(`\n${title}\n`),
        );
        assert.ok(
            titles.every((place, index) => place > (titles[index - 1] ?? 0)),
            titles.join(", "),
        );
        assert.match(text, /stores, ended on 2026-10-31, the rule applies again\.\s+Reason: 40 rows/);
    });

    it("keeps to the width, but for words that are longer", () => {
        for (const width of [60, 80, 120]) {
            const text = terminalReport(review(recorded("csvTable"), { cost, exceptions }), { width, colour: false });
            for (const line of text.split("\n")) {
                assert.ok(line.length <= width || !line.trim().includes(" "), line);
            }
        }
    });

    it("has colours only where they are asked for", () => {
        const one = review([violation(parquet, "Table is CSV.")], { cost });
        assert.ok(!terminalReport(one, plain).includes("\u001b"));
        assert.ok(terminalReport(one, { width: 80, colour: true }).includes("\u001b[31m"));
    });

    it("tells rule, resource, what is wrong, the fix and where to read more", () => {
        const text = terminalReport(review([violation(parquet, "Table is CSV.")]), plain);
        assert.match(
            text,
            /✖ parquet-output \(mandatory, high\)\n {4}CatalogTable sales: Table is CSV\.\n {4}Fix: Declare/,
        );
        assert.match(text, /https:\/\/docs\.example\.com\/parquet/);
    });

    it("counts what is created by type, and names what is alone of its type", () => {
        const created = Array.from({ length: 6 }, (_, index) =>
            step("create", { new: state("aws:s3/bucket:Bucket", `b${index}`, { parent: lake.urn }) }),
        );
        const key = step("create", { new: state("aws:kms/key:Key", "key", { parent: lake.urn }) });
        const text = terminalReport(review([step("create", { new: lake }), ...created, key]), plain);
        assert.match(text, /^7 to create$/m);
        assert.match(text, /^ {2}DataLakeBuckets lake\n {4}created: 6 Bucket, Key key$/m);
    });

    it("adds the cost up, with the reason of each line and what is not priced", () => {
        const text = terminalReport(review([], { cost }), plain);
        assert.match(
            text,
            /\+\$4\.46 +\$4\.46 +\$8\.92 {2}Glue sales-etl\n {4}4 × G\.1X workers, .*\n {4}4 DPU × 5\.069 h/,
        );
        assert.match(text, /±\$0 +\$372\.36 +\$372\.36 {2}16 resources unchanged/);
        assert.match(text, /\+\$4\.46 +\$376\.82 +\$381\.28 {2}total a month/);
        assert.match(text, /1 × Instance \(no price of this type\)/);
    });
});

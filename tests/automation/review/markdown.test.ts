import assert from "node:assert/strict";
import { markdownReport, marker } from "../../../automation/review/markdown";
import { block, code, escaped, link } from "../../../automation/review/markdownText";
import { cost, parquet, recorded, review, state, step, urnOf, violation } from "./support";

const nasty = "a|b `c` <img src=x onerror=y> @octocat #12 **d** [e](https://evil.example) $x$ ~~f~~ \n# g & h";

describe("the Markdown of a review", () => {
    it("begins with the marker by which a workflow finds it", () => {
        assert.equal(markdownReport(review([])).split("\n")[0], marker("prod"));
        assert.equal(marker("prod"), "<!-- lakeworks-preview:prod -->");
    });

    it("has verdict, cost, what breaks and the fix before anything that is folded", () => {
        const text = markdownReport(review(recorded("csvTable"), { cost }));
        const shown = text.slice(0, text.indexOf("<details>"));
        for (const part of [/Blocked: 1 mandatory/, /\*\*Cost:\*\* .*4\.46/, /Silver and gold output/, /\*\*Fix:\*\*/])
            assert.match(shown, part);
        assert.ok(shown.length < 1200, `${shown.length} characters`);
        assert.match(text, /- `Job lakeworks-local-sales-etl-job` updated\n {2}- `numberOfWorkers`: 2 → 4/);
    });

    it("has no table of more than three columns", () => {
        const text = markdownReport(review(recorded("csvTable"), { cost }));
        const rows = text.split("\n").filter((line) => line.startsWith("|"));
        assert.ok(rows.length > 2);
        for (const row of rows) assert.ok(row.replace(/\\\|/g, "").split("|").length - 2 <= 3, row);
    });

    it("shows what is lost in bold, outside of what is folded", () => {
        const text = markdownReport(review(recorded("droppedDataset")));
        const shown = text.slice(0, text.indexOf("<details>"));
        assert.match(
            shown,
            /- \*\*CatalogTable lakeworks-local-sales-silver-table is replaced\*\*, and with it: \*\*the table's partitions/,
        );
    });

    it("keeps text as text, pings nobody and links nowhere", () => {
        const text = escaped(nasty);
        assert.doesNotMatch(text, /(?<!\\)[|`*[\]$~]/);
        assert.doesNotMatch(text, /<|>|\n|@o|#1|https:/);
        assert.match(text, /&lt;img/);
        assert.equal(escaped("1. no list").startsWith("1. "), false);
        assert.equal(escaped("- no list").startsWith("- "), false);
        assert.equal(code("a`b``c"), "```a`b``c```");
        assert.equal(code("`a`"), "`` `a` ``");
        assert.equal(code("a|b\nc"), "`a¦b c`");
        assert.deepEqual(block("a\n```\nb"), ["````text", "a", "```", "b", "````"]);
        assert.equal(link("x", "javascript:alert(1)"), "x");
        assert.equal(link("x", "https://a.example/b) [c](https://d.example"), "x");
    });

    it("keeps its form whatever names, messages, values, warnings and reasons hold", () => {
        const name = nasty;
        const type = "aws:glue/catalogTable:CatalogTable";
        const events = [
            step(
                "replace",
                {
                    old: state(type, name, { inputs: { [name]: nasty } }),
                    new: state(type, name, { inputs: { [name]: `${nasty}!` } }),
                },
                { diffs: [name] },
            ),
            violation(parquet, nasty, urnOf(type, name)),
            violation(parquet, `${nasty} advice`, urnOf(type, name), "advisory"),
        ];
        const exception = {
            rule: "parquet-output",
            name,
            reason: nasty,
            until: "2026-12-31",
            state: "in force",
        } as const;
        const line = { ...cost.changes[0]!, name, what: nasty, why: nasty };
        const text = markdownReport(
            review(events, {
                errors: [nasty],
                warnings: [nasty],
                exceptions: [exception, { ...exception, state: "expired" }],
                cost: { ...cost, changes: [line, line] },
            }),
        );
        const outsideCode = text
            .replace(/^(`{3,})text\n[^]*?\n\1$/gm, "")
            .replace(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
        assert.doesNotMatch(outsideCode, /@octocat|<img|#12|^# g/m);
        assert.doesNotMatch(outsideCode.slice(marker("prod").length), /<(?!\/?(details|summary|sub)>|br>)/);
        assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
    });

    it("fits GitHub's limit by leaving out the least important parts, and says which", () => {
        const table = (index: number) => urnOf("aws:glue/catalogTable:CatalogTable", `table-${index}`);
        const many = Array.from({ length: 400 }, (_, index) =>
            violation(parquet, `Wrong: ${"ü".repeat(200)}`, table(index)),
        );
        const deleted = Array.from({ length: 400 }, (_, index) =>
            step("delete", { old: state("aws:sqs/queue:Queue", `q${index}`) }),
        );
        const text = markdownReport(review([...many, ...deleted], { errors: ["e".repeat(90_000)] }));
        assert.ok(Buffer.byteLength(text) <= 65_536, `${Buffer.byteLength(text)} bytes`);
        assert.equal(text.split("\n")[0], marker("prod"));
        assert.match(text, /table-0/);
        assert.match(text, /Left out for the size of a comment|cut here for the size of a comment/);
        const changesOnly = markdownReport(review([...deleted, violation(parquet, "Table is CSV.")]));
        assert.ok(changesOnly.length < 65_536);
        assert.match(changesOnly, /Table is CSV/);
    });
});

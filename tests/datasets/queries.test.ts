/** Query files: what their front matter and statement may say, and every fault of them at once. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readQueries } from "../../datasets/readQueries";

const good = `/*
title: Longest visits
question: Which visits of a room were longest?
parameters:
  room: { type: string, description: The room, default: Law }
  least: { type: decimal, description: Minutes at least, default: 1.50 }
columns:
  room: varchar
  visit_date: date
  minutes: decimal(12,2)
chart: { kind: bar, x: room, y: minutes, series: visit_date }
*/
SELECT room, visit_date, minutes -- of :nobody
FROM visits WHERE room = :room AND minutes >= :least AND ':room?' <> :room
ORDER BY minutes DESC;
`;
const view = `/*
title: By year
question: How many visits were there in each year?
columns: { year: integer, visits: bigint }
*/
CREATE OR REPLACE VIEW visits_by_year AS
SELECT year, count(*) AS visits FROM visits GROUP BY year
`;
const table = view.replace("CREATE OR REPLACE VIEW visits_by_year AS", "CREATE TABLE yearly WITH (a = ARRAY['b']) AS");

describe("a query file", () => {
    let folder: string;

    beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-"))));
    afterEach(() => fs.rmSync(folder, { recursive: true }));

    const read = (files: Record<string, string>) => {
        for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, `${name}.sql`), text);
        return readQueries(folder, "visits");
    };
    /** Faults of a file as "path: message", without the part of the path that names the file. */
    const faultsOf = (text: string, name = "longest") =>
        read({ [name]: text }).faults.map((fault) =>
            `${fault.path}: ${fault.message}`.replace(`queries/${name}.sql: `, ""),
        );

    it("says all that is known of the query", () => {
        const { queries, faults } = read({ longest: good, "a-table": table, "by-year": view });
        assert.deepEqual(faults, []);
        assert.deepEqual(
            queries.map(({ name, kind, creates }) => [name, kind, creates]),
            [
                ["by-year", "view", "visits_by_year"],
                ["a-table", "ctas", "yearly"],
                ["longest", "select", undefined],
            ],
        );
        const [byYear, , longest] = queries;
        assert.equal(byYear!.select, "SELECT year, count(*) AS visits FROM visits GROUP BY year");
        assert.deepEqual(longest!.placeholders, ["room", "least", "room"]);
        assert.equal(
            longest!.sql,
            "SELECT room, visit_date, minutes -- of :nobody\n" +
                "FROM visits WHERE room = ? AND minutes >= ? AND ':room?' <> ?\nORDER BY minutes DESC",
        );
        assert.equal(longest!.select, longest!.sql);
        assert.deepEqual(longest!.columns[2], { name: "minutes", type: "decimal(12,2)" });
        assert.equal(longest!.parameters[1]!.default, "1.50", "as it is written");
        assert.deepEqual(longest!.chart, { kind: "bar", x: "room", y: "minutes", series: "visit_date" });
    });

    /** A change of the good file, and a fault that it then has. */
    const cases: readonly [what: string, from: string | RegExp, to: string, fault: RegExp][] = [
        ["no front matter", /^[^]*\*\/\n/, "-- Longest visits\n", /^must begin with its front matter/],
        ["YAML that is none", "title: Longest", "title: [Longest", /^the front matter is no YAML: .*line 3/],
        ["a list for a front matter", /\/\*[^]*?\*\//, "/*\n- a\n*/", /^front matter: must be a mapping with title/],
        [
            "a key twice",
            "title:",
            "title: A\ntitle:",
            /^the front matter is no YAML: Map keys must be unique at line 3/,
        ],
        ["an unknown key", "title:", "kind: select\ntitle:", /^kind: is no key; keys: title, question/],
        ["no question", /question:.*\n/, "", /^question: is missing/],
        ["an empty title", /title:.*\n/, "title:\n", /^title: must not be empty/],
        ["a question longer than Athena's", "Which visits", "w".repeat(1025), /^question: has 10\d\d characters/],
        ["a question of two lines", /question:.*\n/, "question: |\n  a\n  b\n", /^question: must be one line/],
        ["a parameter of no type", "type: string, ", "", /^parameters\.room\.type: is missing/],
        [
            "a parameter of an unknown type",
            "type: string",
            "type: text",
            /^parameters\.room\.type: "text" must be one of integer/,
        ],
        ["a parameter with more keys", "default: Law", "values: Law", /^parameters\.room\.values: is no key/],
        [
            "a default of another type",
            "default: 1.50",
            "default: ten",
            /^parameters\.least\.default: "ten" is no decimal; write a number/,
        ],
        ["a parameter that is not used", " AND minutes >= :least", "", /^parameters\.least: is not used; write :least/],
        ["a parameter that is not declared", ":least", ":most", /^the statement uses :most/],
        ["Athena's own parameters", ":least", "?", /line 2 of the statement: "\?" has no name/],
        ["no columns", /columns:\n( {2}.*\n)+/, "columns: {}\n", /^columns: must hold at least one/],
        ["a type of the catalog", "room: varchar", "room: string", /^columns\.room: "string" .* write varchar/],
        [
            "a decimal of 39 digits",
            "decimal(12,2)",
            "decimal(39,2)",
            /^columns\.minutes: "decimal\(39,2\)" is not a type/,
        ],
        ["a chart of no kind", "kind: bar", "kind: pie", /^chart\.kind: "pie" must be one of bar, line, area/],
        ["a chart of no column", "x: room", "x: rooms", /^chart\.x: "rooms" is not a column; columns: room/],
        ["a chart of text", "y: minutes", "y: room", /^chart\.y: "room" is no number but varchar/],
        ["another statement", /SELECT[^]*/, "DELETE FROM visits", /must hold one statement after its front matter/],
        ["two statements", "ORDER BY", "; SELECT", /must hold one statement alone/],
        ["a quote that is not closed", "':room?'", "':room?", /mismatched input '''. The quote is never closed/],
        [
            "more than Athena takes",
            "':room?'",
            `'${"x".repeat(262_144)}'`,
            /has \d+ bytes; Athena takes at most 262144/,
        ],
    ];
    for (const [what, from, to, expected] of cases) {
        it(`may not have ${what}`, () => {
            const changed = good.replace(from, to);
            assert.notEqual(changed, good);
            const faults = faultsOf(changed);
            assert.ok(
                faults.some((fault) => expected.test(fault)),
                faults.join("\n"),
            );
        });
    }

    it("tells all of its faults, and those of other files, at once", () => {
        const { queries, faults } = read({
            longest: good.replace("kind: bar", "kind: pie").replace("type: string", "type: text"),
            by_year: view,
            again: view,
            silver: table.replace("TABLE yearly", "TABLE visits"),
            kept: table.replace("GROUP BY", "WHERE year > :least GROUP BY"),
        });
        assert.deepEqual(faults.map(({ path: at }) => at).sort(), [
            "queries/by_year.sql",
            "queries/by_year.sql",
            "queries/kept.sql",
            "queries/longest.sql: chart.kind",
            "queries/longest.sql: parameters.room.type",
            "queries/silver.sql",
        ]);
        assert.deepEqual(
            queries.map(({ name }) => name),
            ["again"],
        );
    });
});

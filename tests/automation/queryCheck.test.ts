import assert from "node:assert/strict";
import { describeChecks, differences } from "../../automation/queryCheck";
import { describeList, listQueries } from "../../automation/queryList";
import { datasets } from "../../datasets";

const columns = (text: string) =>
    text.split(", ").map((one) => {
        const [name = "", type = ""] = one.split(" ");
        return { name, type };
    });

describe("the columns that a query says", () => {
    const expected = columns("room varchar, minutes decimal(38,2)");

    it("may be those that come out", () => assert.deepEqual(differences(expected, expected), []));

    it("are told where their types are others", () => {
        assert.deepEqual(differences(expected, columns("room varchar, minutes bigint")), [
            "columns.minutes: the front matter has decimal(38,2); the engine gives bigint.",
        ]);
    });

    for (const other of [
        "minutes decimal(38,2), room varchar",
        "room varchar",
        "room varchar, minutes bigint, day date",
    ])
        it(`are told where ${other} come out`, () => {
            const [fault, ...more] = differences(expected, columns(other));
            assert.match(fault!, /^columns: the front matter has room, minutes; the engine gives /);
            assert.deepEqual(more, []);
        });

    it("are shown by query", () => {
        const text = describeChecks([
            { dataset: "visits", query: "busiest", faults: [] },
            { dataset: "visits", query: "longest", faults: ["COLUMN_NOT_FOUND", "more"] },
        ]);
        assert.match(text, /✔ visits\/busiest.*\n.*✖ visits\/longest.*\n {4}COLUMN_NOT_FOUND\n {4}more$/);
    });
});

describe("the list of queries", () => {
    it("has every query with its question and parameters, and no SQL", () => {
        const listed = listQueries(datasets);
        assert.equal(listed.length, datasets.flatMap(({ queries }) => queries).length);
        const month = listed.find(({ name }) => name === "one-month")!;
        assert.deepEqual(
            [month.dataset, month.preparedStatement, month.parameters.map(({ name }) => name)],
            ["sales", "one_month", ["year", "month"]],
        );
        assert.equal("sql" in month, false);
        assert.equal(listed.find(({ name }) => name === "top-products")!.preparedStatement, undefined);
        const text = describeList(listed);
        assert.match(
            text,
            /one-month\n {4}How were .*\n.*--param year=<integer> {2}Year of the month \(default: 2024\)/,
        );
    });
});

import assert from "node:assert/strict";
import { withLiterals } from "../../automation/explain";
import type { TableScan } from "../../automation/explain/files";
import { mayMatch, readIoPlan } from "../../automation/explain/ioPlan";
import { warningsOf } from "../../automation/explain/warnings";

const MiB = 1024 ** 2;
const contract = {
    name: "sales",
    partitions: ["year", "month"].map((name) => ({ name, type: "int" as const, expression: `${name}(event_time)` })),
};
const whole: TableScan = {
    table: "sales",
    keys: ["year", "month"],
    constrained: [],
    partitions: { read: 12, all: 12 },
    files: 12,
    bytes: 12 * 128 * MiB,
    unknown: false,
};
const pruned: TableScan = { ...whole, constrained: ["year", "month"], partitions: { read: 1, all: 12 }, files: 1 };
const said = (sql: string, scan = pruned, plan = "") => warningsOf(sql, plan, [scan], contract).map(({ what }) => what);

describe("the plan of what a query reads", () => {
    const constraint = (columnName: string, type: string, ...ranges: object[]) => ({
        columnName,
        type,
        domain: { nullsAllowed: false, ranges },
    });
    const exactly = (value: string) => ({ value, bound: "EXACTLY" });
    const planOf = (...columnConstraints: object[]) => {
        const table = { catalog: "awsdatacatalog", schemaTable: { schema: "lake", table: "sales" } };
        const info = { table, constraint: { none: false, columnConstraints } };
        return readIoPlan(JSON.stringify({ inputTableColumnInfos: [info] }))[0]!;
    };

    it("tells partitions by numbers as numbers, within any of the ranges", () => {
        const plan = planOf(
            constraint(
                "month",
                "integer",
                { low: exactly("2"), high: exactly("2") },
                { low: exactly("9"), high: exactly("11") },
            ),
        );
        const months = Array.from({ length: 12 }, (_, at) => String(at + 1));
        const read = months.filter((month) =>
            mayMatch(
                plan,
                new Map([
                    ["year", "2024"],
                    ["month", month],
                ]),
            ),
        );
        assert.deepEqual(read, ["2", "9", "10", "11"]);
    });

    it("keeps to open ends and to ends that are left out", () => {
        const days = ["2024-01-31", "2024-02-01", "2024-02-02"];
        const after = planOf(
            constraint("day", "date", { low: { value: "2024-02-01", bound: "ABOVE" }, high: { bound: "BELOW" } }),
        );
        const before = planOf(
            constraint("day", "date", { low: { bound: "ABOVE" }, high: { value: "2024-02-01", bound: "BELOW" } }),
        );
        const read = (plan: typeof after) => days.filter((day) => mayMatch(plan, new Map([["day", day]])));
        assert.deepEqual([read(after), read(before)], [["2024-02-02"], ["2024-01-31"]]);
    });

    it("reads nothing where the condition cannot hold, and all without one", () => {
        assert.equal(mayMatch({ ...planOf(), nothing: true }, new Map()), false);
        assert.equal(mayMatch(planOf(), new Map([["year", "2024"]])), true);
    });
});

describe("a statement with its literals", () => {
    it("has them in the places of its parameters, and nowhere in texts and comments", () => {
        assert.equal(
            withLiterals("SELECT '?' -- ?\nFROM t WHERE a = ? AND b > ?", ["'O''Hara ?'", "DATE '2024-01-01'"]),
            "SELECT '?' -- ?\nFROM t WHERE a = 'O''Hara ?' AND b > DATE '2024-01-01'",
        );
    });
});

describe("warnings", () => {
    it("are none for a query that names columns and days", () => {
        assert.deepEqual(
            said("SELECT month, count(*), max(year) FROM sales WHERE year = 2024 AND month IN (1, 2) GROUP BY month"),
            [],
        );
    });

    it("tell of conditions that prune nothing, and what to write", () => {
        const sql = "SELECT region FROM sales WHERE Year( event_time ) = 2024";
        const [all, computed] = warningsOf(sql, "", [whole], contract);
        assert.match(all!.what, /All 12 partitions of sales.*year, month/);
        assert.match(computed!.what, /year\(event_time\) is computed/);
        assert.match(computed!.fix, /Write year/);
    });

    it("tell of a function around a key", () => {
        const sql = "SELECT region FROM sales WHERE cast(month AS varchar) = '2' AND year = 2024";
        assert.match(
            said(sql, { ...pruned, constrained: ["year"] })[0]!,
            /cast\(month …\) hides the partition key month/,
        );
    });

    it("tell of all columns, cross joins and small files", () => {
        assert.match(said("SELECT * FROM sales")[0]!, /SELECT \*/);
        assert.match(said("SELECT s.* FROM sales s")[0]!, /SELECT \*/);
        assert.deepEqual(said("SELECT count(*), 2 * units FROM sales"), []);
        assert.match(said("SELECT region FROM sales", pruned, "└─ CrossJoin[]")[0]!, /cross join/);
        const small = { ...pruned, files: 400, bytes: 400 * MiB, partitions: { read: 4, all: 12 } };
        const [warning] = warningsOf("SELECT region FROM sales", "", [small], contract);
        assert.match(warning!.what, /400 files of sales have 1.00 MB on average/);
        assert.match(warning!.fix, /--compact --dataset sales/);
    });
});

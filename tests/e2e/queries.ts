/** Queries as an analyst has them: listed, checked against the catalog, asked with parameters, run as prepared statements. */
import assert from "node:assert/strict";
import * as path from "node:path";
import type { QueryAnswer } from "../../automation/questions";
import type { CheckedQuery } from "../../automation/queryCheck";
import { datasets } from "../../datasets";
import { Queries } from "../local/athenaSupport";
import { editedProgram } from "./editedProgram";
import type { TestLake } from "./harness";
import { expected, type Truth } from "./oracle";
import { expectedAnalysis } from "./oracleAnalysis";

/** Tests of a lake whose datasets have been published. @param truthNow what bronze holds */
export function testQueries(lake: TestLake, truthNow: () => Promise<Truth>): void {
    const ask = async (...args: string[]) => (await lake.json<QueryAnswer[]>("query", ...args))[0]!;

    it("has queries whose names, types and columns are those of the catalog", async () => {
        const checked = await lake.json<CheckedQuery[]>("query", "--check");
        assert.deepEqual(
            checked.map(({ dataset, query }) => `${dataset}/${query}`),
            datasets.flatMap(({ contract, queries }) => queries.map(({ name }) => `${contract.name}/${name}`)),
        );
        assert.deepEqual(
            checked.flatMap(({ faults }) => faults),
            [],
        );
    });

    it("tells of a query that says another type than comes out, and of one that the engine refuses", async () => {
        const program = editedProgram(path.join(lake.home, "edited-queries"), {
            "datasets/sales/queries/top-products.sql": { "units: bigint": "units: integer" },
            "datasets/sales/queries/one-month.sql": { "    payment_method,": "    payment_kind AS payment_method," },
        });
        const outcome = await lake.start(["query", "--check", "--dataset", "sales"], program).done;
        assert.equal(outcome.code, 1);
        assert.match(
            outcome.stdout,
            /✖ sales\/top-products\n {4}columns\.units: the front matter has integer; the engine gives bigint\./,
        );
        assert.match(outcome.stdout, /✖ sales\/one-month\n {4}.*payment_kind/);
        assert.match(outcome.stderr, /2 queries of \d+ would not answer as the front matter says/);
    });

    it("answers with the values of the parameters, and the same as a prepared statement", async () => {
        const { sales } = await truthNow();
        const january = expected["one-month"]!(sales, "2024-01");
        const answer = await ask("one-month", "--param", "month=1");
        assert.ok(january.length > 1);
        assert.deepEqual(answer.rows, january);
        const { workgroup, database } = lake.outputs().datasets["sales"]!;
        const [, ...rows] = await new Queries(await lake.local(), workgroup, database).select(
            "EXECUTE one_month USING 2024, 1",
        );
        assert.deepEqual(rows, january);
    });

    it("finds the unusual days and the pairs that the threshold asks for", async () => {
        const { sales } = await truthNow();
        for (const [name, parameter, value] of [
            ["daily-anomalies", "threshold", "0.75"],
            ["basket-pairs", "least", "1"],
        ] as const) {
            const right = expectedAnalysis[name]!(sales, value);
            assert.ok(right.length > 1, `${name} has rows to be right or wrong about`);
            assert.deepEqual((await ask(name, "--param", `${parameter}=${value}`)).rows, right, name);
        }
    });

    it("tells what is wrong with parameters before anything is asked", async () => {
        const outcome = await lake.run("query", "one-month", "--param", "month=June", "--param", "day=1");
        assert.equal(outcome.code, 1);
        assert.match(outcome.stderr, /month: "June" is no integer/);
        assert.match(outcome.stderr, /day: there is no such parameter; there are year, month/);
        assert.doesNotMatch(outcome.stderr, /Local AWS/);
    });
}

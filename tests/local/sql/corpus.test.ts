/** The corpus of SQL: each statement through the local Athena's API, each answer as the documents define it. */
import assert from "node:assert/strict";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { Queries } from "../athenaSupport";
import { TestLocal } from "../support";
import { expressions } from "./expressions";
import { failures, queries as statements, type StatementCase } from "./statements";
import { tables } from "./tables";

describe("the corpus of SQL", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        queries = new Queries(local.local, "primary", "corpus");
        await local.local.warm();
        for (const Bucket of ["data", "results"]) await local.s3.send(new CreateBucketCommand({ Bucket }));
        await check({ sql: "CREATE DATABASE corpus" });
    });

    after(() => local.stop());

    async function check(statement: StatementCase): Promise<void> {
        const { sql, rows, unordered, parameters, fails, refused, scanned, matches } = statement;
        const started = queries.start(sql, {
            ResultConfiguration: { OutputLocation: "s3://results/" },
            ExecutionParameters: parameters && [...parameters],
        });
        if (refused) return assert.rejects(started, { name: "InvalidRequestException", message: refused });
        const ended = await queries.until(await started, "SUCCEEDED", "FAILED", "CANCELLED");
        const { State, StateChangeReason = "", AthenaError } = ended.Status ?? {};
        if (fails) {
            assert.match(StateChangeReason, fails.reason);
            assert.equal(AthenaError?.ErrorCategory, fails.category, StateChangeReason);
            assert.equal(AthenaError?.ErrorMessage, StateChangeReason);
            assert.equal(AthenaError?.Retryable, false);
            if (fails.type !== undefined) assert.equal(AthenaError?.ErrorType, fails.type, StateChangeReason);
            return;
        }
        assert.equal(State, "SUCCEEDED", StateChangeReason);
        if (scanned !== undefined) assert.equal(ended.Statistics?.DataScannedInBytes, scanned);
        if (matches !== undefined) assert.match((await queries.rows(ended)).flat().join("\n"), matches);
        if (rows === undefined) return;
        const header = ended.ResultConfiguration?.OutputLocation?.endsWith(".csv") ? 1 : 0;
        const given = (await queries.rows(ended)).slice(header);
        if (unordered === true) given.sort();
        assert.deepEqual(
            given.map((row) => row.map((cell) => cell ?? null)),
            rows,
        );
    }

    for (const [subject, cases] of Object.entries(expressions)) {
        describe(subject, () => {
            for (const [expression, value] of cases) {
                it(expression, () => check({ sql: `SELECT ${expression}`, rows: [[value]] }));
            }
        });
    }

    describe("queries", () => {
        for (const one of statements) it(one.sql, () => check(one));
    });

    describe("tables and views", () => {
        for (const one of tables) it(one.sql, () => check(one));
    });

    describe("failures", () => {
        for (const one of failures) it(one.sql, () => check(one));
    });
});

import assert from "node:assert/strict";
import { AthenaClient } from "@aws-sdk/client-athena";
import { GlueClient } from "@aws-sdk/client-glue";
import type { LakeDataset } from "../../automation/session";
import { spendingOf } from "../../automation/spending";

const settings = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
const since = new Date("2026-03-01T00:00:00Z");
const at = (day: number) => new Date(Date.UTC(2026, 2, day));
const [may, before] = [at(20), new Date("2026-02-27T00:00:00Z")];
const MiB = 1024 ** 2;

/** A client whose calls give these answers, one after the other. */
function answering<T extends { send: unknown }>(client: T, ...answers: object[]): T {
    client.send = () => {
        const answer = answers.shift();
        return answer === undefined ? Promise.reject(new Error("asked too often")) : Promise.resolve(answer);
    };
    return client;
}

function lakeOf(glue: object[], athena: object[]): LakeDataset {
    return {
        dataset: { contract: { name: "sales" } },
        of: { job: "job", workgroup: "group" },
        clients: {
            glue: answering(new GlueClient(settings), ...glue),
            athena: answering(new AthenaClient(settings), ...athena),
        },
    } as unknown as LakeDataset;
}

const query = (SubmissionDateTime: Date, DataScannedInBytes: number, StatementType = "DML") => ({
    Status: { SubmissionDateTime },
    Statistics: { DataScannedInBytes },
    StatementType,
});

describe("what runs and queries have cost", () => {
    it("adds runs up by what Glue counted, else by capacity and time with its least", async () => {
        const runs = [
            { StartedOn: may, DPUSeconds: 3600 },
            { StartedOn: may, MaxCapacity: 10, ExecutionTime: 720 },
            { StartedOn: may, MaxCapacity: 2, ExecutionTime: 1 },
            { StartedOn: may, DPUSeconds: 3600, ExecutionClass: "FLEX" },
        ];
        const { runs: spent } = await spendingOf(lakeOf([{ JobRuns: runs }], [{}]), since);
        assert.equal(spent.count, 4);
        assert.ok(Math.abs(spent.dpuHours - (1 + 2 + 2 / 60 + 1)) < 1e-9);
        assert.ok(Math.abs(spent.cost - (0.44 * (1 + 2 + 2 / 60) + 0.29)) < 1e-9);
    });

    it("leaves out what is older, and asks for nothing behind it", async () => {
        const lake = lakeOf(
            [
                { JobRuns: [{ StartedOn: may, DPUSeconds: 36 }], NextToken: "more" },
                {
                    JobRuns: [
                        { StartedOn: at(2), DPUSeconds: 36 },
                        { StartedOn: before, DPUSeconds: 9999 },
                    ],
                    NextToken: "older",
                },
            ],
            [
                { QueryExecutionIds: ["a", "b"], NextToken: "older" },
                { QueryExecutions: [query(may, 0), query(before, 1e12)] },
            ],
        );
        const { runs, queries } = await spendingOf(lake, since);
        assert.deepEqual([runs.count, queries.count, queries.more], [2, 1, false]);
    });

    it("charges queries as Athena does: by whole MB, at least 10, and DDL nothing", async () => {
        const executions = [query(may, 1), query(may, 20 * MiB + 1), query(may, 0, "DDL")];
        const lake = lakeOf([{}], [{ QueryExecutionIds: ["a", "b", "c"] }, { QueryExecutions: executions }]);
        const { queries } = await spendingOf(lake, since);
        assert.equal(queries.bytesCharged, 31 * MiB);
        assert.ok(Math.abs(queries.cost - (5 * 31 * MiB) / 1024 ** 4) < 1e-12);
    });
});

import assert from "node:assert/strict";
import { compareCosts } from "../../../automation/cost/difference";
import { estimate } from "../../../automation/cost/estimate";
import type { DeclaredResource } from "../../../automation/cost/resources";
import { job, resource, table, unknown, volumes, workgroup } from "./resources";

const key = resource("aws:kms/key:Key", "key");
const compare = (before: DeclaredResource[], after: DeclaredResource[]) =>
    compareCosts(estimate(before, volumes()), estimate(after, volumes()));

describe("the difference of two estimates", () => {
    it("is nothing between the same resources", () => {
        const { changes, unchanged, delta } = compare([job(), key], [key, job()]);
        assert.deepEqual([changes, unchanged.count, delta], [[], 2, 0]);
    });

    it("names what changed with both costs and the new formula, and sums up the rest", () => {
        const { changes, unchanged, before, after, delta } = compare([job(), key], [job({ numberOfWorkers: 4 }), key]);
        assert.deepEqual(unchanged, { count: 1, monthlyUsd: 1 });
        const [change, ...others] = changes;
        assert.equal(others.length, 0);
        assert.deepEqual([change!.name, change!.resource, change!.service], ["etl", job().urn, "Glue"]);
        assert.equal(change!.after, 2 * change!.before!);
        assert.equal(change!.delta, change!.before);
        assert.match(change!.why, /^4 DPU × /);
        assert.ok(Math.abs(after - before - change!.delta) < 1e-9);
        assert.equal(delta, after - before);
    });

    it("tells what comes, what goes, and what is no longer priced, the largest first", () => {
        const dashboard = resource("aws:cloudwatch/dashboard:Dashboard", "board");
        const { changes, delta } = compare([key, job()], [dashboard, job({ numberOfWorkers: unknown })]);
        assert.deepEqual(
            changes.map(({ name, before, after }) => [name, before === undefined, after === undefined]),
            [
                ["etl", false, true],
                ["board", true, false],
                ["key", false, true],
            ],
        );
        assert.ok(Math.abs(delta - (2 - 2 * (365 / 12) * (1 / 6) * 0.44)) < 1e-9);
        assert.match(changes[2]!.what, /1 key/);
    });

    it("of CSV instead of Parquet is at the workgroup and the bucket", () => {
        const bucket = resource("aws:s3/bucket:Bucket", "lake-silver");
        const csv = table({ parameters: { classification: "csv" }, storageDescriptor: {} });
        const { changes } = compare([bucket, workgroup(), table()], [bucket, workgroup(), csv]);
        assert.deepEqual(
            changes.map(({ name, delta }) => [name, delta > 0]),
            [
                ["queries", true],
                ["lake-silver", true],
            ],
        );
    });
});

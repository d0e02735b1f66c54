/** Partition projection: what is scanned is counted as of the same partitions in the catalog. */
import assert from "node:assert/strict";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { Queries } from "./athenaSupport";
import { TestLocal } from "./support";

describe("bytes scanned of projected partitions", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;
    const properties = "'projection.enabled' = 'true', 'projection.p.type' = 'enum', 'projection.p.values' = 'a,b'";
    const columns = "(x bigint) PARTITIONED BY (p string) STORED AS PARQUET LOCATION 's3://data/made/'";

    before(async () => {
        local = await TestLocal.start();
        queries = new Queries(local.local, "primary", "scans", "s3://data/results/");
        await local.s3.send(new CreateBucketCommand({ Bucket: "data" }));
        await queries.succeed("CREATE DATABASE scans");
        await queries.succeed(
            "CREATE TABLE made WITH (format = 'PARQUET', external_location = 's3://data/made/', partitioned_by = ARRAY['p']) AS " +
                "SELECT CAST(x AS bigint) AS x, IF(x < 100, 'a', 'b') AS p FROM UNNEST(sequence(1, 1000)) AS t (x)",
        );
        await queries.succeed(`CREATE EXTERNAL TABLE projected ${columns} TBLPROPERTIES (${properties})`);
        const template = "'storage.location.template' = 's3://data/made/p=${p}/'";
        await queries.succeed(`CREATE EXTERNAL TABLE templated ${columns} TBLPROPERTIES (${properties}, ${template})`);
    });

    after(() => local.stop());

    async function scanned(table: string, where: string): Promise<number> {
        const { Statistics } = await queries.succeed(`SELECT sum(x) FROM ${table} ${where}`);
        return Statistics?.DataScannedInBytes ?? 0;
    }

    it("are those of the catalog's where some are scanned", async () => {
        const where = "WHERE p = 'a'";
        const right = await scanned("made", where);
        assert.ok(right > 0);
        assert.deepEqual([await scanned("projected", where), await scanned("templated", where)], [right, right]);
    });

    it("are those of the catalog's where all are scanned, but by a template what Trino fetched", async () => {
        const right = await scanned("made", "");
        assert.equal(await scanned("projected", ""), right);
        // Footers are fetched as well.
        assert.ok((await scanned("templated", "")) > right);
    });
});

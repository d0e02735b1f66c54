import * as assert from "node:assert/strict";
import * as glue from "@aws-sdk/client-glue";
import { bucket, columns, CrawlerLake, parquet } from "./crawlersSupport";

describe("local Glue crawlers of a declared table", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    before(async () => {
        lake = await CrawlerLake.start();
    });
    after(async () => lake.stop());

    const at = { DatabaseName: "declared" };
    const targets = { CatalogTargets: [{ DatabaseName: "declared", Tables: ["silver"] }] };
    const log = { UpdateBehavior: "LOG", DeleteBehavior: "LOG" } as const;

    before(async () => {
        await lake.glue.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: "declared" } }));
        const descriptor = { Columns: [{ Name: "id", Type: "string" }], Location: `s3://${bucket}/silver/` };
        const TableInput: glue.TableInput = {
            Name: "silver",
            TableType: "EXTERNAL_TABLE",
            Parameters: { classification: "parquet" },
            PartitionKeys: [
                { Name: "year", Type: "int" },
                { Name: "month", Type: "int" },
            ],
            StorageDescriptor: {
                ...descriptor,
                InputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            },
        };
        await lake.glue.send(new glue.CreateTableCommand({ ...at, TableInput }));
        await lake.put("silver/year=2024/month=1/a.parquet", parquet);
        await lake.put("silver/year=2024/month=2/a.parquet", parquet);
        await lake.put("silver/_quarantine/x.parquet", parquet);
    });

    it("registers its partitions with the table's own keys and columns, and makes no other table", async () => {
        const before = await lake.getTable("silver", "declared");
        await lake.create("processed", { DatabaseName: undefined, Targets: targets, SchemaChangePolicy: log });
        await lake.succeeds("processed");
        const found = await lake.partitions("silver", "declared");
        assert.deepEqual(
            found.map((partition) => partition.Values),
            [
                ["2024", "1"],
                ["2024", "2"],
            ],
        );
        assert.equal(found[0]?.StorageDescriptor?.Location, `s3://${bucket}/silver/year=2024/month=1/`);
        assert.deepEqual(found[0]?.StorageDescriptor?.Columns, before.StorageDescriptor?.Columns);
        assert.equal(found[0]?.Parameters?.recordCount, "2");
        assert.deepEqual(await lake.getTable("silver", "declared"), before, "LOG leaves the table as it is");
        const list = await lake.glue.send(new glue.GetTablesCommand(at));
        assert.equal(list.TableList?.length, 1);
        const request = { ...at, TableName: "silver", Expression: "year = 2024 AND month > 1" };
        const { Partitions } = await lake.glue.send(new glue.GetPartitionsCommand(request));
        assert.deepEqual(
            Partitions?.map((partition) => partition.Values),
            [["2024", "2"]],
        );
    });

    it("updates the table's statistics when it may, keeping its columns", async () => {
        await lake.create("statistics", {
            Targets: targets,
            SchemaChangePolicy: { UpdateBehavior: "UPDATE_IN_DATABASE", DeleteBehavior: "LOG" },
        });
        await lake.succeeds("statistics");
        const table = await lake.getTable("silver", "declared");
        assert.deepEqual([table.Parameters?.objectCount, table.Parameters?.recordCount], ["2", "4"]);
        assert.deepEqual(columns(table), { id: "string" });
    });

    it("leaves partitions alone that a job has pointed to a folder of its own below theirs", async () => {
        const Location = `s3://${bucket}/silver/year=2024/month=1/jr_1/`;
        const [published] = await lake.partitions("silver", "declared");
        await lake.glue.send(
            new glue.UpdatePartitionCommand({
                ...at,
                TableName: "silver",
                PartitionValueList: ["2024", "1"],
                PartitionInput: {
                    Values: ["2024", "1"],
                    StorageDescriptor: { ...published?.StorageDescriptor, Location },
                },
            }),
        );
        await lake.remove("silver/year=2024/month=1/a.parquet");
        await lake.put("silver/year=2024/month=1/jr_0/part-0000.parquet", parquet);
        await lake.put("silver/year=2024/month=1/jr_1/part-0000.parquet", parquet);
        const before = await lake.getTable("silver", "declared");
        await lake.succeeds("processed");
        const found = await lake.partitions("silver", "declared");
        assert.deepEqual(
            found.map((partition) => partition.Values),
            [
                ["2024", "1"],
                ["2024", "2"],
            ],
        );
        assert.equal(found[0]?.StorageDescriptor?.Location, Location);
        assert.deepEqual(await lake.getTable("silver", "declared"), before);
    });

    it("fails rather than register files of another format", async () => {
        await lake.put("silver/year=2024/month=3/a.json", '{"id":"x"}\n');
        assert.match(
            await lake.fails("processed"),
            /month=3\/a\.json is json, but table silver is declared as parquet/,
        );
        assert.equal((await lake.partitions("silver", "declared")).length, 2);
    });
});

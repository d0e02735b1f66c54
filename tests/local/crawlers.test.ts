import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as glue from "@aws-sdk/client-glue";
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { errorName, TestLocal } from "./support";

const bucket = "crawl-test";
const parquet = fs.readFileSync(path.join(__dirname, "fixtures", "types.parquet"));

/** As the stack's raw crawler has it: one table of the prefix, whose partitions take their columns from it. */
const rawConfiguration = JSON.stringify({
    Version: 1,
    CrawlerOutput: { Partitions: { AddOrUpdateBehavior: "InheritFromTable" } },
    Grouping: { TableGroupingPolicy: "CombineCompatibleSchemas", TableLevelConfiguration: 2 },
});

describe("local Glue crawlers", function () {
    this.timeout(60_000);
    let lake: TestLocal;
    let client: glue.GlueClient;

    before(async () => {
        lake = await TestLocal.start();
        client = lake.glue;
        await lake.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    });
    after(async () => lake.stop());

    const put = (Key: string, Body: string | Buffer) =>
        lake.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    const remove = (Key: string) => lake.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    const create = (Name: string, more: Partial<glue.CreateCrawlerRequest>) =>
        client.send(
            new glue.CreateCrawlerCommand({ Name, Role: "crawler", DatabaseName: "crawled", Targets: {}, ...more }),
        );
    const s3Target = (folder: string, more: Partial<glue.S3Target> = {}) => ({
        Targets: { S3Targets: [{ Path: `s3://${bucket}/${folder}`, ...more }] },
    });
    const getTable = async (Name: string, DatabaseName = "crawled") =>
        (await client.send(new glue.GetTableCommand({ DatabaseName, Name }))).Table as glue.Table;
    const columns = (table: glue.Table) =>
        Object.fromEntries((table.StorageDescriptor?.Columns ?? []).map((c) => [c.Name, c.Type]));
    const partitions = async (TableName: string, DatabaseName = "crawled") =>
        (await client.send(new glue.GetPartitionsCommand({ DatabaseName, TableName }))).Partitions ?? [];
    const tables = async () =>
        (await client.send(new glue.GetTablesCommand({ DatabaseName: "crawled" }))).TableList?.map(
            (table) => table.Name,
        ) ?? [];

    /** Starts a crawler and waits until it is ready again. */
    async function crawl(Name: string): Promise<glue.Crawler> {
        await client.send(new glue.StartCrawlerCommand({ Name }));
        return ready(Name);
    }

    async function ready(Name: string): Promise<glue.Crawler> {
        for (const deadline = Date.now() + 30_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
            const { Crawler } = await client.send(new glue.GetCrawlerCommand({ Name }));
            if (Crawler?.State === "READY") return Crawler;
            assert.ok(Date.now() < deadline, "the crawler does not get ready");
        }
    }

    async function succeeds(name: string): Promise<glue.CrawlerMetrics> {
        const { LastCrawl } = await crawl(name);
        assert.deepEqual([LastCrawl?.Status, LastCrawl?.ErrorMessage], ["SUCCEEDED", undefined]);
        const request = { CrawlerNameList: [name] };
        return (await client.send(new glue.GetCrawlerMetricsCommand(request)))
            .CrawlerMetricsList?.[0] as glue.CrawlerMetrics;
    }

    async function fails(name: string): Promise<string> {
        const { LastCrawl } = await crawl(name);
        assert.equal(LastCrawl?.Status, "FAILED");
        return LastCrawl?.ErrorMessage ?? "";
    }

    describe("of S3", () => {
        it("makes a partitioned table of JSON lines, driven by the stock CLI", async () => {
            const row = { ID: "a", n: 1, price: 5, nested: { X: [1, null] }, gone: null };
            await put(
                "sales/day=2024-01-01/a.jsonl",
                `${JSON.stringify(row)}\nnot json\n{"n": 3000000000, "id":"b", "price": 1.5}\n`,
            );
            await put("sales/day=2024-01-02/b.jsonl", '{"id":"c","n":2,"price":2,"extra":true}\n');
            await put("sales/_temporary/c.jsonl", '{"hidden":1}\n');
            await put("sales/.d.jsonl", '{"hidden":1}\n');
            const targets = JSON.stringify(s3Target("sales/").Targets);
            const names = ["--name", "raw", "--database-name", "crawled", "--table-prefix", "raw_"];
            const role = "arn:aws:iam::000000000000:role/crawler";
            await lake.cliJson(
                "glue",
                "create-crawler",
                ...names,
                "--role",
                role,
                "--targets",
                targets,
                "--configuration",
                rawConfiguration,
            );
            await lake.cliJson("glue", "start-crawler", "--name", "raw");
            await ready("raw");
            const { Crawler } = await lake.cliJson<{ Crawler: glue.Crawler }>("glue", "get-crawler", "--name", "raw");
            assert.equal(Crawler.LastCrawl?.Status, "SUCCEEDED");
            assert.deepEqual(
                [Crawler.Role, Crawler.LastCrawl?.LogGroup, Crawler.LastCrawl?.LogStream],
                ["crawler", "/aws-glue/crawlers", "raw"],
            );

            const table = await getTable("raw_sales");
            assert.deepEqual(columns(table), {
                id: "string",
                n: "bigint",
                price: "double",
                nested: "struct<x:array<int>>",
                gone: "string",
                extra: "boolean",
            });
            assert.deepEqual(table.PartitionKeys, [{ Name: "day", Type: "string" }]);
            assert.equal(table.StorageDescriptor?.Location, `s3://${bucket}/sales/`);
            assert.equal(
                table.StorageDescriptor?.SerdeInfo?.SerializationLibrary,
                "org.openx.data.jsonserde.JsonSerDe",
            );
            assert.deepEqual(table.StorageDescriptor?.SerdeInfo?.Parameters, {
                paths: "ID,extra,gone,id,n,nested,price",
            });
            const { averageRecordSize: _average, ...parameters } = table.Parameters ?? {};
            assert.deepEqual(parameters, {
                CrawlerSchemaDeserializerVersion: "1.0",
                CrawlerSchemaSerializerVersion: "1.0",
                UPDATED_BY_CRAWLER: "raw",
                classification: "json",
                compressionType: "none",
                objectCount: "2",
                recordCount: "3",
                sizeKey: String(
                    Buffer.byteLength(`${JSON.stringify(row)}\nnot json\n{"n": 3000000000, "id":"b", "price": 1.5}\n`) +
                        40,
                ),
                typeOfData: "file",
            });
            const found = await partitions("raw_sales");
            assert.deepEqual(
                found.map((partition) => partition.Values),
                [["2024-01-01"], ["2024-01-02"]],
            );
            for (const partition of found) {
                assert.deepEqual(partition.StorageDescriptor?.Columns, table.StorageDescriptor?.Columns);
                assert.equal(
                    partition.StorageDescriptor?.Location,
                    `s3://${bucket}/sales/day=${partition.Values?.[0]}/`,
                );
            }
        });

        it("writes what it did to CloudWatch Logs and to the list of crawls", async () => {
            const request = { logGroupName: "/aws-glue/crawlers", logStreamName: "raw" };
            const { events = [] } = await lake.logs.send(new GetLogEventsCommand({ ...request, startFromHead: true }));
            const text = events.map((event) => event.message).join("\n");
            assert.match(text, /INFO : Created table raw_sales in database crawled/);
            assert.match(
                text,
                /WARN : s3:\/\/crawl-test\/sales\/day=2024-01-01\/a\.jsonl: 1 lines of the sample are not JSON objects/,
            );
            const { Crawls } = await client.send(new glue.ListCrawlsCommand({ CrawlerName: "raw" }));
            assert.deepEqual([Crawls?.length, Crawls?.[0]?.State], [1, "COMPLETED"]);
            assert.deepEqual(JSON.parse(Crawls?.[0]?.Summary ?? "").PARTITION, { ADD: 2, UPDATE: 0, DELETE: 0 });
        });

        it("changes nothing when nothing is new, then adds the new folder", async () => {
            const before = await getTable("raw_sales");
            assert.deepEqual(counts(await succeeds("raw")), [0, 0, 0]);
            assert.deepEqual(await getTable("raw_sales"), before);
            await put("sales/day=2024-01-03/a.jsonl", '{"id":"d","n":2,"price":2,"extra":true}\n');
            assert.deepEqual(counts(await succeeds("raw")), [0, 0, 0]);
            assert.equal((await partitions("raw_sales")).length, 3);
            assert.deepEqual(await tables(), ["raw_sales"]);
        });

        it("updates table and partitions when a column appears", async () => {
            await put("sales/day=2024-01-04/a.jsonl", '{"id":"e","later":"2"}\n');
            assert.deepEqual(counts(await succeeds("raw")), [0, 1, 0]);
            assert.equal(columns(await getTable("raw_sales")).later, "string");
            for (const partition of await partitions("raw_sales")) {
                assert.ok(partition.StorageDescriptor?.Columns?.some((column) => column.Name === "later"));
            }
        });

        it("deletes or marks what is gone, as the delete behavior says", async () => {
            await remove("sales/day=2024-01-04/a.jsonl");
            const update = (DeleteBehavior: glue.DeleteBehavior) =>
                client.send(new glue.UpdateCrawlerCommand({ Name: "raw", SchemaChangePolicy: { DeleteBehavior } }));
            await update("LOG");
            await succeeds("raw");
            assert.equal((await partitions("raw_sales")).length, 4);
            await update("DEPRECATE_IN_DATABASE");
            await succeeds("raw");
            const marked = (await partitions("raw_sales")).filter(
                (partition) => partition.Parameters?.DEPRECATED_BY_CRAWLER,
            );
            assert.deepEqual(
                marked.map((partition) => partition.Values),
                [["2024-01-04"]],
            );
            await update("DELETE_FROM_DATABASE");
            await succeeds("raw");
            assert.equal((await partitions("raw_sales")).length, 3);
        });

        it("reads only new folders when told so", async () => {
            await put("fresh/p=1/a.jsonl", `{"a":${"1".padStart(2000)}}\n`);
            await put("fresh/p=2/a.jsonl", '{"a":2}\n');
            const policy = { RecrawlPolicy: { RecrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" as const } };
            assert.equal(
                await errorName(create("fresh", { ...s3Target("fresh"), ...policy })),
                "InvalidInputException",
            );
            const SchemaChangePolicy = { UpdateBehavior: "LOG" as const, DeleteBehavior: "LOG" as const };
            await create("fresh", { ...s3Target("fresh"), ...policy, SchemaChangePolicy });
            assert.deepEqual(counts(await succeeds("fresh")), [1, 0, 0]);
            const object = '{"a":3}\n';
            await put("fresh/p=3/a.jsonl", object);
            const before = (await lake.local.health()).traffic[bucket]?.bytesOut ?? 0;
            assert.deepEqual(counts(await succeeds("fresh")), [0, 0, 0]);
            assert.equal((await lake.local.health()).traffic[bucket]?.bytesOut, before + object.length);
            assert.deepEqual(
                (await partitions("fresh")).map((partition) => partition.Values?.[0]),
                ["1", "2", "3"],
            );
        });

        it("reads gzip, and leaves out what the patterns exclude", async () => {
            await put("zipped/a.json.gz", gzipSync('{"a":1}\n{"a":2}\n'));
            await put("zipped/skip/b.txt", "no data\n");
            await create("zipped", s3Target("zipped/", { Exclusions: ["skip/**"] }));
            await succeeds("zipped");
            const table = await getTable("zipped");
            assert.deepEqual([table.Parameters?.compressionType, table.StorageDescriptor?.Compressed], ["gzip", true]);
            assert.deepEqual([columns(table), table.PartitionKeys], [{ a: "int" }, []]);
        });

        it("makes a table of each folder whose files are unlike, and names unnamed keys partition_N", async () => {
            await put("mixed/ab/x/1.json", '{"a":1,"b":1}\n');
            await put("mixed/ab/y/1.json", '{"a":1,"b":1}\n');
            await put("mixed/c-d/1.parquet", parquet);
            await create("mixed", { ...s3Target("mixed"), TablePrefix: "m_" });
            assert.equal((await succeeds("mixed")).TablesCreated, 2);
            assert.deepEqual((await getTable("m_ab")).PartitionKeys, [{ Name: "partition_0", Type: "string" }]);
            const table = await getTable("m_c_d");
            assert.deepEqual(columns(table), {
                id: "string",
                quantity: "int",
                big: "bigint",
                ratio: "double",
                small: "float",
                good: "boolean",
                total: "decimal(12,2)",
                day_: "date",
                at: "timestamp",
                tags: "array<string>",
                counts: "map<string,int>",
                nested: "struct<a:int,b:string>",
                tiny: "tinyint",
                raw: "binary",
            });
            assert.equal(table.Parameters?.recordCount, "2");
            assert.match(table.StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? "", /ParquetHiveSerDe$/);
        });

        it("fails with the reason: another format, a missing bucket", async () => {
            await put("csv/data.csv", "a,b\n1,2\n");
            await create("csv", s3Target("csv"));
            assert.match(await fails("csv"), /s3:\/\/crawl-test\/csv\/data\.csv is neither JSON lines nor Parquet/);
            await create("nowhere", { Targets: { S3Targets: [{ Path: "s3://no-such-bucket/x/" }] } });
            assert.match(await fails("nowhere"), /s3:\/\/no-such-bucket\/x\/ cannot be listed: NoSuchBucket/);
            assert.deepEqual(
                (await tables()).filter((name) => /csv|nowhere/.test(name ?? "")),
                [],
            );
        });
    });

    describe("of a declared table", () => {
        const at = { DatabaseName: "declared" };
        const targets = { CatalogTargets: [{ DatabaseName: "declared", Tables: ["silver"] }] };
        const log = { UpdateBehavior: "LOG", DeleteBehavior: "LOG" } as const;

        before(async () => {
            await client.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: "declared" } }));
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
            await client.send(new glue.CreateTableCommand({ ...at, TableInput }));
            await put("silver/year=2024/month=1/a.parquet", parquet);
            await put("silver/year=2024/month=2/a.parquet", parquet);
            await put("silver/_quarantine/x.parquet", parquet);
        });

        it("registers its partitions with the table's own keys and columns, and makes no other table", async () => {
            const before = await getTable("silver", "declared");
            await create("processed", { DatabaseName: undefined, Targets: targets, SchemaChangePolicy: log });
            await succeeds("processed");
            const found = await partitions("silver", "declared");
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
            assert.deepEqual(await getTable("silver", "declared"), before, "LOG leaves the table as it is");
            const list = await client.send(new glue.GetTablesCommand(at));
            assert.equal(list.TableList?.length, 1);
            const request = { ...at, TableName: "silver", Expression: "year = 2024 AND month > 1" };
            const { Partitions } = await client.send(new glue.GetPartitionsCommand(request));
            assert.deepEqual(
                Partitions?.map((partition) => partition.Values),
                [["2024", "2"]],
            );
        });

        it("updates the table's statistics when it may, keeping its columns", async () => {
            await create("statistics", {
                Targets: targets,
                SchemaChangePolicy: { UpdateBehavior: "UPDATE_IN_DATABASE", DeleteBehavior: "LOG" },
            });
            await succeeds("statistics");
            const table = await getTable("silver", "declared");
            assert.deepEqual([table.Parameters?.objectCount, table.Parameters?.recordCount], ["2", "4"]);
            assert.deepEqual(columns(table), { id: "string" });
        });

        it("fails rather than register files of another format", async () => {
            await put("silver/year=2024/month=3/a.json", '{"id":"x"}\n');
            assert.match(await fails("processed"), /month=3\/a\.json is json, but table silver is declared as parquet/);
            assert.equal((await partitions("silver", "declared")).length, 2);
        });
    });

    describe("as resources", () => {
        it("read back what was given, and refuse what is not done", async () => {
            const given = {
                ...s3Target("sales/"),
                Description: "d",
                Configuration: rawConfiguration,
                Tags: { team: "lake" },
            };
            await create("kept", given);
            const { Crawler } = await client.send(new glue.GetCrawlerCommand({ Name: "kept" }));
            assert.deepEqual(
                [Crawler?.Configuration, Crawler?.Description, Crawler?.State],
                [rawConfiguration, "d", "READY"],
            );
            assert.deepEqual(Crawler?.SchemaChangePolicy, {
                UpdateBehavior: "UPDATE_IN_DATABASE",
                DeleteBehavior: "DEPRECATE_IN_DATABASE",
            });
            const { CrawlerNames } = await client.send(new glue.ListCrawlersCommand({ Tags: { team: "lake" } }));
            assert.deepEqual(CrawlerNames, ["kept"]);
            const refused: Partial<glue.CreateCrawlerRequest>[] = [
                { RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVENT_MODE" } },
                { Schedule: "cron(0 1 * * ? *)" },
                { Classifiers: ["mine"] },
                { Targets: { JdbcTargets: [{ ConnectionName: "c", Path: "p" }] } },
                { Targets: {} },
                { Configuration: '{"Version":1,"Grouping":{"TableGroupingPolicy":"Other"}}' },
                { Configuration: "[" },
            ];
            for (const more of refused) {
                assert.equal(
                    await errorName(create("refused", { ...s3Target("x"), ...more })),
                    "InvalidInputException",
                    JSON.stringify(more),
                );
            }
            await client.send(new glue.DeleteCrawlerCommand({ Name: "kept" }));
            assert.equal(
                await errorName(client.send(new glue.GetCrawlerCommand({ Name: "kept" }))),
                "EntityNotFoundException",
            );
        });

        it("run once at a time, and stop", async () => {
            for (let index = 0; index < 60; index += 1) await put(`slow/p=${index}/a.json`, '{"a":1}\n');
            await create("slow", s3Target("slow"));
            const Name = "slow";
            assert.equal(
                await errorName(client.send(new glue.StopCrawlerCommand({ Name }))),
                "CrawlerNotRunningException",
            );
            await client.send(new glue.StartCrawlerCommand({ Name }));
            assert.equal((await client.send(new glue.GetCrawlerCommand({ Name }))).Crawler?.State, "RUNNING");
            const calls = [new glue.StartCrawlerCommand({ Name }), new glue.DeleteCrawlerCommand({ Name })];
            assert.equal(await errorName(client.send(calls[0] as glue.StartCrawlerCommand)), "CrawlerRunningException");
            await client.send(new glue.StopCrawlerCommand({ Name }));
            assert.equal((await ready("slow")).LastCrawl?.Status, "CANCELLED");
            assert.equal((await tables()).includes("slow"), false);
        });
    });
});

function counts(metrics: glue.CrawlerMetrics): (number | undefined)[] {
    return [metrics.TablesCreated, metrics.TablesUpdated, metrics.TablesDeleted];
}

import * as assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as glue from "@aws-sdk/client-glue";
import { bucket, columns, counts, CrawlerLake, parquet, rawConfiguration, s3Target } from "./crawlersSupport";

describe("local Glue crawlers of S3", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    before(async () => {
        lake = await CrawlerLake.start();
    });
    after(async () => lake.stop());

    it("makes a partitioned table of JSON lines, driven by the stock CLI", async () => {
        const row = { ID: "a", n: 1, price: 5, nested: { X: [1, null] }, gone: null };
        await lake.put(
            "sales/day=2024-01-01/a.jsonl",
            `${JSON.stringify(row)}\nnot json\n{"n": 3000000000, "id":"b", "price": 1.5}\n`,
        );
        await lake.put("sales/day=2024-01-02/b.jsonl", '{"id":"c","n":2,"price":2,"extra":true}\n');
        await lake.put("sales/_temporary/c.jsonl", '{"hidden":1}\n');
        await lake.put("sales/.d.jsonl", '{"hidden":1}\n');
        const targets = JSON.stringify(s3Target("sales/").Targets);
        const names = ["--name", "raw", "--database-name", "crawled", "--table-prefix", "raw_"];
        const role = "arn:aws:iam::000000000000:role/crawler";
        await lake.aws.cliJson(
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
        await lake.aws.cliJson("glue", "start-crawler", "--name", "raw");
        await lake.ready("raw");
        const { Crawler } = await lake.aws.cliJson<{ Crawler: glue.Crawler }>("glue", "get-crawler", "--name", "raw");
        assert.equal(Crawler.LastCrawl?.Status, "SUCCEEDED");
        assert.deepEqual(
            [Crawler.Role, Crawler.LastCrawl?.LogGroup, Crawler.LastCrawl?.LogStream],
            ["crawler", "/aws-glue/crawlers", "raw"],
        );

        const table = await lake.getTable("raw_sales");
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
        assert.equal(table.StorageDescriptor?.SerdeInfo?.SerializationLibrary, "org.openx.data.jsonserde.JsonSerDe");
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
                Buffer.byteLength(`${JSON.stringify(row)}\nnot json\n{"n": 3000000000, "id":"b", "price": 1.5}\n`) + 40,
            ),
            typeOfData: "file",
        });
        const found = await lake.partitions("raw_sales");
        assert.deepEqual(
            found.map((partition) => partition.Values),
            [["2024-01-01"], ["2024-01-02"]],
        );
        for (const partition of found) {
            assert.deepEqual(partition.StorageDescriptor?.Columns, table.StorageDescriptor?.Columns);
            assert.equal(partition.StorageDescriptor?.Location, `s3://${bucket}/sales/day=${partition.Values?.[0]}/`);
        }
    });

    it("writes what it did to CloudWatch Logs and to the list of crawls", async () => {
        const request = { logGroupName: "/aws-glue/crawlers", logStreamName: "raw" };
        const { events = [] } = await lake.aws.logs.send(new GetLogEventsCommand({ ...request, startFromHead: true }));
        const text = events.map((event) => event.message).join("\n");
        assert.match(text, /INFO : Created table raw_sales in database crawled/);
        assert.match(
            text,
            /WARN : s3:\/\/crawl-test\/sales\/day=2024-01-01\/a\.jsonl: 1 lines of the sample are not JSON objects/,
        );
        const { Crawls } = await lake.glue.send(new glue.ListCrawlsCommand({ CrawlerName: "raw" }));
        assert.deepEqual([Crawls?.length, Crawls?.[0]?.State], [1, "COMPLETED"]);
        assert.deepEqual(JSON.parse(Crawls?.[0]?.Summary ?? "").PARTITION, { ADD: 2, UPDATE: 0, DELETE: 0 });
    });

    it("changes nothing when nothing is new, then adds the new folder", async () => {
        const before = await lake.getTable("raw_sales");
        assert.deepEqual(counts(await lake.succeeds("raw")), [0, 0, 0]);
        assert.deepEqual(await lake.getTable("raw_sales"), before);
        await lake.put("sales/day=2024-01-03/a.jsonl", '{"id":"d","n":2,"price":2,"extra":true}\n');
        assert.deepEqual(counts(await lake.succeeds("raw")), [0, 0, 0]);
        assert.equal((await lake.partitions("raw_sales")).length, 3);
        assert.deepEqual(await lake.tables(), ["raw_sales"]);
    });

    it("updates table and partitions when a column appears", async () => {
        await lake.put("sales/day=2024-01-04/a.jsonl", '{"id":"e","later":"2"}\n');
        assert.deepEqual(counts(await lake.succeeds("raw")), [0, 1, 0]);
        assert.equal(columns(await lake.getTable("raw_sales")).later, "string");
        for (const partition of await lake.partitions("raw_sales")) {
            assert.ok(partition.StorageDescriptor?.Columns?.some((column) => column.Name === "later"));
        }
    });

    it("deletes or marks what is gone, as the delete behavior says", async () => {
        await lake.remove("sales/day=2024-01-04/a.jsonl");
        const update = (DeleteBehavior: glue.DeleteBehavior) =>
            lake.glue.send(new glue.UpdateCrawlerCommand({ Name: "raw", SchemaChangePolicy: { DeleteBehavior } }));
        await update("LOG");
        await lake.succeeds("raw");
        assert.equal((await lake.partitions("raw_sales")).length, 4);
        await update("DEPRECATE_IN_DATABASE");
        await lake.succeeds("raw");
        const marked = (await lake.partitions("raw_sales")).filter(
            (partition) => partition.Parameters?.DEPRECATED_BY_CRAWLER,
        );
        assert.deepEqual(
            marked.map((partition) => partition.Values),
            [["2024-01-04"]],
        );
        await update("DELETE_FROM_DATABASE");
        await lake.succeeds("raw");
        assert.equal((await lake.partitions("raw_sales")).length, 3);
    });

    it("reads gzip, and leaves out what the patterns exclude", async () => {
        await lake.put("zipped/a.json.gz", gzipSync('{"a":1}\n{"a":2}\n'));
        await lake.put("zipped/skip/b.txt", "no data\n");
        await lake.create("zipped", s3Target("zipped/", { Exclusions: ["skip/**"] }));
        await lake.succeeds("zipped");
        const table = await lake.getTable("zipped");
        assert.deepEqual([table.Parameters?.compressionType, table.StorageDescriptor?.Compressed], ["gzip", true]);
        assert.deepEqual([columns(table), table.PartitionKeys], [{ a: "int" }, []]);
    });

    it("makes a table of each folder whose files are unlike, and names unnamed keys partition_N", async () => {
        await lake.put("mixed/ab/x/1.json", '{"a":1,"b":1}\n');
        await lake.put("mixed/ab/y/1.json", '{"a":1,"b":1}\n');
        await lake.put("mixed/c-d/1.parquet", parquet);
        await lake.create("mixed", { ...s3Target("mixed"), TablePrefix: "m_" });
        assert.equal((await lake.succeeds("mixed")).TablesCreated, 2);
        assert.deepEqual((await lake.getTable("m_ab")).PartitionKeys, [{ Name: "partition_0", Type: "string" }]);
        const table = await lake.getTable("m_c_d");
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
        await lake.put("csv/data.csv", "no data\n");
        await lake.create("csv", s3Target("csv"));
        assert.match(await lake.fails("csv"), /s3:\/\/crawl-test\/csv\/data\.csv is neither Parquet, JSON /);
        await lake.create("nowhere", { Targets: { S3Targets: [{ Path: "s3://no-such-bucket/x/" }] } });
        assert.match(await lake.fails("nowhere"), /s3:\/\/no-such-bucket\/x\/ cannot be listed: NoSuchBucket/);
        assert.deepEqual(
            (await lake.tables()).filter((name) => /csv|nowhere/.test(name ?? "")),
            [],
        );
    });
});

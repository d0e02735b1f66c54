/** What crawlers and changes of the catalog tell EventBridge, and what rules filter of it. */
import * as assert from "node:assert/strict";
import * as glue from "@aws-sdk/client-glue";
import { eventPattern, failureKinds } from "../../components/pipelineMonitoringEvents";
import { Bus } from "./eventsSupport";
import { bucket, CrawlerLake, s3Target } from "./crawlersSupport";

const ofDatabase = "Glue Data Catalog Database State Change";
const ofTable = "Glue Data Catalog Table State Change";

describe("events of Glue crawlers and the catalog", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    let bus: Bus;
    const arn = (resource: string) => `arn:aws:glue:us-east-1:${bus.account}:${resource}`;

    before(async () => {
        lake = await CrawlerLake.start();
        bus = new Bus(lake.aws.local);
        await bus.watch("crawlers", { "detail-type": ["Glue Crawler State Change"] });
        await bus.watch("catalog", { source: ["aws.glue"], "detail-type": [{ prefix: "Glue Data Catalog" }] });
    });
    after(async () => lake.stop());

    it("tell of a crawl's start and end, and of what it changed", async () => {
        await lake.put("sales/day=1/a.json", '{"id": 1}\n');
        await lake.put("sales/day=2/a.json", '{"id": 2}\n');
        await lake.create("sales", s3Target("sales/"));
        await lake.succeeds("sales");
        const [started, succeeded] = await bus.details("crawlers", 2);
        const of = { accountId: bus.account, crawlerName: "sales" };
        const { startTime } = started!;
        assert.match(String(startTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        assert.deepEqual(started, { ...of, startTime, state: "Started", message: "Crawler Started" });
        const { completionDate, "runningTime (sec)": seconds } = succeeded!;
        assert.match(`${String(completionDate)} ${String(seconds)}`, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d+$/);
        assert.deepEqual(succeeded, {
            ...of,
            ...{ tablesCreated: "1", tablesUpdated: "0", tablesDeleted: "0" },
            ...{ partitionsCreated: "2", partitionsUpdated: "0", partitionsDeleted: "0" },
            warningMessage: "N/A",
            message: "Crawler Succeeded",
            state: "Succeeded",
            "runningTime (sec)": seconds,
            completionDate,
            cloudWatchLogLink:
                "https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#logEventViewer:group=/aws-glue/crawlers;stream=sales",
        });
        const changes = (await bus.events("catalog", 3)).map((event) => [
            event["detail-type"],
            event.resources,
            event.detail,
        ]);
        const databaseName = "crawled";
        assert.deepEqual(changes, [
            [
                ofDatabase,
                [arn("database/crawled")],
                { databaseName, typeOfChange: "CreateDatabase", changedTables: [] },
            ],
            [
                ofDatabase,
                [arn("table/crawled/sales")],
                { databaseName, typeOfChange: "CreateTable", changedTables: ["sales"] },
            ],
            [
                ofTable,
                [arn("table/crawled/sales")],
                {
                    ...{ databaseName, typeOfChange: "BatchCreatePartition" },
                    ...{ tableName: "sales", changedPartitions: ["[1]", "[2]"] },
                },
            ],
        ]);
    });

    it("tell of a crawl that fails, by the rule of our own monitoring", async () => {
        const names = { jobName: "job", rawCrawler: "torn", processedCrawler: "sales", workgroupName: "group" };
        const pattern = JSON.parse(eventPattern(failureKinds.crawler, [names])) as object;
        await bus.watch("failures", pattern);
        await lake.put("torn/a.xml", "<a/>");
        await lake.create("torn", s3Target("torn/"));
        const reason = await lake.fails("torn");
        await lake.succeeds("sales");
        const [failed] = await bus.details("failures", 1);
        assert.deepEqual(failed, {
            accountId: bus.account,
            crawlerName: "torn",
            errorMessage: reason,
            state: "Failed",
            message: "Crawler Failed",
            cloudWatchLogLink:
                "https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#logEventViewer:group=/aws-glue/crawlers;stream=torn",
        });
        assert.deepEqual(await bus.take("failures"), []);
    });

    it("tell of what clients change, a hundred partitions in each", async () => {
        await bus.take("catalog");
        const DatabaseName = "Shop";
        const table = { Name: "Orders", PartitionKeys: [{ Name: "day", Type: "int" }, { Name: "shop" }] };
        await lake.glue.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
        await lake.glue.send(new glue.CreateTableCommand({ DatabaseName, TableInput: table }));
        await lake.glue.send(new glue.UpdateTableCommand({ DatabaseName, TableInput: table }));
        const of = { DatabaseName, TableName: table.Name };
        await lake.glue.send(new glue.CreatePartitionCommand({ ...of, PartitionInput: { Values: ["0", "x"] } }));
        const hundred = Array.from({ length: 100 }, (_, day) => ({ Values: [String(day), "x"] }));
        await lake.glue.send(new glue.BatchCreatePartitionCommand({ ...of, PartitionInputList: hundred }));
        await lake.glue.send(new glue.DeletePartitionCommand({ ...of, PartitionValues: ["5", "x"] }));
        const absent = new glue.BatchDeletePartitionCommand({ ...of, PartitionsToDelete: [{ Values: ["7", "y"] }] });
        await lake.glue.send(absent);
        const TablesToDelete = [table.Name, "nothing"];
        await lake.glue.send(new glue.BatchDeleteTableCommand({ DatabaseName, TablesToDelete }));
        await lake.glue.send(new glue.DeleteDatabaseCommand({ Name: DatabaseName }));
        const details = await bus.details("catalog", 8);
        assert.deepEqual(
            details.map(({ typeOfChange }) => typeOfChange),
            [
                ...["CreateDatabase", "CreateTable", "UpdateTable", "CreatePartition"],
                ...["BatchCreatePartition", "DeletePartition", "BatchDeleteTable", "DeleteDatabase"],
            ],
        );
        const [, , updated, , batch, deleted, tables] = details;
        const ofOrders = { databaseName: "shop", tableName: "orders" };
        assert.deepEqual(updated, { ...ofOrders, typeOfChange: "UpdateTable", changedPartitions: [] });
        assert.deepEqual(deleted?.changedPartitions, ["[5, x]"]);
        // The first was there already.
        const created = batch?.changedPartitions as string[];
        assert.deepEqual([created.length, created[0]], [99, "[1, x]"]);
        assert.deepEqual(tables?.changedTables, ["orders"]);
        assert.deepEqual(await bus.take("catalog"), []);
    });

    it("pass the filters of a rule, and only what they let through", async () => {
        const filters: [queue: string, detail: object, passes: boolean][] = [
            ["prefix", { databaseName: [{ prefix: "sh" }] }, true],
            ["suffix", { databaseName: [{ suffix: "ping" }] }, false],
            ["anything-but", { typeOfChange: [{ "anything-but": ["CreateDatabase"] }] }, false],
            ["anything-but-prefix", { databaseName: [{ "anything-but": { prefix: "crawl" } }] }, true],
            ["exists", { tableName: [{ exists: false }] }, true],
            ["wildcard", { databaseName: [{ wildcard: "s*s" }] }, true],
            ["equals", { databaseName: [{ "equals-ignore-case": "SHOPS" }] }, true],
            ["or", { $or: [{ databaseName: ["none"] }, { typeOfChange: ["CreateDatabase"] }] }, true],
        ];
        for (const [queue, detail] of filters) await bus.watch(queue, { source: ["aws.glue"], detail });
        await bus.watch("numeric", { detail: { score: [{ numeric: ["<", 1] }], context: { jobName: ["job"] } } });
        await lake.glue.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: "shops" } }));
        await bus.events("catalog", 1);
        for (const [queue, , passes] of filters) {
            assert.equal((await bus.take(queue)).length, passes ? 1 : 0, queue);
        }
        for (const [score, jobName] of [
            [0.5, "job"],
            [1, "job"],
            [0.5, "other"],
        ]) {
            const Detail = JSON.stringify({ score, context: { jobName } });
            const Entries = [{ Source: "test", DetailType: "quality", Detail }];
            await bus.call("events", "AWSEvents.PutEvents", { Entries });
        }
        assert.equal((await bus.take("numeric")).length, 1);
        const wrong = bus.rule("wrong", { source: [{ like: "aws" }] }, {});
        await assert.rejects(wrong, /InvalidEventPatternException.*Unrecognized match type like/s);
    });

    it("are the account's own", async () => {
        const other = new Bus(lake.aws.local, "111122223333");
        await other.watch("theirs", { source: ["aws.glue"] });
        await lake.glue.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: "ours" } }));
        await other.call("glue", "AWSGlue.CreateDatabase", { DatabaseInput: { Name: "theirs" } });
        const [event] = await other.events("theirs", 1);
        assert.deepEqual(
            [event?.account, event?.resources, event?.detail.databaseName],
            [other.account, [`arn:aws:glue:us-east-1:${other.account}:database/theirs`], "theirs"],
        );
        assert.deepEqual(await other.take("theirs"), []);
    });

    it("tell of a query's change through Athena's own requests", async () => {
        await bus.take("catalog");
        await lake.put("plain/a.csv", "1,2\n");
        const location = `s3://${bucket}/results/`;
        await bus.call("athena", "AmazonAthena.StartQueryExecution", {
            QueryString: `CREATE EXTERNAL TABLE shops.plain (a int, b int) LOCATION 's3://${bucket}/plain/'`,
            ResultConfiguration: { OutputLocation: location },
        });
        const [detail] = await bus.details("catalog", 1);
        assert.deepEqual(detail, { databaseName: "shops", typeOfChange: "CreateTable", changedTables: ["plain"] });
    });
});

import * as assert from "node:assert/strict";
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as glue from "@aws-sdk/client-glue";
import { PutBucketNotificationConfigurationCommand } from "@aws-sdk/client-s3";
import { bucket, columns, counts, CrawlerLake, rawConfiguration, s3Target } from "./crawlersSupport";
import { errorName } from "./support";

const logOnly = { UpdateBehavior: "LOG", DeleteBehavior: "LOG" } as const;
const newFolders = { RecrawlPolicy: { RecrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" } } as const;
const eventMode = { RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVENT_MODE" } } as const;

describe("local Glue crawlers that crawl again", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    before(async () => {
        lake = await CrawlerLake.start();
    });
    after(async () => lake.stop());

    const keys = async (table: string) => (await lake.partitions(table)).map((partition) => partition.Values?.[0]);
    const logOf = async (crawler: string) => {
        const request = { logGroupName: "/aws-glue/crawlers", logStreamName: crawler, startFromHead: true };
        const { events = [] } = await lake.aws.logs.send(new GetLogEventsCommand(request));
        return events.map((event) => event.message).join("\n");
    };

    describe("new folders only", () => {
        before(async () => {
            await lake.put("fresh/p=1/a.jsonl", `{"a":${"1".padStart(2000)}}\n`);
            await lake.put("fresh/p=2/a.jsonl", '{"a":2}\n');
            await lake.create("fresh", { ...s3Target("fresh/"), ...newFolders, SchemaChangePolicy: logOnly });
            assert.deepEqual(counts(await lake.succeeds("fresh")), [1, 0, 0]);
        });

        it("reads the files of new folders, and nothing of those that are registered", async () => {
            const object = '{"a":3}\n';
            await lake.put("fresh/p=3/a.jsonl", object);
            for (let index = 0; index < 3; index += 1) await lake.put(`fresh/p=2/${index}.jsonl`, '{"a":2,"b":1}\n');
            const table = await lake.getTable("fresh");
            const [, second] = await lake.partitions("fresh");
            const before = await lake.traffic();
            assert.deepEqual(counts(await lake.succeeds("fresh")), [0, 0, 0]);
            const after = await lake.traffic();
            assert.equal(after.bytesOut - before.bytesOut, object.length);
            // The target's folder and the new one are listed, one file is read.
            assert.equal(after.requests - before.requests, 3);
            assert.deepEqual(await keys("fresh"), ["1", "2", "3"]);
            assert.deepEqual(await lake.getTable("fresh"), table);
            assert.deepEqual((await lake.partitions("fresh"))[1], second);
        });

        it("neither notices what is gone nor makes new tables nor takes files that do not fit", async () => {
            await lake.remove("fresh/p=1/a.jsonl");
            await lake.put("fresh/p=4/a.jsonl", '{"x":1,"y":2,"z":3}\n');
            await lake.put("fresh/p=5/a.csv", "a,b\n1,2\n3,4\n");
            assert.deepEqual(counts(await lake.succeeds("fresh")), [0, 0, 0]);
            assert.deepEqual(await keys("fresh"), ["1", "2", "3"]);
            const log = await logOf("fresh");
            assert.match(
                log,
                /WARN : s3:\/\/crawl-test\/fresh\/p=4\/a\.jsonl has other columns than table fresh: left out/,
            );
            assert.match(log, /WARN : s3:\/\/crawl-test\/fresh\/p=5\/a\.csv is csv, table fresh is json: left out/);
        });

        it("refuses another schema change policy, in AWS's words, and other targets once it is made", async () => {
            const refusal = /for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior value/;
            await assert.rejects(lake.create("f", { ...s3Target("f/"), ...newFolders }), {
                name: "InvalidInputException",
                message: refusal,
            });
            const update = (more: Partial<glue.UpdateCrawlerRequest>) =>
                lake.glue.send(new glue.UpdateCrawlerCommand({ Name: "fresh", ...more }));
            assert.equal(await errorName(update(s3Target("other/"))), "InvalidInputException");
            await update({ ...s3Target("fresh/"), Description: "the same targets" });
            await update({ ...s3Target("fresh/"), RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVERYTHING" } });
        });
    });

    describe("in event mode", () => {
        const queues: Record<string, { url: string; arn: string }> = {};

        /** The stock CLI's own address of SQS in us-east-1 is a legacy one, which it prefers to the environment's. */
        const sqs = <T>(...args: string[]) =>
            lake.aws.cliJson<T>("sqs", ...args, "--endpoint-url", lake.aws.local.endpoint);

        async function createQueue(name: string): Promise<void> {
            const attributes = ["--attributes", "VisibilityTimeout=1"];
            const { QueueUrl } = await sqs<{ QueueUrl: string }>("create-queue", "--queue-name", name, ...attributes);
            queues[name] = { url: QueueUrl, arn: `arn:aws:sqs:us-east-1:000000000000:${name}` };
        }

        async function messages(name: string): Promise<number> {
            const of = ["--queue-url", queues[name]!.url, "--attribute-names", "All"];
            const { Attributes } = await sqs<{ Attributes: Record<string, string> }>("get-queue-attributes", ...of);
            return Number(Attributes.ApproximateNumberOfMessages);
        }

        /** Amazon S3 tells of an object soon after it is there, not at once. */
        async function announced(count: number): Promise<void> {
            for (const deadline = Date.now() + 120_000; (await messages("events")) !== count;) {
                assert.ok(Date.now() < deadline, `not ${count} messages but ${await messages("events")}`);
            }
        }

        const target = () =>
            s3Target("live/", { EventQueueArn: queues.events!.arn, DlqEventQueueArn: queues.dead!.arn });

        before(async () => {
            await createQueue("events");
            await createQueue("dead");
            const configuration = {
                QueueArn: queues.events!.arn,
                Events: ["s3:ObjectCreated:*" as const, "s3:ObjectRemoved:*" as const],
                Filter: { Key: { FilterRules: [{ Name: "prefix" as const, Value: "live/" }] } },
            };
            await lake.aws.s3.send(
                new PutBucketNotificationConfigurationCommand({
                    Bucket: bucket,
                    NotificationConfiguration: { QueueConfigurations: [configuration] },
                }),
            );
            for (const day of [1, 2, 3]) await lake.put(`live/day=${day}/a.jsonl`, `{"id":"${day}","n":${day}}\n`);
            await lake.create("live", { ...target(), ...eventMode, Configuration: rawConfiguration });
            // Those of the three objects, and the one by which Amazon S3 tries the queue.
            await announced(4);
        });

        it("gives back what it was given, and refuses what AWS refuses", async () => {
            const { Targets, RecrawlPolicy } = await lake.getCrawler("live");
            assert.deepEqual(RecrawlPolicy, eventMode.RecrawlPolicy);
            assert.deepEqual(Targets?.S3Targets, [{ ...target().Targets.S3Targets[0], Exclusions: [] }]);
            const [s3] = target().Targets.S3Targets as [glue.S3Target];
            const gone = "arn:aws:sqs:us-east-1:000000000000:gone";
            const refused: [glue.S3Target[], RegExp][] = [
                [[{ Path: s3.Path }], /needs an EventQueueArn/],
                [[s3, s3], /a single target only/],
                [[{ ...s3, SampleSize: 1 }], /cannot sample/],
                [[{ ...s3, EventQueueArn: "events" }], /not the ARN of an SQS queue/],
                [
                    [{ ...s3, EventQueueArn: gone }],
                    /^SQS queue \S+:gone does not exist or the role provided does not have access to it\.$/,
                ],
            ];
            for (const [S3Targets, message] of refused) {
                const given = { Targets: { S3Targets }, ...eventMode };
                await assert.rejects(lake.create("refused", given), { name: "InvalidInputException", message });
            }
            assert.equal(await errorName(lake.create("refused", target())), "InvalidInputException");
        });

        it("lists everything the first time, and finds nothing new in the events of that", async () => {
            assert.deepEqual(counts(await lake.succeeds("live")), [1, 0, 0]);
            assert.match(await logOf("live"), /INFO : Crawl is not running in S3 event mode/);
            assert.deepEqual(await keys("live"), ["1", "2", "3"]);
            const table = await lake.getTable("live");
            assert.equal(table.Parameters?.objectCount, "3");
            assert.deepEqual(counts(await lake.succeeds("live")), [0, 0, 0]);
            assert.match(await logOf("live"), /INFO : The crawl is running by consuming Amazon S3 events\./);
            assert.deepEqual(await lake.getTable("live"), table);
            assert.equal(await messages("events"), 0);
        });

        it("asks nothing of the bucket when the queue is empty", async () => {
            const before = await lake.traffic();
            assert.deepEqual(counts(await lake.succeeds("live")), [0, 0, 0]);
            assert.deepEqual(await lake.traffic(), before);
        });

        it("reads the announced folders alone, and the table takes their columns and counts", async () => {
            const object = '{"id":"4","n":5000000000,"later":true}\n';
            await lake.put("live/day=4 %2B+ä/a.jsonl", object);
            await lake.put("live/_hidden/a.jsonl", object);
            await announced(2);
            const before = await lake.traffic();
            assert.deepEqual(counts(await lake.succeeds("live")), [0, 1, 0]);
            const after = await lake.traffic();
            assert.deepEqual([after.requests - before.requests, after.bytesOut - before.bytesOut], [2, object.length]);
            assert.deepEqual(await keys("live"), ["1", "2", "3", "4 %2B+ä"]);
            const table = await lake.getTable("live");
            assert.deepEqual(columns(table), { id: "string", n: "bigint", later: "boolean" });
            assert.deepEqual([table.Parameters?.objectCount, table.Parameters?.recordCount], ["4", "4"]);
            for (const partition of await lake.partitions("live")) {
                assert.equal(partition.StorageDescriptor?.Columns?.length, 3);
                assert.equal(partition.Parameters?.recordCount, "1");
            }
            assert.equal(await messages("events"), 0);
        });

        it("treats what was removed by the delete behavior", async () => {
            await lake.remove("live/day=4 %2B+ä/a.jsonl");
            await announced(1);
            assert.deepEqual(counts(await lake.succeeds("live")), [0, 0, 0]);
            const [, , , fourth] = await lake.partitions("live");
            assert.ok(fourth?.Parameters?.DEPRECATED_BY_CRAWLER);
            assert.equal((await lake.getTable("live")).Parameters?.objectCount, "3");
        });

        it("leaves the events of a crawl that fails to the next one", async () => {
            await lake.put("live/day=5/a.txt", "no data\n");
            await announced(1);
            assert.match(await lake.fails("live"), /live\/day=5\/a\.txt is neither Parquet, JSON /);
            await lake.remove("live/day=5/a.txt");
            await lake.put("live/day=5/a.jsonl", '{"id":"5","n":5}\n');
            // Once the failed crawl's message is visible again.
            await announced(3);
            await lake.succeeds("live");
            assert.ok((await keys("live")).includes("5"));
            assert.equal(await messages("events"), 0);
        });

        it("leaves in the queue what is no event of Amazon S3", async () => {
            await sqs("send-message", "--queue-url", queues.events!.url, "--message-body", "hello");
            await lake.succeeds("live");
            await announced(1);
            assert.match(await logOf("live"), /WARN : A message in \S+:events is no event of Amazon S3.*: hello/);
        });

        it("lists everything again when its settings have changed", async () => {
            await lake.glue.send(new glue.UpdateCrawlerCommand({ Name: "live", Description: "changed" }));
            const before = await lake.traffic();
            await lake.succeeds("live");
            assert.ok((await lake.traffic()).requests > before.requests);
        });
    });
});

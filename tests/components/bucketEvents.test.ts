import assert from "node:assert/strict";
import { BucketEvents, type BucketEventsArgs } from "../../components";
import { assertWellFormed, build, faultsOf, ofType, one, valueOf, type Built } from "./mocks";

const arn = (name: string) => `arn:aws:sqs:eu-central-1:123456789012:${name}`;
const queues = [
    { queueArn: arn("sales"), prefix: "retail/sales/" },
    { queueArn: arn("clicks"), prefix: "web/clicks/" },
];
const events = (args: Omit<BucketEventsArgs, "bucket">) =>
    build(() => new BucketEvents("bronze", { bucket: "lake-bronze", ...args }));
const faults = async (args: Omit<BucketEventsArgs, "bucket">) =>
    (await build(() => faultsOf(() => new BucketEvents("bronze", { bucket: "lake-bronze", ...args })))).value;
const notification = (built: Built<unknown>) => one(built, "aws:s3/bucketNotification:BucketNotification").inputs;

describe("BucketEvents", () => {
    it("is well formed, and tells EventBridge only when asked to", async () => {
        const built = await events({ queues });
        assertWellFormed(built, "lakeworks:index:BucketEvents", "bronze");
        assert.equal(await valueOf(built.value.bucket), "lake-bronze");
        assert.equal(notification(built).eventbridge, false);
        const toEventBridge = notification(await events({ eventBridge: true }));
        assert.deepEqual([toEventBridge.eventbridge, toEventBridge.queues], [true, []]);
    });

    it("takes a queue for the whole bucket", async () => {
        const [queue] = notification(await events({ queues: [{ queueArn: arn("all"), prefix: "" }] })).queues;
        assert.deepEqual([queue.id, queue.filterPrefix], ["all", ""]);
    });

    describe("enforces the following", () => {
        it("all that a bucket announces is one configuration", async () => {
            const built = await events({ queues, eventBridge: true });
            assert.equal(ofType(built, "aws:s3/bucketNotification:BucketNotification").length, 1);
            assert.equal(notification(built).bucket, "lake-bronze");
            assert.equal(notification(built).queues.length, 2);
            assert.equal(notification(built).eventbridge, true);
        });

        it("each queue is told of objects made and removed, below its own prefix only", async () => {
            assert.deepEqual(
                notification(await events({ queues })).queues,
                queues.map(({ queueArn, prefix }) => ({
                    id: prefix,
                    queueArn,
                    events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
                    filterPrefix: prefix,
                })),
            );
        });

        it("no object is announced to two queues: prefixes do not overlap", async () => {
            const below = (...prefixes: string[]) =>
                faults({ queues: prefixes.map((prefix, index) => ({ queueArn: arn(`q${index}`), prefix })) });
            assert.deepEqual(await below("sales/", "sales/"), ["queues[1].prefix"]);
            assert.deepEqual(await below("sales/", "sales/2024/"), ["queues[1].prefix"]);
            assert.deepEqual(await below("sales/2024/", "sales/"), ["queues[1].prefix"]);
            assert.deepEqual(await below("sales/", "clicks/", ""), ["queues[2].prefix"]);
            assert.deepEqual(await below("sales/", "sales-old/"), []);
        });

        it("a bucket that would announce nothing is refused", async () => {
            assert.deepEqual(await faults({}), ["queues"]);
            assert.deepEqual(await faults({ queues: [], eventBridge: false }), ["queues"]);
        });
    });

    it("reports every fault at once", async () => {
        const wrong = [
            { queueArn: "sales", prefix: "sales" },
            { queueArn: arn("clicks.fifo"), prefix: "/clicks/" },
            { queueArn: arn("orders"), prefix: "sales/" },
        ];
        assert.deepEqual(await faults({ queues: wrong }), [
            "queues[0].prefix",
            "queues[0].queueArn",
            "queues[1].prefix",
            "queues[1].queueArn",
            "queues[2].prefix",
        ]);
    });
});

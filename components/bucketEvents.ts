import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Faults } from "./faults";

/** A queue that is told of the objects below one prefix. */
export interface BucketEventQueue {
    /** ARN of a standard queue whose policy lets Amazon S3 send to it. */
    queueArn: pulumi.Input<string>;
    /** Folder of the objects, `sales/`; empty for the whole bucket. */
    prefix: string;
}

export interface BucketEventsArgs {
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** Announce every event to Amazon EventBridge. @default false */
    eventBridge?: boolean;
    /** Queues that are told of objects made and removed. @default none */
    queues?: BucketEventQueue[];
}

/**
 * Everything that one bucket announces. Amazon S3 keeps one notification configuration for each bucket, and a second
 * resource would overwrite the first: make one BucketEvents for a bucket, with all its queues.
 *
 * Enforces the following:
 * - all that a bucket announces is one configuration
 * - each queue is told of objects made and removed, below its own prefix only
 * - no object is announced to two queues: prefixes do not overlap
 * - a bucket that would announce nothing is refused
 */
export class BucketEvents extends pulumi.ComponentResource {
    /** Name of the bucket, once its events are announced. */
    public readonly bucket: pulumi.Output<string>;

    constructor(name: string, args: BucketEventsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:BucketEvents", name, args, opts);
        check(name, args);

        const notification = new aws.s3.BucketNotification(
            `${name}-notification`,
            {
                bucket: args.bucket,
                eventbridge: args.eventBridge ?? false,
                queues: (args.queues ?? []).map(({ queueArn, prefix }) => ({
                    // Without an id the provider makes a new one at each change.
                    id: prefix === "" ? "all" : prefix,
                    queueArn,
                    events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
                    filterPrefix: prefix,
                })),
            },
            { parent: this },
        );
        this.bucket = notification.bucket;
        this.registerOutputs({ bucket: this.bucket });
    }
}

/** Amazon S3 sends to standard queues only, whose names have no `.fifo`. */
const queueArnPattern = /^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/;

function check(name: string, args: BucketEventsArgs): void {
    const faults = new Faults(`BucketEvents "${name}"`);
    const queues = args.queues ?? [];
    queues.forEach(({ queueArn, prefix }, index) => {
        const path = `queues[${index}]`;
        faults.unlessMatches(`${path}.queueArn`, queueArn, queueArnPattern, "must be the ARN of a standard SQS queue");
        faults.unlessMatches(
            `${path}.prefix`,
            prefix,
            /^(?:[^/]+\/)*$/,
            "must be a folder that ends in a slash and does not begin with one: sales/",
        );
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
        const earlier = queues.slice(0, index).find((other) => overlap(other.prefix, prefix));
        if (earlier !== undefined) {
            faults.add(
                `${path}.prefix`,
                `"${prefix}" overlaps "${earlier.prefix}": Amazon S3 announces an object to one queue only`,
            );
        }
    });
    if (args.eventBridge !== true && queues.length === 0) {
        faults.add("queues", "must not be empty unless eventBridge is true: the bucket would announce nothing");
    }
    faults.throwIfAny();
}

function overlap(one: string, other: string): boolean {
    return one.startsWith(other) || other.startsWith(one);
}

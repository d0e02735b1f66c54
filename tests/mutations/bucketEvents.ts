import type { Mutation } from "./mutation";

export const mutations: Mutation[] = [
    {
        breaks: "all that a bucket announces is one configuration",
        file: "bucketEvents.ts",
        replace: "eventbridge: args.eventBridge ?? false",
        by: "eventbridge: false",
    },
    {
        breaks: "each queue is told of objects made and removed, below its own prefix only",
        file: "bucketEvents.ts",
        replace: "filterPrefix: prefix",
        by: 'filterPrefix: ""',
    },
    {
        breaks: "each queue is told of objects made and removed, below its own prefix only",
        file: "bucketEvents.ts",
        replace: ', "s3:ObjectRemoved:*"',
        by: "",
    },
    {
        breaks: "no object is announced to two queues: prefixes do not overlap",
        file: "bucketEvents.ts",
        replace: "one.startsWith(other) || other.startsWith(one)",
        by: "one === other",
    },
    {
        breaks: "a bucket that would announce nothing is refused",
        file: "bucketEvents.ts",
        replace: "queues.length === 0",
        by: "args.queues === undefined",
    },
];

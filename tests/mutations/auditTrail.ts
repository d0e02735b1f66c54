import type { Mutation } from "./mutation";

const recorded =
    "every read and write of an object is recorded, in these buckets and in no other; with writesOnly writes alone";
const guarded = "the bucket of the log files keeps versions, is private and takes TLS only";
const delivery = "only CloudTrail on behalf of this trail may deliver to it, and only to this account's prefix";
const file = "auditTrail.ts";

export const mutations: Mutation[] = [
    { breaks: recorded, file, replace: "args.writesOnly ?? false", by: "true" },
    { breaks: recorded, file, replace: 'equals: ["Data"]', by: 'equals: ["Management"]' },
    { breaks: recorded, file, replace: "s3:::${watched}/", by: "s3:::${watched}" },
    {
        breaks: "log files are signed, so that a change or a gap can be proved",
        file,
        replace: "enableLogFileValidation: true",
        by: "enableLogFileValidation: false",
    },
    { breaks: guarded, file: "lakeBucket.ts", replace: 'status: "Enabled"', by: 'status: "Suspended"' },
    { breaks: guarded, file: "lakeBucket.ts", replace: "blockPublicPolicy: true", by: "blockPublicPolicy: false" },
    { breaks: guarded, file: "lakeBucket.ts", replace: "[tlsOnly(arn), ...statements]", by: "statements" },
    { breaks: delivery, file, replace: "Condition: { StringEquals: source },", by: "" },
    { breaks: delivery, file, replace: "{ ...source, ", by: "{ " },
    { breaks: delivery, file, replace: "/AWSLogs/${accountId}/*", by: "/*" },
    {
        breaks: "with kmsKeyArn the log files are encrypted by that key",
        file,
        replace: "kmsKeyId: args.kmsKeyArn,",
        by: "",
    },
    {
        breaks: "with kmsKeyArn the log files are encrypted by that key",
        file,
        replace: "kmsKeyArn: args.kmsKeyArn,",
        by: "",
    },
    {
        breaks: "log files expire after expirationDays",
        file,
        replace: "args.expirationDays ?? 365",
        by: "365",
    },
    {
        breaks: "a bucket that holds log files is deleted only with forceDestroy",
        file,
        replace: "forceDestroy: args.forceDestroy ?? false",
        by: "forceDestroy: true",
    },
    ...["protect: args.retain ?? false", "retainOnDelete: args.retain ?? false"].map((option) => ({
        breaks: "with retain neither trail nor bucket nor guards are deleted",
        file,
        replace: option,
        by: `${option.split(":")[0]}: false`,
    })),
];

import type { Mutation } from "./mutation";

const file = "etlJob.ts";
const rights = "etlJobRights.ts";
const capacity = "etlJobCapacity.ts";
const logs = "etlJobLogs.ts";

const role =
    "the job has a role of its own, which reads and writes exactly the locations named, the job's own script, library " +
    "and temporary folder, and changes partitions of exactly the tables named";
const wildcards = "no right of the role has a wildcard action, and no managed policy is attached";
const hash = "script and library lie under the hash of their content; a change of either is a change of the job";
const ends = "a run ends after timeoutMinutes, and is tried again maxRetries times";
const stated = "Glue 5.0 or newer, with version, workers and execution class stated";
const kept = "logs go to groups of the job's own, which keep them for logRetentionDays";
const encrypted = "with kmsKeyArn, output, logs and bookmarks are encrypted by that key, and the role may use no other";
const network = "with network, the job runs in that connection, and makes interfaces in its subnets alone";
const oneRun = "one run at a time as long as bookmarks are kept: two would read the same objects";

export const mutations: Mutation[] = [
    { breaks: role, file, replace: "...(args.readLocations ?? []), script,", by: '"s3://bronze/", script,' },
    { breaks: role, file, replace: "writes: [...(args.writeLocations ?? []), temporary]", by: "writes: [temporary]" },
    { breaks: role, file, replace: "${temporaryFolder}${name}/`", by: "${temporaryFolder}`" },
    { breaks: role, file, replace: "tableArns: args.tableArns ?? []", by: "tableArns: []" },
    { breaks: role, file: rights, replace: '"glue:BatchCreatePartition",', by: '"glue:UpdateTable",' },
    {
        breaks: "Glue takes the role on behalf of this account alone",
        file,
        replace: "sourceAccount: identityOf(this).accountId,",
        by: "",
    },
    { breaks: wildcards, file: rights, replace: '"glue:BatchCreatePartition"', by: '"glue:*"' },
    {
        breaks: wildcards,
        file: "role.ts",
        replace: "description: args.description,",
        by: 'description: args.description, managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],',
    },
    { breaks: hash, file, replace: "`jobs/${name}-${hash}.py`", by: "`jobs/${name}.py`" },
    { breaks: hash, file, replace: "(libraryPath)}-${hash}.zip`", by: "(libraryPath)}.zip`" },
    { breaks: oneRun, file: capacity, replace: "args.maxConcurrentRuns ?? 1 }", by: "args.maxConcurrentRuns ?? 2 }" },
    { breaks: oneRun, file: capacity, replace: "maxConcurrentRuns > 1 &&", by: "maxConcurrentRuns > 2 &&" },
    {
        breaks: "bookmarks are stated, on unless bookmarks is false",
        file,
        replace: "(args.bookmarks ?? true) ?",
        by: "(args.bookmarks ?? false) ?",
    },
    { breaks: ends, file: capacity, replace: "args.timeoutMinutes ?? 60", by: "60" },
    { breaks: ends, file: capacity, replace: "args.maxRetries ?? 0", by: "0" },
    { breaks: stated, file: capacity, replace: 'V5_0: "5.0"', by: 'V4_0: "4.0"' },
    { breaks: stated, file: capacity, replace: "glueVersion: args.glueVersion ?? GlueVersion.V5_1,", by: "" },
    { breaks: stated, file: capacity, replace: "args.numberOfWorkers ?? 2", by: "args.numberOfWorkers" },
    {
        breaks: stated,
        file: capacity,
        replace: "args.executionClass ?? ExecutionClass.Standard",
        by: "args.executionClass",
    },
    { breaks: "metrics are on", file, replace: '"--enable-metrics": "true",', by: "" },
    { breaks: kept, file: logs, replace: "retentionInDays,", by: "retentionInDays: 0," },
    { breaks: kept, file: logs, replace: "`/aws-glue/jobs/${name}`", by: '"/aws-glue/jobs"' },
    { breaks: encrypted, file, replace: "securityConfiguration: security?.name,", by: "" },
    { breaks: encrypted, file: logs, replace: 's3EncryptionMode: "SSE-KMS"', by: 's3EncryptionMode: "SSE-S3"' },
    {
        breaks: encrypted,
        file: logs,
        replace: 'cloudwatchEncryptionMode: "SSE-KMS"',
        by: 'cloudwatchEncryptionMode: "DISABLED"',
    },
    {
        breaks: encrypted,
        file: logs,
        replace: 'jobBookmarksEncryptionMode: "CSE-KMS"',
        by: 'jobBookmarksEncryptionMode: "DISABLED"',
    },
    { breaks: encrypted, file: rights, replace: "Resource: kmsKeyArn,", by: 'Resource: "*",' },
    { breaks: network, file, replace: "[args.network.connectionName]", by: "undefined" },
    { breaks: network, file: rights, replace: "...network.subnetArns, network.securityGroupArn", by: '"*"' },
    {
        breaks: network,
        file: rights,
        replace: 'Condition: { ArnEquals: { "ec2:Subnet": network.subnetArns } },',
        by: "",
    },
];

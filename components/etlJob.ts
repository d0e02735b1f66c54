import * as fs from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkEtlJob } from "./etlJobCheck";
import { catalogStatements, keyStatements, logStatements, readWriteStatements, splitArn, type Statement } from "./iam";
import { uploadLibrary, uploadText } from "./jobFiles";
import { temporaryFolder } from "./lakeZones";
import { createRole } from "./role";

/** https://docs.aws.amazon.com/glue/latest/dg/release-notes.html */
export const GlueVersion = {
    /** Spark 4.1.1, Python 3.13. */
    V6_0: "6.0",
    /** Spark 3.5.6, Python 3.11. */
    V5_1: "5.1",
    /** Spark 3.5.4, Python 3.11. */
    V5_0: "5.0",
} as const;
export type GlueVersion = (typeof GlueVersion)[keyof typeof GlueVersion];

/** https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
export const WorkerType = {
    /** 1 DPU: 4 vCPU, 16 GB. */
    G1X: "G.1X",
    /** 2 DPU: 8 vCPU, 32 GB. */
    G2X: "G.2X",
    /** 4 DPU: 16 vCPU, 64 GB. */
    G4X: "G.4X",
    /** 8 DPU: 32 vCPU, 128 GB. */
    G8X: "G.8X",
} as const;
export type WorkerType = (typeof WorkerType)[keyof typeof WorkerType];

export const ExecutionClass = {
    /** Workers of one's own: for jobs that others wait for. */
    Standard: "STANDARD",
    /** Spare capacity, a third cheaper, with a start that varies: for jobs that can wait. */
    Flex: "FLEX",
} as const;
export type ExecutionClass = (typeof ExecutionClass)[keyof typeof ExecutionClass];

export interface EtlJobArgs {
    /** Path of the PySpark script, relative to the program's working folder. */
    scriptPath: string;
    /** Folder of a Python package that the script imports by the folder's name. @default none */
    libraryPath?: string;
    /** Bucket of scripts, libraries and temporary files. */
    scriptsBucket: pulumi.Input<string>;
    /** Arguments of the script, each name with its two dashes. @default none */
    arguments?: { [name: string]: pulumi.Input<string> };
    /** What the job reads: prefixes `s3://bucket/folder/` or objects `s3://bucket/file`. @default none */
    readLocations?: pulumi.Input<string>[];
    /** Prefixes that the job reads and writes. @default none */
    writeLocations?: pulumi.Input<string>[];
    /** ARNs of the catalog tables whose partitions the job reads and adds. @default none */
    tableArns?: pulumi.Input<string>[];
    /** ARN of the KMS key of those locations and of the scripts bucket. @default they are encrypted by SSE-S3 */
    kmsKeyArn?: pulumi.Input<string>;
    /** ARN of a role of yours. @default a role with the rights below is created */
    roleArn?: pulumi.Input<string>;
    /** What the job does. @default none */
    description?: string;
    /** Glue release. @default GlueVersion.V5_1 */
    glueVersion?: GlueVersion;
    /** Size of each worker. @default WorkerType.G1X */
    workerType?: WorkerType;
    /** Workers, the driver's among them. @default 2 */
    numberOfWorkers?: number;
    /** Whose capacity the job runs on. @default ExecutionClass.Standard */
    executionClass?: ExecutionClass;
    /** Minutes after which a run is stopped. @default 60 */
    timeoutMinutes?: number;
    /** Times a failed run is tried again. @default 0 */
    maxRetries?: number;
    /** Read only what earlier runs have not read. @default true */
    bookmarks?: boolean;
    /** Days for which logs are kept; one of those CloudWatch Logs knows. @default 30 */
    logRetentionDays?: number;
    /** When the job runs, in UTC: `cron(0 2 * * ? *)`. @default on demand */
    schedule?: string;
}

/**
 * A PySpark job on AWS Glue, with its files, logs, role and schedule.
 *
 * Enforces the following:
 * - the job has a role of its own, which reads and writes exactly the locations named, the job's own script, library
 *   and temporary folder, and adds partitions to exactly the tables named
 * - no right of the role has a wildcard action, and no managed policy is attached
 * - script and library lie under the hash of their content; a change of either is a change of the job
 * - one run at a time: two would read the same objects, as bookmarks are kept per job
 * - bookmarks are stated, on unless `bookmarks` is false
 * - a run ends after `timeoutMinutes`, and is tried again `maxRetries` times
 * - Glue 5.0 or newer, with version, workers and execution class stated
 * - metrics are on
 * - logs go to groups of the job's own, which keep them for `logRetentionDays`
 */
export class EtlJob extends pulumi.ComponentResource {
    /** Name of the job: the component's. */
    public readonly jobName: pulumi.Output<string>;
    /** ARN of the job. */
    public readonly jobArn: pulumi.Output<string>;
    /** ARN of the role that the job runs as. */
    public readonly roleArn: pulumi.Output<string>;
    /** Address of the script. */
    public readonly scriptLocation: pulumi.Output<string>;
    /** Prefix of the job's log groups: `<prefix>/output` and `<prefix>/error`. */
    public readonly logGroupPrefix: pulumi.Output<string>;

    constructor(name: string, args: EtlJobArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:EtlJob", name, args, opts);
        checkEtlJob(name, args);

        this.scriptLocation = uploadText(
            `${name}-script`,
            args.scriptsBucket,
            (hash) => `jobs/${name}-${hash}.py`,
            fs.readFileSync(args.scriptPath, "utf8"),
            "text/x-python",
            this,
        );
        const library =
            args.libraryPath === undefined
                ? undefined
                : uploadLibrary(
                      `${name}-library`,
                      args.scriptsBucket,
                      // Below the job's name: two jobs with one library must not own one object.
                      (hash) => `lib/${name}/${path.basename(args.libraryPath ?? "")}-${hash}.zip`,
                      args.libraryPath,
                      this,
                  );
        const temporary = pulumi.interpolate`s3://${args.scriptsBucket}/${temporaryFolder}${name}/`;
        const logs = this.createLogs(name, args.logRetentionDays ?? 30);
        this.roleArn = pulumi.output(
            args.roleArn ?? this.createJobRole(name, args, [this.scriptLocation, library], temporary, logs.arns),
        );
        this.logGroupPrefix = logs.prefix;

        const job = new aws.glue.Job(
            `${name}-job`,
            {
                name,
                description: args.description,
                roleArn: this.roleArn,
                command: { name: "glueetl", pythonVersion: "3", scriptLocation: this.scriptLocation },
                glueVersion: args.glueVersion ?? GlueVersion.V5_1,
                workerType: args.workerType ?? WorkerType.G1X,
                numberOfWorkers: args.numberOfWorkers ?? 2,
                executionClass: args.executionClass ?? ExecutionClass.Standard,
                timeout: args.timeoutMinutes ?? 60,
                maxRetries: args.maxRetries ?? 0,
                executionProperty: { maxConcurrentRuns: 1 },
                defaultArguments: {
                    ...args.arguments,
                    ...(library === undefined ? {} : { "--extra-py-files": library }),
                    "--TempDir": temporary,
                    "--job-language": "python",
                    "--job-bookmark-option": (args.bookmarks ?? true) ? "job-bookmark-enable" : "job-bookmark-disable",
                    "--enable-metrics": "true",
                    "--enable-continuous-cloudwatch-log": "true",
                    "--custom-logGroup-prefix": logs.prefix,
                },
            },
            { parent: this },
        );
        if (args.schedule !== undefined) {
            new aws.glue.Trigger(
                `${name}-trigger`,
                {
                    name: `${name}-schedule`,
                    type: "SCHEDULED",
                    schedule: args.schedule,
                    actions: [{ jobName: job.name }],
                    startOnCreation: true,
                },
                { parent: this },
            );
        }
        this.jobName = job.name;
        this.jobArn = job.arn;
        this.registerOutputs({
            jobName: this.jobName,
            jobArn: this.jobArn,
            roleArn: this.roleArn,
            scriptLocation: this.scriptLocation,
            logGroupPrefix: this.logGroupPrefix,
        });
    }

    /** Glue 5 writes to `<prefix>/output` and `<prefix>/error`: https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html */
    private createLogs(name: string, retentionInDays: number) {
        const prefix = `/aws-glue/jobs/${name}`;
        const groups = (["output", "error"] as const).map(
            (kind) =>
                new aws.cloudwatch.LogGroup(
                    `${name}-logs-${kind}`,
                    { name: `${prefix}/${kind}`, retentionInDays },
                    { parent: this },
                ),
        );
        return {
            prefix: pulumi.all(groups.map((group) => group.name)).apply(() => prefix),
            arns: groups.map((group) => group.arn),
        };
    }

    private createJobRole(
        name: string,
        args: EtlJobArgs,
        files: (pulumi.Input<string> | undefined)[],
        temporary: pulumi.Input<string>,
        logGroupArns: pulumi.Input<string>[],
    ): pulumi.Output<string> {
        const own = files.filter((file) => file !== undefined);
        const statements = pulumi
            .all([
                aws.getPartitionOutput({}, { parent: this }).partition,
                pulumi.all([...(args.readLocations ?? []), ...own]),
                pulumi.all([...(args.writeLocations ?? []), temporary]),
                pulumi.all(args.tableArns ?? []),
                pulumi.all(logGroupArns),
                pulumi.output(args.kmsKeyArn),
            ])
            .apply(([partition, reads, writes, tables, logGroups, key]): Statement[] => [
                ...readWriteStatements(partition, reads, writes),
                ...keyStatements(key),
                ...catalogStatements("Catalog", tables, tableActions),
                ...logStatements(logGroups),
                ...serviceStatements(logGroups[0] ?? ""),
            ]);
        return createRole(
            `${name}-role`,
            { service: "glue.amazonaws.com", description: `Glue job ${name}`, statements },
            this,
        );
    }
}

const tableActions = [
    "glue:BatchCreatePartition",
    "glue:BatchGetPartition",
    "glue:CreatePartition",
    "glue:GetDatabase",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:GetTable",
];

/** Rights of Glue's own library inside the job. */
function serviceStatements(logGroupArn: string): Statement[] {
    const [root] = splitArn(logGroupArn.replace(":logs:", ":glue:"));
    return [
        // These two actions know no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
        { Sid: "Bookmark", Effect: "Allow", Action: "glue:GetJobBookmark", Resource: "*" },
        {
            Sid: "Metrics",
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": "Glue" } },
        },
        // Rulesets written in the job have no name: https://docs.aws.amazon.com/glue/latest/dg/data-quality-authorization.html
        {
            Sid: "DataQuality",
            Effect: "Allow",
            Action: "glue:PublishDataQuality",
            Resource: `${root}:dataQualityRuleset/*`,
        },
    ];
}

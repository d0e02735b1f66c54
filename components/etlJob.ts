/** The component EtlJob: a PySpark job on AWS Glue with all that belongs to it. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { capacityOf, type ExecutionClass, type GlueVersion, type WorkerType } from "./etlJobCapacity";
import { checkEtlJob } from "./etlJobCheck";
import { createLogs, createSecurityConfiguration } from "./etlJobLogs";
import { jobStatements } from "./etlJobRights";
import { createTriggers } from "./etlJobTriggers";
import { identityOf } from "./identity";
import { defaultFiles, uploadLibrary, uploadText, uploadWheel } from "./jobFiles";
import { modulesArgument, modulesOf, wheelsOf } from "./jobModules";
import { temporaryFolder } from "./lakeZones";
import { createServiceRole, grantRights } from "./role";

export { ExecutionClass, GlueVersion, WorkerType } from "./etlJobCapacity";

/** Where in a VPC a job's workers are; `LakeNetwork` gives it as `jobNetwork`. */
export interface JobNetwork {
    /** Name of the Glue connection whose subnet and security group the workers get. */
    connectionName: pulumi.Input<string>;
    /** ARNs of the subnets that the connection may use. */
    subnetArns: pulumi.Input<pulumi.Input<string>[]>;
    /** ARN of the connection's security group. */
    securityGroupArn: pulumi.Input<string>;
}

interface JobFiles {
    readonly script: pulumi.Output<string>;
    readonly library?: pulumi.Output<string>;
    /** Of the modules that are not installed by name. */
    readonly wheels: pulumi.Output<string>[];
}

export interface EtlJobArgs {
    /** Path of the PySpark script, relative to the program's working folder. @default Lakeworks' own, which does what a dataset's contract says */
    scriptPath?: string;
    /** Folder of a Python package that the script imports by the folder's name. @default none; with no scriptPath, the package of that script */
    libraryPath?: string;
    /** Python modules that Glue installs before each run, `name==version`. @default none; with no scriptPath, those of that script's package */
    pythonModules?: string[];
    /** Folder of those modules' wheels for Linux x86_64, from which Glue installs them: for a network without internet. @default Glue gets them from PyPI */
    wheelsPath?: string;
    /** Bucket of scripts, libraries and temporary files. */
    scriptsBucket: pulumi.Input<string>;
    /** Arguments of the script, each name with its two dashes. @default none */
    arguments?: { [name: string]: pulumi.Input<string> };
    /** What the job reads: prefixes `s3://bucket/folder/` or objects `s3://bucket/file`. @default none */
    readLocations?: pulumi.Input<string>[];
    /** Prefixes that the job reads and writes. @default none */
    writeLocations?: pulumi.Input<string>[];
    /** ARNs of the catalog tables whose partitions the job reads, adds, changes and removes. @default none */
    tableArns?: pulumi.Input<string>[];
    /** ARN of the KMS key of those locations and of the scripts bucket; logs and bookmarks are encrypted by it as well. @default they are encrypted by keys that AWS holds */
    kmsKeyArn?: pulumi.Input<string>;
    /** ARN of a role of yours. @default a role with the rights below is created */
    roleArn?: pulumi.Input<string>;
    /** What the job does. @default none */
    description?: string;
    /** Glue release. @default GlueVersion.V5_1 */
    glueVersion?: GlueVersion;
    /** Size of each worker; Flex has G.1X and G.2X only. @default WorkerType.G1X */
    workerType?: WorkerType;
    /** Workers, the driver's among them; with autoScaling the most there may be. @default 2 */
    numberOfWorkers?: number;
    /** Take only as many workers as the work needs. @default false */
    autoScaling?: boolean;
    /** Whose capacity the job runs on. @default ExecutionClass.Standard */
    executionClass?: ExecutionClass;
    /** Minutes after which a run is stopped. @default 60 */
    timeoutMinutes?: number;
    /** Times a failed run is tried again. @default 0 */
    maxRetries?: number;
    /** Runs that may be under way at once; more than one needs bookmarks to be false. @default 1 */
    maxConcurrentRuns?: number;
    /** Let runs wait that cannot start yet, instead of failing them; needs maxRetries to be 0. @default false */
    jobRunQueuing?: boolean;
    /** Minutes after which a run that is not over is told of by an event. @default no event */
    notifyDelayMinutes?: number;
    /** The script evaluates data quality: the role may publish the outcomes to Glue and CloudWatch. @default false */
    dataQuality?: boolean;
    /** ARNs of Iceberg tables among `tableArns`, which the job commits to. @default none */
    icebergTableArns?: pulumi.Input<string>[];
    /** Namespace of metrics that the script itself puts. @default none */
    metricNamespace?: string;
    /** Read only what earlier runs have not read. @default true */
    bookmarks?: boolean;
    /** Days for which logs are kept; one of those CloudWatch Logs knows. @default 30 */
    logRetentionDays?: number;
    /** Where in a VPC the job runs. @default in a network of Glue's */
    network?: JobNetwork;
    /** When the job runs, in UTC: `cron(0 2 * * ? *)`; with afterCrawler, when that crawler starts. @default not by the clock */
    schedule?: string;
    /** Name of a crawler after whose success the job runs, if a trigger started it: that of schedule, or one of yours. @default none */
    afterCrawler?: pulumi.Input<string>;
    /** Name of a job after whose success the job runs, if a trigger started that one. @default none */
    afterJob?: pulumi.Input<string>;
}

/**
 * A PySpark job on AWS Glue, with its files, logs, role and triggers.
 *
 * Enforces the following:
 * - the job has a role of its own, which reads and writes exactly the locations named, the job's own script, library
 *   and temporary folder, and changes partitions of exactly the tables named
 * - Glue takes the role on behalf of this account alone
 * - no right of the role has a wildcard action, and no managed policy is attached
 * - script and library lie under the hash of their content; a change of either is a change of the job
 * - one run at a time as long as bookmarks are kept: two would read the same objects
 * - bookmarks are stated, on unless `bookmarks` is false
 * - a run ends after `timeoutMinutes`, and is tried again `maxRetries` times
 * - Glue 5.0 or newer, with version, workers and execution class stated
 * - metrics are on
 * - logs go to groups of the job's own, which keep them for `logRetentionDays`
 * - with `kmsKeyArn`, output, logs and bookmarks are encrypted by that key, and the role may use no other
 * - with `network`, the job runs in that connection, and makes interfaces in its subnets alone
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

        const files = this.uploadFiles(name, args);
        this.scriptLocation = files.script;
        const temporary = pulumi.interpolate`s3://${args.scriptsBucket}/${temporaryFolder}${name}/`;
        const role = args.roleArn === undefined ? this.createRole(name) : undefined;
        const security =
            args.kmsKeyArn === undefined ? undefined : createSecurityConfiguration(name, args.kmsKeyArn, this);
        const roleName = role?.name ?? pulumi.output(args.roleArn ?? "").apply((arn) => arn.split("/").at(-1) ?? "");
        const encryption = args.kmsKeyArn === undefined ? undefined : { kmsKeyArn: args.kmsKeyArn, roleName };
        const logs = createLogs(name, args.logRetentionDays ?? 30, encryption, this);
        this.logGroupPrefix = logs.prefix;
        this.roleArn =
            role === undefined
                ? pulumi.output(args.roleArn ?? "")
                : grantRights(`${name}-role`, role, this.statements(args, files, temporary, logs.arns), this);

        const capacity = capacityOf(args);
        const job = new aws.glue.Job(
            `${name}-job`,
            {
                name,
                description: args.description,
                roleArn: this.roleArn,
                command: { name: "glueetl", pythonVersion: "3", scriptLocation: this.scriptLocation },
                ...capacity.job,
                connections: args.network === undefined ? undefined : [args.network.connectionName],
                securityConfiguration: security?.name,
                defaultArguments: {
                    ...args.arguments,
                    ...(files.library === undefined ? {} : { "--extra-py-files": files.library }),
                    ...modulesArgument(files.wheels.length > 0 ? files.wheels : modulesOf(args)),
                    "--TempDir": temporary,
                    "--job-language": "python",
                    "--job-bookmark-option": (args.bookmarks ?? true) ? "job-bookmark-enable" : "job-bookmark-disable",
                    "--enable-metrics": "true",
                    "--enable-observability-metrics": "true",
                    "--enable-continuous-cloudwatch-log": "true",
                    ...logs.arguments,
                    ...capacity.arguments,
                },
            },
            // Under a security configuration no argument names the log groups.
            { parent: this, dependsOn: logs.groups },
        );
        createTriggers(name, args, job.name, this);
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

    private createRole(name: string): aws.iam.Role {
        return createServiceRole(
            `${name}-role`,
            {
                service: "glue.amazonaws.com",
                description: `Glue job ${name}`,
                sourceAccount: identityOf(this).accountId,
            },
            this,
        );
    }

    private uploadFiles(name: string, args: EtlJobArgs): JobFiles {
        const { scriptPath, libraryPath } = defaultFiles(args);
        const script = uploadText(
            `${name}-script`,
            args.scriptsBucket,
            (hash) => `jobs/${name}-${hash}.py`,
            fs.readFileSync(scriptPath, "utf8"),
            "text/x-python",
            this,
        );
        const wheels = wheelsOf(args).map((file) => uploadWheel(name, args.scriptsBucket, file, this));
        if (libraryPath === undefined) {
            return { script, wheels };
        }
        const library = uploadLibrary(
            `${name}-library`,
            args.scriptsBucket,
            // Below the job's name: two jobs with one library must not own one object.
            (hash) => `lib/${name}/${path.basename(libraryPath)}-${hash}.zip`,
            libraryPath,
            this,
        );
        return { script, library, wheels };
    }

    private statements(
        args: EtlJobArgs,
        { script, library, wheels }: JobFiles,
        temporary: pulumi.Output<string>,
        logGroupArns: pulumi.Output<string>[],
    ) {
        return pulumi
            .output({
                partition: identityOf(this).partition,
                reads: [...(args.readLocations ?? []), script, ...(library === undefined ? [] : [library]), ...wheels],
                writes: [...(args.writeLocations ?? []), temporary],
                tableArns: args.tableArns ?? [],
                icebergTableArns: args.icebergTableArns ?? [],
                logGroupArns,
                kmsKeyArn: args.kmsKeyArn,
                network: args.network,
            })
            .apply((access) =>
                jobStatements({
                    ...access,
                    bookmarks: args.bookmarks ?? true,
                    dataQuality: args.dataQuality ?? false,
                    metricNamespace: args.metricNamespace,
                }),
            );
    }
}

import * as aws from "@pulumi/aws";
import { itGoesRound } from "./roundTrip";

itGoesRound({
    name: "crawlers, jobs and triggers",
    program: (pick) => {
        const tags = { team: pick("lake", "sea"), [pick("a", "b")]: "c" };
        const bucket = new aws.s3.Bucket("bucket", { bucket: "roundtrip-jobs", forceDestroy: true });
        const location = (path: string) => bucket.bucket.apply((name) => `s3://${name}/${path}`);
        const database = new aws.glue.CatalogDatabase("database", { name: "sales" });
        const role = new aws.iam.Role("role", {
            name: "glue",
            description: pick("Glue", "Glue's"),
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "glue.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            }),
            tags,
        });
        new aws.iam.RolePolicy("policy", {
            name: "read",
            role: role.name,
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: pick("s3:GetObject", "s3:PutObject"), Resource: "*" }],
            }),
        });
        const crawler = new aws.glue.Crawler("crawler", {
            name: "raw",
            description: pick("Raw", "All that is raw"),
            databaseName: database.name,
            role: role.arn,
            s3Targets: [{ path: location("raw/"), exclusions: pick(["**/_*"], ["**/_*", "**.tmp"]) }],
            tablePrefix: pick("raw_", "crude_"),
            configuration: JSON.stringify({
                Version: 1,
                Grouping: { TableGroupingPolicy: "CombineCompatibleSchemas", TableLevelConfiguration: pick(2, 3) },
            }),
            recrawlPolicy: { recrawlBehavior: pick("CRAWL_EVERYTHING", "CRAWL_NEW_FOLDERS_ONLY") },
            schemaChangePolicy: { updateBehavior: pick("UPDATE_IN_DATABASE", "LOG"), deleteBehavior: "LOG" },
            schedule: pick("cron(0 2 * * ? *)", "cron(0 3 * * ? *)"),
            tags,
        });
        const key = new aws.kms.Key("key", { description: "of jobs", deletionWindowInDays: 7 });
        const security = new aws.glue.SecurityConfiguration("security", {
            name: "jobs",
            encryptionConfiguration: {
                s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: key.arn },
                cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: key.arn },
                jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: key.arn },
            },
        });
        // The network itself is not asked for: nothing here reads it.
        const connection = new aws.glue.Connection("connection", {
            name: "network",
            description: pick("Network", "The network"),
            connectionType: "NETWORK",
            physicalConnectionRequirements: {
                availabilityZone: "us-east-1a",
                subnetId: pick("subnet-1", "subnet-2"),
                securityGroupIdLists: pick(["sg-1"], ["sg-1", "sg-2"]),
            },
            tags,
        });
        const script = new aws.s3.BucketObjectv2("script", {
            bucket: bucket.bucket,
            key: "job.py",
            content: pick("pass\n", "print(1)\n"),
            tags,
        });
        const job = new aws.glue.Job("job", {
            name: "etl",
            description: pick("One", "Two"),
            roleArn: role.arn,
            command: {
                name: "glueetl",
                pythonVersion: "3",
                scriptLocation: script.key.apply(() => "s3://roundtrip-jobs/job.py"),
            },
            glueVersion: "5.1",
            workerType: pick("G.1X", "G.2X"),
            numberOfWorkers: pick(2, 4),
            timeout: pick(60, 90),
            maxRetries: pick(0, 1),
            executionClass: "STANDARD",
            executionProperty: { maxConcurrentRuns: pick(1, 2) },
            securityConfiguration: security.name,
            connections: [connection.name],
            defaultArguments: { "--enable-metrics": "true", [pick("--one", "--two")]: "1" },
            tags,
        });
        const trigger = (name: string, args: Omit<aws.glue.TriggerArgs, "name">) =>
            new aws.glue.Trigger(name, {
                name,
                ...args,
                description: pick("One", "Two"),
                startOnCreation: args.type !== "ON_DEMAND",
                tags,
            });
        const actions = [{ jobName: job.name }];
        trigger("schedule", { type: "SCHEDULED", schedule: pick("cron(0 2 * * ? *)", "cron(0 4 * * ? *)"), actions });
        trigger("after-crawler", {
            type: "CONDITIONAL",
            actions,
            predicate: { conditions: [{ crawlerName: crawler.name, crawlState: pick("SUCCEEDED", "FAILED") }] },
        });
        trigger("after-job", {
            type: "CONDITIONAL",
            actions: [{ crawlerName: crawler.name }],
            predicate: { conditions: [{ jobName: job.name, state: pick("SUCCEEDED", "FAILED") }] },
        });
    },
});

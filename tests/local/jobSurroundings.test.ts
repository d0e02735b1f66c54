/** What jobs run with: security configurations and connections, as the API shows them and as runs feel them. */
import assert from "node:assert/strict";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
    CreateConnectionCommand,
    CreateSecurityConfigurationCommand,
    DeleteConnectionCommand,
    DeleteSecurityConfigurationCommand,
    GetConnectionCommand,
    GetConnectionsCommand,
    GetSecurityConfigurationCommand,
    GetSecurityConfigurationsCommand,
    GetTagsCommand,
    StartJobRunCommand,
    UpdateConnectionCommand,
    type ConnectionInput,
    type EncryptionConfiguration,
} from "@aws-sdk/client-glue";
import { HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { bucket, JobsLab } from "./jobsSupport";
import { errorName } from "./support";

const key = "arn:aws:kms:us-east-1:000000000000:key/1234";
const full: EncryptionConfiguration = {
    S3Encryption: [{ S3EncryptionMode: "SSE-KMS", KmsKeyArn: key }],
    CloudWatchEncryption: { CloudWatchEncryptionMode: "SSE-KMS", KmsKeyArn: key },
    JobBookmarksEncryption: { JobBookmarksEncryptionMode: "CSE-KMS", KmsKeyArn: key },
};
const writing = `
from awsglue.context import GlueContext
from awsglue.job import Job
from pyspark.context import SparkContext
glue = GlueContext(SparkContext.getOrCreate())
job = Job(glue)
job.init("writing", {})
glue.spark_session.range(3).write.parquet("s3://${bucket}/encrypted/")
print("written")
job.commit()
`;

describe("what Glue jobs run with", function () {
    this.timeout(300_000);
    let lab: JobsLab;

    before(async () => {
        lab = await JobsLab.start();
        await lab.aws.warm();
    });

    after(async () => lab.stop());

    describe("security configurations", () => {
        const create = (name: string, encryption: EncryptionConfiguration) =>
            lab.clients.glue.send(
                new CreateSecurityConfigurationCommand({ Name: name, EncryptionConfiguration: encryption }),
            );
        const get = async (name: string) =>
            (await lab.clients.glue.send(new GetSecurityConfigurationCommand({ Name: name }))).SecurityConfiguration;

        it("are given back as they were given, also after a crash", async () => {
            const { CreatedTimestamp: created } = await create("lake", full);
            const shown = { Name: "lake", CreatedTimeStamp: created, EncryptionConfiguration: full };
            assert.deepEqual(await get("lake"), shown);
            await lab.crashAndRestart();
            assert.deepEqual(await get("lake"), shown);
            const all = await lab.clients.glue.send(new GetSecurityConfigurationsCommand({}));
            assert.deepEqual(
                all.SecurityConfigurations?.map((configuration) => configuration.Name),
                ["lake"],
            );
        });

        it("are made once, in modes that there are, with keys where they need them", async () => {
            assert.equal(await errorName(create("lake", full)), "AlreadyExistsException");
            // What the model of the API rules out ends before the operation sees it.
            const refused: [string, EncryptionConfiguration][] = [
                ["ValidationException", { S3Encryption: [{ S3EncryptionMode: "SSE-C" as never }] }],
                ["InvalidInputException", { S3Encryption: [{ S3EncryptionMode: "SSE-KMS" }] }],
                [
                    "ValidationException",
                    { CloudWatchEncryption: { CloudWatchEncryptionMode: "SSE-KMS", KmsKeyArn: "alias/lake" } },
                ],
                ["InvalidInputException", { JobBookmarksEncryption: { JobBookmarksEncryptionMode: "CSE-KMS" } }],
                [
                    "InvalidInputException",
                    { DataQualityEncryption: { DataQualityEncryptionMode: "SSE-KMS", KmsKeyArn: key } },
                ],
            ];
            for (const [error, encryption] of refused) {
                assert.equal(await errorName(create("wrong", encryption)), error, JSON.stringify(encryption));
            }
        });

        it("are in the names of the log groups, and encrypt logs and output", async () => {
            const { s3, logs } = lab.clients;
            await lab.job("writing", writing, {
                SecurityConfiguration: "lake",
                Role: "arn:aws:iam::000000000000:role/teams/glue",
            });
            const run = await lab.runToEnd("writing");
            assert.equal(run.JobRunState, "SUCCEEDED", run.ErrorMessage);
            assert.equal(run.SecurityConfiguration, "lake");
            assert.equal(run.LogGroupName, "/aws-glue/jobs/lake-role/glue");
            assert.deepEqual(await lab.logLines("/aws-glue/jobs/lake-role/glue/output", run.Id ?? ""), ["written"]);
            const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws-glue" }));
            const output = logGroups?.find((group) => group.logGroupName === "/aws-glue/jobs/lake-role/glue/output");
            assert.equal(output?.kmsKeyId, key);
            const { Contents: files = [] } = await s3.send(
                new ListObjectsV2Command({ Bucket: bucket, Prefix: "encrypted/part-" }),
            );
            assert.ok(files.length > 0);
            for (const { Key } of files) {
                const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
                assert.deepEqual([head.ServerSideEncryption, head.SSEKMSKeyId], ["aws:kms", key]);
            }
        });

        it("go into custom and continuous groups as well, if they encrypt logs", async () => {
            await lab.job("groups", "print('x')", { SecurityConfiguration: "lake", Role: "glue" });
            const groupOf = async (runArguments: Record<string, string>) =>
                (await lab.runToEnd("groups", runArguments)).LogGroupName;
            assert.equal(await groupOf({ "--custom-logGroup-prefix": "/mine" }), "/mine/lake-role/glue");
            assert.equal(await groupOf({ "--continuous-log-logGroup": "/flow" }), "/flow-lake");
            await create("open", { S3Encryption: [{ S3EncryptionMode: "SSE-S3" }] });
            await lab.job("open-groups", "print('x')", { SecurityConfiguration: "open" });
            assert.equal((await lab.runToEnd("open-groups")).LogGroupName, "/aws-glue/jobs");
        });

        it("can be named by the run, and no run starts without the one that it names", async () => {
            await lab.job("plain", "print('x')", { Role: "glue" });
            const start = (name: string) =>
                lab.clients.glue.send(new StartJobRunCommand({ JobName: "plain", SecurityConfiguration: name }));
            const { JobRunId: id = "" } = await start("lake");
            assert.equal((await lab.finished("plain", id)).LogGroupName, "/aws-glue/jobs/lake-role/glue");
            assert.equal(await errorName(start("none")), "EntityNotFoundException");
            await lab.clients.glue.send(new DeleteSecurityConfigurationCommand({ Name: "lake" }));
            assert.equal(await errorName(lab.start("writing")), "EntityNotFoundException");
            assert.equal(await errorName(get("lake")), "EntityNotFoundException");
        });
    });

    describe("connections", () => {
        const network: ConnectionInput = {
            Name: "vpc",
            Description: "jobs",
            ConnectionType: "NETWORK",
            ConnectionProperties: {},
            PhysicalConnectionRequirements: {
                SubnetId: "subnet-1",
                AvailabilityZone: "us-east-1a",
                SecurityGroupIdList: ["sg-1"],
            },
        };
        const create = (connection: ConnectionInput) =>
            lab.clients.glue.send(
                new CreateConnectionCommand({ ConnectionInput: connection, Tags: { team: "sales" } }),
            );
        const get = async () => {
            const { Connection: connection } = await lab.clients.glue.send(new GetConnectionCommand({ Name: "vpc" }));
            const { CreationTime: created, LastUpdatedTime: updated, ...members } = connection ?? {};
            assert.ok(created !== undefined && updated !== undefined && created <= updated);
            return members;
        };
        const shown = { MatchCriteria: [], ConnectionSchemaVersion: 1, Status: "READY" };

        it("are given back as they were given, also after a crash", async () => {
            await create(network);
            assert.deepEqual(await get(), { ...network, ...shown });
            await lab.crashAndRestart();
            assert.deepEqual(await get(), { ...network, ...shown });
            const arn = "arn:aws:glue:us-east-1:000000000000:connection/vpc";
            const { Tags: tags } = await lab.clients.glue.send(new GetTagsCommand({ ResourceArn: arn }));
            assert.deepEqual(tags, { team: "sales" });
            const { ConnectionList: all } = await lab.clients.glue.send(new GetConnectionsCommand({}));
            assert.deepEqual(
                all?.map((connection) => connection.Name),
                ["vpc"],
            );
        });

        it("are changed whole", async () => {
            const { Description: _description, ...rest } = network;
            const changed = {
                ...rest,
                PhysicalConnectionRequirements: { ...network.PhysicalConnectionRequirements, SubnetId: "subnet-2" },
            };
            await lab.clients.glue.send(new UpdateConnectionCommand({ Name: "vpc", ConnectionInput: changed }));
            assert.deepEqual(await get(), { ...changed, ...shown });
        });

        it("are to networks alone, and whole", async () => {
            assert.equal(await errorName(create(network)), "AlreadyExistsException");
            const refused: Partial<ConnectionInput>[] = [
                { ConnectionType: "JDBC" },
                { PhysicalConnectionRequirements: { SubnetId: "subnet-1" } },
                { ConnectionProperties: { HOST: "x" } },
            ];
            for (const wrong of refused) {
                assert.equal(await errorName(create({ ...network, Name: "wrong", ...wrong })), "InvalidInputException");
            }
        });

        it("have to be there when a job that uses them runs", async () => {
            await lab.job("inside", "print('inside')", { Connections: { Connections: ["vpc"] } });
            assert.equal((await lab.runToEnd("inside")).JobRunState, "SUCCEEDED");
            await lab.clients.glue.send(new DeleteConnectionCommand({ ConnectionName: "vpc" }));
            assert.equal(await errorName(lab.start("inside")), "EntityNotFoundException");
        });
    });
});

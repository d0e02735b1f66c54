/** Who is not of the account, or comes without TLS: what the policies of buckets, keys, topics and roles say to them. */
import assert from "node:assert/strict";
import { ofType, one, region } from "../components/mocks";
import { administrator, anonymous, decide, service, type Caller, type Question } from "./decide";
import { Deployed } from "./deployed";

const foreign = "999999999999";

for (const stack of ["dev", "prod"] as const) {
    describe(`outsiders of ${stack}`, function () {
        this.timeout(60_000);
        let lake: Deployed;
        before(async () => {
            lake = await Deployed.stack(stack);
        });

        const ask = (caller: Caller, question: Question) => decide(lake, caller, question);
        const bucketNames = () => ofType(lake.built, "aws:s3/bucket:Bucket").map(({ name }) => `${name}-0a1b2c3`);
        const questions = (bucket: string): Question[] => [
            { action: "s3:GetObject", resource: `arn:aws:s3:::${bucket}/x` },
            { action: "s3:PutObject", resource: `arn:aws:s3:::${bucket}/x` },
            { action: "s3:DeleteObject", resource: `arn:aws:s3:::${bucket}/x` },
            { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` },
            { action: "s3:PutBucketPolicy", resource: `arn:aws:s3:::${bucket}` },
        ];

        it("every bucket answers the account's administrator by TLS, and not without it", async () => {
            const own = administrator(lake.account);
            assert.equal(bucketNames().length, stack === "prod" ? 7 : 6);
            for (const question of bucketNames().flatMap(questions)) {
                assert.equal(await ask(own, question), "allowed", question.resource);
                const plain = { ...question, context: { "aws:SecureTransport": "false" } };
                assert.equal(await ask(own, plain), "denied", question.resource);
            }
        });

        it("every bucket refuses the anonymous, and administrators of other accounts", async () => {
            for (const question of bucketNames().flatMap(questions)) {
                assert.equal(await ask(anonymous, question), "denied", question.resource);
                assert.equal(await ask(administrator(foreign), question), "denied", question.resource);
            }
        });

        it("the log bucket takes logs of the lake's own buckets, from S3 alone", async () => {
            const logs = lake.outputs.buckets.accessLogs;
            const deliver = (caller: Caller, bucket: string, account: string) =>
                ask(caller, {
                    action: "s3:PutObject",
                    resource: `arn:aws:s3:::${logs}/bronze/x`,
                    context: { "aws:SourceArn": `arn:aws:s3:::${bucket}`, "aws:SourceAccount": account },
                });
            const s3 = service("logging.s3.amazonaws.com");
            assert.equal(await deliver(s3, lake.outputs.buckets.bronze, lake.account), "allowed");
            assert.equal(await deliver(s3, "a-bucket-of-others", lake.account), "denied");
            assert.equal(await deliver(s3, lake.outputs.buckets.bronze, foreign), "denied");
            assert.equal(
                await deliver(service("cloudtrail.amazonaws.com"), lake.outputs.buckets.bronze, lake.account),
                "denied",
            );
            assert.equal(
                await ask(s3, { action: "s3:GetObject", resource: `arn:aws:s3:::${logs}/bronze/x` }),
                "denied",
            );
        });

        it("jobs' roles are taken by Glue on behalf of this account alone, and every role by its service alone", async () => {
            const take = (role: string, caller: Caller, account: string) =>
                ask(caller, {
                    action: "sts:AssumeRole",
                    resource: lake.roleArn(role),
                    context: { "aws:SourceAccount": account },
                });
            const roles = ofType(lake.built, "aws:iam/role:Role").map(({ name }) => name);
            assert.equal(roles.length, stack === "prod" ? 7 : 6);
            for (const role of roles) {
                const its = role.endsWith("location-role") ? "lakeformation.amazonaws.com" : "glue.amazonaws.com";
                assert.equal(await take(role, service(its), lake.account), "allowed", role);
                assert.equal(await take(role, service("lambda.amazonaws.com"), lake.account), "denied", role);
                assert.equal(await take(role, service("ec2.amazonaws.com"), lake.account), "denied", role);
                assert.equal(await take(role, administrator(foreign), foreign), "denied", role);
                assert.equal(await take(role, administrator(lake.account), lake.account), "denied", role);
            }
            for (const role of roles.filter((each) => each.endsWith("etl-role"))) {
                assert.equal(await take(role, service("glue.amazonaws.com"), foreign), "denied", role);
            }
        });

        if (stack === "prod") {
            it("no key is used by another account, nor by a service on behalf of one", async () => {
                const keys = ofType(lake.built, "aws:kms/key:Key");
                assert.equal(keys.length, 2);
                const key = lake.outputs.kmsKeyArn!;
                for (const resource of [key, key.replace(/[^/]+$/, "topic")]) {
                    for (const action of [
                        "kms:Decrypt",
                        "kms:GenerateDataKey",
                        "kms:PutKeyPolicy",
                        "kms:CreateGrant",
                    ]) {
                        assert.equal(await ask(administrator(foreign), { action, resource }), "denied", resource);
                        assert.equal(await ask(anonymous, { action, resource }), "denied", resource);
                    }
                }
                // The simulator knows no encryption context: that CloudWatch Logs and CloudTrail have to name this account's is in
                // tests/components/dataLakeBuckets.test.ts.
                for (const name of [`logs.${region}.amazonaws.com`, "cloudtrail.amazonaws.com", "glue.amazonaws.com"]) {
                    assert.equal(await ask(service(name), { action: "kms:Decrypt", resource: key }), "denied", name);
                }
            });

            it("the audit trail's bucket takes the files of this trail alone, and gives none away", async () => {
                const bucket = "arn:aws:s3:::lakeworks-prod-audit-logs-0a1b2c3";
                const trail = (name: string) => `arn:aws:cloudtrail:${region}:${lake.account}:trail/${name}`;
                const deliver = (source: string, account = lake.account) =>
                    ask(service("cloudtrail.amazonaws.com"), {
                        action: "s3:PutObject",
                        resource: `${bucket}/AWSLogs/${account}/x`,
                        context: { "aws:SourceArn": source, "s3:x-amz-acl": "bucket-owner-full-control" },
                    });
                assert.equal(await deliver(trail("lakeworks-prod-audit")), "allowed");
                assert.equal(await deliver(trail("another")), "denied");
                assert.equal(await deliver(trail("lakeworks-prod-audit"), foreign), "denied");
                assert.equal(
                    await ask(service("cloudtrail.amazonaws.com"), { action: "s3:GetObject", resource: `${bucket}/x` }),
                    "denied",
                );
            });

            it("the alarms' topic takes messages of this account's alarms, by TLS", async () => {
                const topic = one(lake.built, "aws:sns/topicPolicy:TopicPolicy").inputs.arn as string;
                const publish = (caller: Caller, context: Record<string, string>) =>
                    ask(caller, { action: "sns:Publish", resource: topic, context });
                const alarm = (account: string) => ({
                    "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:x`,
                    "aws:SourceAccount": account,
                });
                const cloudWatch = service("cloudwatch.amazonaws.com");
                assert.equal(await publish(cloudWatch, alarm(lake.account)), "allowed");
                assert.equal(await publish(cloudWatch, alarm(foreign)), "denied");
                assert.equal(
                    await publish(cloudWatch, { ...alarm(lake.account), "aws:SecureTransport": "false" }),
                    "denied",
                );
                assert.equal(await publish(administrator(foreign), {}), "denied");
                assert.equal(await publish(anonymous, {}), "denied");
            });

            it("the VPC's way to S3 leads to the lake's buckets alone", async () => {
                const endpoint = one(
                    lake.built,
                    "aws:ec2/vpcEndpoint:VpcEndpoint",
                    "lakeworks-prod-network-endpoint-s3",
                );
                const policy = endpoint.inputs.policy as string;
                const through = (bucket: string) =>
                    decide(
                        lake,
                        administrator(lake.account),
                        { action: "s3:PutObject", resource: `arn:aws:s3:::${bucket}/x` },
                        policy,
                    );
                assert.equal(await through(lake.outputs.buckets.silver), "allowed");
                // The way is closed even to who may go there otherwise.
                assert.equal(await through("lakeworks-prod-audit-logs-0a1b2c3"), "denied");
            });
        }
    });
}

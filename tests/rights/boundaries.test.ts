/** What the roles of a deployed lake can do and cannot, by a simulator of IAM, over all the policies that have a say. */
import assert from "node:assert/strict";
import { ofType, one, region } from "../components/mocks";
import { analystsOf } from "./analysts";
import { decide, type Answer, type Caller, type Question } from "./decide";
import { Deployed } from "./deployed";

for (const stack of ["dev", "prod"] as const) {
    describe(`the roles of ${stack}`, function () {
        this.timeout(60_000);
        let lake: Deployed;
        let buckets: Record<"bronze" | "silver" | "gold" | "scripts" | "results" | "logs", string>;
        before(async () => {
            lake = await Deployed.stack(stack);
            lake = lake.and(await analystsOf(lake, stack));
            const { bronze, silver, gold, scripts, athenaResults, accessLogs } = lake.outputs.buckets;
            buckets = { bronze, silver, gold, scripts, results: athenaResults, logs: accessLogs };
        });

        const name = (part: string) => `lakeworks-${stack}-${part}`;
        const object = (bucket: keyof typeof buckets, key: string) => `arn:aws:s3:::${buckets[bucket]}/${key}`;
        const bucketArn = (bucket: keyof typeof buckets) => `arn:aws:s3:::${buckets[bucket]}`;
        const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${lake.account}:${resource}`;
        const table = (database: string, each: string) => arn("glue", `table/lakeworks_${stack}_${database}/${each}`);
        const workgroup = (group: string) => arn("athena", `workgroup/${group}`);

        async function expectAll(
            expected: Answer,
            caller: Caller,
            questions: Record<string, string | (string | Question)[]>,
        ) {
            for (const [action, resources] of Object.entries(questions)) {
                for (const each of [resources].flat()) {
                    const question = typeof each === "string" ? { action, resource: each } : each;
                    const answer = await decide(lake, caller, question);
                    assert.equal(answer, expected, `${question.action} on ${question.resource}`);
                }
            }
        }
        const listing = (bucket: keyof typeof buckets, ...prefixes: string[]): Question[] =>
            prefixes.map((prefix) => ({
                action: "s3:ListBucket",
                resource: bucketArn(bucket),
                context: { "s3:prefix": prefix },
            }));

        describe("a job", () => {
            const job = () => lake.role(name("sales-etl-role"));
            const ownPrefixes = [
                "sales/",
                "_quarantine/sales/",
                "_reports/sales/",
                "_quality/sales/",
                "_staging/sales/",
                "_state/sales/",
            ];

            it("reads its raw data and writes its own prefixes", async () => {
                await expectAll("allowed", job(), {
                    "s3:GetObject": [
                        object("bronze", "sales/ingest_date=2024-01-01/a.json"),
                        object("silver", "sales/x"),
                    ],
                    "s3:PutObject": [
                        ...ownPrefixes.map((prefix) => object("silver", `${prefix}x.parquet`)),
                        object("gold", "sales/daily_sales/x.parquet"),
                    ],
                    "s3:ListBucket": listing("bronze", "sales/", "sales/ingest_date=2024-01-01/"),
                });
            });

            it("changes nothing that it reads, nor anything of another dataset", async () => {
                const others = [
                    "clickstream/x",
                    "salesmen/x",
                    "_quarantine/clickstream/x",
                    "_state/clickstream/x",
                    "x",
                ];
                await expectAll("denied", job(), {
                    "s3:PutObject": [
                        object("bronze", "sales/ingest_date=2024-01-01/a.json"),
                        ...others.map((key) => object("silver", key)),
                        object("gold", "clickstream/x"),
                        object("results", "sales/x"),
                        object("logs", "bronze/x"),
                    ],
                    "s3:DeleteObject": [
                        object("bronze", "sales/a.json"),
                        ...others.map((key) => object("silver", key)),
                    ],
                    "s3:GetObject": [
                        object("bronze", "clickstream/a.csv"),
                        object("silver", "clickstream/x"),
                        object("logs", "x"),
                    ],
                    "s3:ListBucket": listing("bronze", "", "clickstream/").concat(listing("silver", "clickstream/")),
                });
            });

            it("cannot go up by its path: S3 takes a key as it is", async () => {
                await expectAll("denied", job(), {
                    "s3:PutObject": [object("silver", "../sales/x"), object("silver", "clickstream/../sales/x")],
                });
            });

            it("cannot change the code that it runs, nor its own definition", async () => {
                const script = one(lake.built, "aws:s3/bucketObjectv2:BucketObjectv2", name("sales-etl-script")).inputs;
                await expectAll("allowed", job(), { "s3:GetObject": object("scripts", script.key as string) });
                await expectAll("denied", job(), {
                    "s3:PutObject": [script.key as string, "jobs/x.py", "lib/x.zip", "contracts/x.json"].map((key) =>
                        object("scripts", key),
                    ),
                    "glue:UpdateJob": arn("glue", `job/${name("sales-etl")}`),
                    "glue:StartJobRun": arn("glue", `job/${name("clickstream-etl")}`),
                });
            });

            it("changes partitions of its own tables alone, and drops no table", async () => {
                await expectAll("allowed", job(), {
                    "glue:BatchCreatePartition": [table("sales", "sales"), table("sales", "daily_sales")],
                });
                await expectAll("denied", job(), {
                    "glue:BatchCreatePartition": [table("clickstream", "clickstream"), table("sales", "raw_sales")],
                    "glue:DeleteTable": table("sales", "sales"),
                    "glue:DeleteDatabase": arn("glue", `database/lakeworks_${stack}_sales`),
                });
            });

            it("gets no more rights, and no way out", async () => {
                await expectAll("denied", job(), {
                    "iam:PassRole": lake.roleArn(name("sales-etl-role")),
                    "iam:PutRolePolicy": lake.roleArn(name("sales-etl-role")),
                    "sts:AssumeRole": lake.roleArn("analysts"),
                    "s3:PutBucketPolicy": bucketArn("silver"),
                    "s3:DeleteBucket": bucketArn("silver"),
                    "s3:DeleteObjectVersion": object("silver", "sales/x"),
                    "s3:PutLifecycleConfiguration": bucketArn("silver"),
                    "lambda:InvokeFunction": arn("lambda", "function:x"),
                    "secretsmanager:GetSecretValue": arn("secretsmanager", "secret:x-abcdef"),
                    "logs:PutLogEvents": arn("logs", "log-group:/another:log-stream:x"),
                });
            });

            it("puts metrics of its namespaces alone", async () => {
                const metrics = (namespace: string): Question[] => [
                    {
                        action: "cloudwatch:PutMetricData",
                        resource: "*",
                        context: { "cloudwatch:namespace": namespace },
                    },
                ];
                await expectAll("allowed", job(), { "cloudwatch:PutMetricData": metrics("Glue") });
                await expectAll("denied", job(), { "cloudwatch:PutMetricData": metrics("AWS/Billing") });
            });
        });

        describe("a crawler", () => {
            it("reads its own folder and writes nothing", async () => {
                for (const [crawler, bucket, prefix, others] of [
                    ["sales-crawl-raw-role", "bronze", "sales/", ["clickstream/x", "x"]],
                    ["sales-crawl-processed-role", "silver", "_quarantine/sales/", ["sales/x", "clickstream/x"]],
                ] as const) {
                    const role = lake.role(name(crawler));
                    await expectAll("allowed", role, { "s3:GetObject": object(bucket, `${prefix}x`) });
                    await expectAll("denied", role, {
                        "s3:GetObject": [...others.map((key) => object(bucket, key)), object("gold", "sales/x")],
                        "s3:PutObject": [object(bucket, `${prefix}x`), object("scripts", "x")],
                        "s3:DeleteObject": object(bucket, `${prefix}x`),
                    });
                }
            });

            it("changes its one table", async () => {
                const raw = lake.role(name("sales-crawl-raw-role"));
                await expectAll("allowed", raw, { "glue:UpdateTable": table("sales", "raw_sales") });
                await expectAll("denied", raw, {
                    "glue:UpdateTable": [
                        table("sales", "sales"),
                        table("sales", "sales_quarantine"),
                        table("clickstream", "raw_clickstream"),
                    ],
                    "glue:DeleteTable": table("sales", "raw_sales"),
                });
            });
        });

        describe("an analyst", () => {
            const analyst = () => lake.role("analysts");

            it("asks in the own workgroup, and reads the gold that was granted", async () => {
                await expectAll("allowed", analyst(), {
                    "athena:StartQueryExecution": workgroup(`analysts-${stack}`),
                    "glue:GetTable": table("sales", "monthly_sales"),
                    "s3:GetObject": [
                        object("gold", "sales/monthly_sales/x.parquet"),
                        object("results", "analysts/x.csv"),
                    ],
                    "s3:PutObject": object("results", "analysts/x.csv"),
                });
            });

            it("reads neither bronze nor silver nor quarantine, nor what others asked", async () => {
                await expectAll("denied", analyst(), {
                    "s3:GetObject": [
                        object("bronze", "sales/a.json"),
                        object("silver", "sales/x.parquet"),
                        object("silver", "_quarantine/sales/x"),
                        object("gold", "clickstream/x.parquet"),
                        object("results", "sales/x.csv"),
                        object("scripts", "jobs/x.py"),
                        object("logs", "bronze/x"),
                    ],
                    "s3:ListBucket": [
                        ...listing("bronze", "", "sales/"),
                        ...listing("silver", "sales/"),
                        ...listing("results", "sales/"),
                    ],
                    "glue:GetTable": [
                        table("sales", "raw_sales"),
                        table("sales", "sales"),
                        table("clickstream", "clickstream"),
                    ],
                });
            });

            it("gets out of the workgroup by no other group, and changes none", async () => {
                await expectAll("denied", analyst(), {
                    "athena:StartQueryExecution": [workgroup("primary"), workgroup(name("sales-queries"))],
                    "athena:GetQueryResults": workgroup(name("sales-queries")),
                    "athena:UpdateWorkGroup": workgroup(`analysts-${stack}`),
                    "athena:CreateWorkGroup": workgroup("own"),
                    "athena:CreatePreparedStatement": workgroup(`analysts-${stack}`),
                    "s3:PutObject": [
                        object("results", "x.csv"),
                        object("results", "analystsx/x.csv"),
                        object("gold", "sales/x"),
                    ],
                });
                const groups = ofType(lake.built, "aws:athena/workgroup:Workgroup");
                assert.equal(groups.length, 3);
                for (const { inputs } of groups) {
                    assert.equal(inputs.configuration.enforceWorkgroupConfiguration, true, inputs.name as string);
                }
            });

            it("changes no data, no table and no result", async () => {
                await expectAll("denied", analyst(), {
                    "s3:DeleteObject": [object("gold", "sales/x"), object("results", "analysts/x.csv")],
                    "glue:UpdateTable": table("sales", "monthly_sales"),
                    "glue:CreateTable": table("sales", "own"),
                    "glue:DeleteTable": table("sales", "monthly_sales"),
                });
            });
        });

        if (stack === "prod") {
            describe("the lake's key", () => {
                const key = () => lake.outputs.kmsKeyArn!;
                const decrypt = (service: string): Question[] => [
                    {
                        action: "kms:Decrypt",
                        resource: key(),
                        context: { "kms:ViaService": `${service}.${region}.amazonaws.com` },
                    },
                ];

                it("is used through S3, and by no reader directly", async () => {
                    for (const role of [name("sales-crawl-raw-role"), "analysts"]) {
                        await expectAll("allowed", lake.role(role), { "kms:Decrypt": decrypt("s3") });
                        await expectAll("denied", lake.role(role), {
                            "kms:Decrypt": [key(), ...decrypt("ec2")],
                        });
                    }
                });

                it("is disabled, deleted, granted or given another policy by none", async () => {
                    for (const role of ["sales-etl-role", "sales-crawl-raw-role", "permissions-location-role"]) {
                        await expectAll("denied", lake.role(name(role)), {
                            "kms:ScheduleKeyDeletion": key(),
                            "kms:DisableKey": key(),
                            "kms:CreateGrant": key(),
                            "kms:PutKeyPolicy": key(),
                        });
                    }
                });
            });

            it("Lake Formation's role has tables' buckets alone", async () => {
                const role = lake.role(name("permissions-location-role"));
                await expectAll("allowed", role, { "s3:GetObject": object("gold", "sales/x") });
                await expectAll("denied", role, {
                    "s3:GetObject": [object("scripts", "jobs/x.py"), object("results", "x"), object("logs", "x")],
                    "s3:PutObject": [object("scripts", "jobs/x.py"), object("results", "x"), object("logs", "x")],
                });
            });

            it("a job in the VPC makes network interfaces in the lake's subnets alone", async () => {
                const job = lake.role(name("sales-etl-role"));
                const subnet = (id: string) => arn("ec2", `subnet/${id}`);
                await expectAll("allowed", job, { "ec2:CreateNetworkInterface": subnet("subnet-1") });
                await expectAll("denied", job, {
                    "ec2:CreateNetworkInterface": subnet("subnet-other"),
                    "ec2:RunInstances": subnet("subnet-1"),
                    "ec2:AuthorizeSecurityGroupIngress": arn("ec2", "security-group/sg-1"),
                });
            });
        }
    });
}

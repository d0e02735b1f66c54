import assert from "node:assert/strict";
import * as fc from "fast-check";
import { PipelineMonitoring, type MonitoredPipeline, type PipelineMonitoringArgs } from "../../components";
import { dashboardBody, mostPipelines } from "../../components/pipelineMonitoringDashboard";
import { eventPattern, failureKinds, pipelinesPerRule } from "../../components/pipelineMonitoringEvents";
import { account, assertWellFormed, build, faultsOf, ofType, one, region, valueOf, type Built } from "./mocks";

const pipeline = (dataset: string, more: Partial<MonitoredPipeline> = {}): MonitoredPipeline => ({
    dataset,
    jobName: `${dataset}-etl`,
    rawCrawler: `${dataset}-raw`,
    processedCrawler: `${dataset}-processed`,
    workgroupName: `${dataset}-queries`,
    ...more,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => pipeline(`set${index}`));
const monitoring = (args: Partial<PipelineMonitoringArgs> = {}) =>
    build(() => new PipelineMonitoring("watch", { pipelines: [pipeline("sales"), pipeline("web")], ...args }));

const eventRule = "aws:cloudwatch/eventRule:EventRule";
const patternOf = (built: Built<unknown>, kind: string, index = 0) =>
    JSON.parse(one(built, eventRule, `watch-${kind}-failed-${index}`).inputs.eventPattern);
const targetOf = (built: Built<unknown>, kind: string) =>
    one(built, "aws:cloudwatch/eventTarget:EventTarget", `watch-${kind}-failed-0-target`).inputs;
const alarmOf = (built: Built<unknown>, name: string) =>
    one(built, "aws:cloudwatch/metricAlarm:MetricAlarm", `watch-${name}`).inputs;
const topicArn = `arn:aws:sns:${region}:${account}:watch-topic`;

describe("PipelineMonitoring", () => {
    let built: Built<PipelineMonitoring>;
    before(async () => {
        built = await monitoring({ emails: ["team@example.com"], monthlyBudgetUsd: 500 });
    });

    it("is well formed", async () => {
        assertWellFormed(built, "lakeworks:index:PipelineMonitoring", "watch");
        assert.equal(await valueOf(built.value.topicArn), topicArn);
        assert.equal(await valueOf(built.value.dashboardName), "watch");
        assert.deepEqual(await valueOf(built.value.alarmNames), [
            "watch-sales-scan",
            "watch-sales-duration",
            "watch-web-scan",
            "watch-web-duration",
        ]);
        assert.deepEqual(one(built, "aws:sns/topicSubscription:TopicSubscription").inputs, {
            topic: topicArn,
            protocol: "email",
            endpoint: "team@example.com",
        });
    });

    it("a topic that is given is used, and none is created", async () => {
        const given = await monitoring({ topicArn: `arn:aws:sns:${region}:${account}:ops`, monthlyBudgetUsd: 1 });
        assert.equal(given.resources.filter(({ type }) => /^aws:(sns|kms)/.test(type)).length, 0);
        assert.equal(targetOf(given, "job").arn, `arn:aws:sns:${region}:${account}:ops`);
        assert.deepEqual(alarmOf(given, "web-scan").alarmActions, [`arn:aws:sns:${region}:${account}:ops`]);
    });

    it("watches 100 pipelines, some by each rule, none twice", async () => {
        const built100 = await monitoring({ pipelines: many(100) });
        const rules = ofType(built100, eventRule);
        assert.equal(rules.length, 4 * Math.ceil(100 / pipelinesPerRule));
        const jobs = rules
            .filter(({ name }) => name.includes("-job-"))
            .flatMap(({ inputs }) => JSON.parse(inputs.eventPattern).detail.jobName as string[]);
        assert.deepEqual(
            jobs,
            many(100).map(({ jobName }) => jobName),
        );
    });

    it("has patterns that EventBridge takes, whatever the names", () => {
        const longest = "n".repeat(128);
        const names = { jobName: longest, rawCrawler: longest, processedCrawler: longest, workgroupName: longest };
        for (const kind of Object.values(failureKinds)) {
            assert.ok(eventPattern(kind, Array(pipelinesPerRule).fill(names)).length <= 2048);
            assert.throws(() => eventPattern(kind, Array(20).fill(names)), RangeError);
        }
    });

    it("has a dashboard that CloudWatch takes, without overlaps, whatever the number of pipelines", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: mostPipelines }), (count) => {
                const pipelines = many(count).map(({ dataset }) => ({ dataset, jobName: "j", workgroupName: "w" }));
                const arns = pipelines.flatMap(({ dataset }) => [1, 2, 3].map((kind) => `${dataset}-${kind}`));
                const { widgets } = JSON.parse(dashboardBody(pipelines, arns, region)) as {
                    widgets: {
                        x: number;
                        y: number;
                        width: number;
                        height: number;
                        properties: { alarms?: string[] };
                    }[];
                };
                assert.ok(widgets.length <= 500);
                assert.deepEqual(
                    widgets.flatMap(({ properties }) => properties.alarms ?? []),
                    arns,
                );
                const cells = widgets.flatMap(({ x, y, width, height }) =>
                    Array.from(
                        { length: width * height },
                        (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`,
                    ),
                );
                assert.equal(new Set(cells).size, cells.length);
            }),
            { numRuns: 20 },
        );
    });

    describe("enforces the following", () => {
        it("every end of a job but success is told: failed, timed out, stopped or in error", () => {
            assert.deepEqual(patternOf(built, "job"), {
                source: ["aws.glue"],
                "detail-type": ["Glue Job State Change"],
                detail: { jobName: ["sales-etl", "web-etl"], state: ["ERROR", "FAILED", "STOPPED", "TIMEOUT"] },
            });
        });

        it("every crawl that failed is told", () => {
            assert.deepEqual(patternOf(built, "crawler"), {
                source: ["aws.glue"],
                "detail-type": ["Glue Crawler State Change"],
                detail: {
                    crawlerName: ["sales-raw", "sales-processed", "web-raw", "web-processed"],
                    state: ["Failed"],
                },
            });
        });

        it("every query that failed is told", () => {
            assert.deepEqual(patternOf(built, "query"), {
                source: ["aws.athena"],
                "detail-type": ["Athena Query State Change"],
                detail: { currentState: ["FAILED"], workgroupName: ["sales-queries", "web-queries"] },
            });
        });

        it("every data quality result that failed is told", () => {
            assert.deepEqual(patternOf(built, "quality"), {
                source: ["aws.glue-dataquality"],
                "detail-type": ["Data Quality Evaluation Results Available"],
                detail: {
                    context: { contextType: ["GLUE_JOB"], jobName: ["sales-etl", "web-etl"] },
                    state: ["FAILED"],
                },
            });
        });

        it("a message says what failed, why, and where to look", () => {
            for (const [kind, wanted] of Object.entries({
                job: ["job", "run", "state", "error"],
                crawler: ["crawler", "state", "error"],
                quality: ["job", "run", "state", "score"],
                query: ["query", "workgroup", "state", "error"],
            })) {
                const { arn, rule, inputTransformer } = targetOf(built, kind);
                assert.equal(arn, topicArn);
                assert.equal(rule, `watch-${kind}-failed-0`);
                const { inputPaths, inputTemplate } = inputTransformer;
                const text = JSON.parse(inputTemplate) as string;
                const used = [...text.matchAll(/<([a-z]+)>/g)].map(([, value]) => value!);
                // A value that is not in the event would be sent as it stands.
                assert.deepEqual([...new Set(used)].sort(), Object.keys(inputPaths).sort());
                assert.deepEqual(
                    wanted.filter((value) => !used.includes(value)),
                    [],
                );
                assert.match(text, /See https:\/\/console\.aws\.amazon\.com\/[a-z]+\/home\?region=<region>#\//);
            }
        });

        it("the queries of a day that scan more than scannedGiBPerDay raise an alarm, however they ended", async () => {
            const strict = await monitoring({ pipelines: [pipeline("sales", { scannedGiBPerDay: 10 })] });
            assert.equal(alarmOf(built, "sales-scan").threshold, 1024 ** 4);
            const alarm = alarmOf(strict, "sales-scan");
            assert.equal(alarm.threshold, 10 * 1024 ** 3);
            assert.equal(alarm.comparisonOperator, "GreaterThanThreshold");
            assert.equal(alarm.treatMissingData, "notBreaching");
            const metric = (state: string) => ({
                id: state.toLowerCase(),
                metric: {
                    namespace: "AWS/Athena",
                    metricName: "ProcessedBytes",
                    dimensions: { QueryState: state, QueryType: "DML", WorkGroup: "sales-queries" },
                    period: 86_400,
                    stat: "Sum",
                },
                returnData: false,
            });
            assert.deepEqual(alarm.metricQueries, [
                metric("SUCCEEDED"),
                metric("FAILED"),
                metric("CANCELED"),
                { id: "scanned", expression: "SUM(METRICS())", label: "Bytes scanned", returnData: true },
            ]);
        });

        it("a job that runs longer than jobMinutesPerDay in a day raises an alarm", async () => {
            const strict = await monitoring({ pipelines: [pipeline("sales", { jobMinutesPerDay: 30 })] });
            assert.equal(alarmOf(built, "sales-duration").threshold, 240 * 60_000);
            const { alarmDescription, name, alarmActions, okActions, ...alarm } = alarmOf(strict, "sales-duration");
            assert.ok(alarmDescription && name && alarmActions && okActions);
            assert.deepEqual(alarm, {
                namespace: "Glue",
                metricName: "glue.driver.aggregate.elapsedTime",
                dimensions: { JobName: "sales-etl", JobRunId: "ALL", Type: "count" },
                statistic: "Sum",
                period: 86_400,
                evaluationPeriods: 1,
                comparisonOperator: "GreaterThanThreshold",
                threshold: 30 * 60_000,
                treatMissingData: "notBreaching",
            });
        });

        it("with freshnessHours, that many hours without a run that succeeded raise an alarm, also when nothing ran at all", async () => {
            const fresh = await monitoring({ pipelines: [pipeline("sales", { freshnessHours: 26 }), pipeline("web")] });
            const { alarmDescription, name, alarmActions, okActions, ...alarm } = alarmOf(fresh, "sales-freshness");
            assert.ok(alarmDescription && name && alarmActions && okActions);
            assert.deepEqual(alarm, {
                namespace: "Glue",
                metricName: "glue.succeed.ALL",
                dimensions: { JobName: "sales-etl", JobRunId: "ALL", ObservabilityGroup: "error", Type: "count" },
                statistic: "Sum",
                period: 3_600,
                evaluationPeriods: 26,
                comparisonOperator: "LessThanThreshold",
                threshold: 1,
                treatMissingData: "breaching",
            });
            assert.equal(ofType(fresh, "aws:cloudwatch/metricAlarm:MetricAlarm").length, 5);
            await build(() => {
                const tooLong = { pipelines: [pipeline("sales", { freshnessHours: 169 })] };
                assert.deepEqual(
                    faultsOf(() => new PipelineMonitoring("watch", tooLong)),
                    ["pipelines[0].freshnessHours"],
                );
            });
        });

        it("every alarm tells when it is raised and when it is over", () => {
            for (const { inputs } of ofType(built, "aws:cloudwatch/metricAlarm:MetricAlarm")) {
                assert.deepEqual(inputs.alarmActions, [topicArn]);
                assert.deepEqual(inputs.okActions, [topicArn]);
            }
        });

        it("a created topic takes messages only from EventBridge, and from alarms and budgets of this account, over TLS", () => {
            const policy = one(built, "aws:sns/topicPolicy:TopicPolicy", "watch-topic-policy").inputs;
            assert.equal(policy.arn, topicArn);
            const mine = { StringEquals: { "aws:SourceAccount": account } };
            const allow = (Sid: string, service: string, Condition?: object) => ({
                Sid,
                Effect: "Allow",
                Principal: { Service: `${service}.amazonaws.com` },
                Action: "sns:Publish",
                Resource: topicArn,
                ...(Condition === undefined ? {} : { Condition }),
            });
            assert.deepEqual(JSON.parse(policy.policy).Statement, [
                {
                    Sid: "TlsOnly",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "sns:Publish",
                    Resource: topicArn,
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
                allow("Events", "events"),
                allow("Alarms", "cloudwatch", {
                    ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
                    ...mine,
                }),
                allow("Budgets", "budgets", {
                    ArnLike: { "aws:SourceArn": `arn:aws:budgets::${account}:*` },
                    ...mine,
                }),
            ]);
        });

        it("a created topic is encrypted by a customer managed key that the publishers may use", async () => {
            assert.equal(
                one(built, "aws:sns/topic:Topic").inputs.kmsMasterKeyId,
                `arn:aws:kms:${region}:${account}:key/1234`,
            );
            const statements = JSON.parse(one(built, "aws:kms/key:Key", "watch-topic-key").inputs.policy).Statement;
            assert.deepEqual(
                statements.map(({ Principal, Action }: { Principal: object; Action: unknown }) => [Principal, Action]),
                [
                    [{ AWS: `arn:aws:iam::${account}:root` }, "kms:*"],
                    ...["events", "cloudwatch", "budgets"].map((service) => [
                        { Service: `${service}.amazonaws.com` },
                        ["kms:Decrypt", "kms:GenerateDataKey*"],
                    ]),
                ],
            );
            const kmsKeyArn = `arn:aws:kms:${region}:${account}:key/mine`;
            const given = await monitoring({ kmsKeyArn });
            assert.equal(one(given, "aws:sns/topic:Topic").inputs.kmsMasterKeyId, kmsKeyArn);
            assert.equal(ofType(given, "aws:kms/key:Key").length, 0);
        });

        it("one dashboard shows every alarm and every pipeline", () => {
            const { dashboardName, dashboardBody: body } = one(built, "aws:cloudwatch/dashboard:Dashboard").inputs;
            assert.equal(dashboardName, "watch");
            const widgets: { type: string; properties: { title: string; alarms?: string[]; metrics?: string[][] } }[] =
                JSON.parse(body).widgets;
            assert.deepEqual(
                widgets.flatMap(({ properties }) => properties.alarms ?? []),
                ["sales-scan", "sales-duration", "web-scan", "web-duration"].map(
                    (alarm) => `arn:aws:cloudwatch:${region}:${account}:alarm:watch-${alarm}`,
                ),
            );
            for (const dataset of ["sales", "web"]) {
                const metrics = widgets
                    .filter(({ properties }) => properties.title.startsWith(`${dataset}: `))
                    .flatMap(({ properties }) => properties.metrics ?? []);
                assert.deepEqual(
                    metrics.map(([, metric]) => metric),
                    [
                        "glue.driver.aggregate.elapsedTime",
                        "glue.succeed.ALL",
                        "RowsPublished",
                        "DuplicatesDropped",
                        "RecordsQuarantined",
                        "QualityRulesFailed",
                        "ProcessedBytes",
                        "ProcessedBytes",
                        "ProcessedBytes",
                    ],
                );
                const own = new RegExp(`^${dataset}(?:-|$)`);
                assert.ok(metrics.every((metric) => metric.some((part) => own.test(`${part}`))));
            }
        });

        it("with monthlyBudgetUsd, 80 % spent and 100 % forecast are told", async () => {
            const budget = one(built, "aws:budgets/budget:Budget").inputs;
            assert.equal(budget.limitAmount, "500");
            assert.equal(budget.limitUnit, "USD");
            assert.equal(budget.timeUnit, "MONTHLY");
            assert.equal(budget.budgetType, "COST");
            assert.deepEqual(
                budget.notifications,
                [
                    ["ACTUAL", 80],
                    ["FORECASTED", 100],
                ].map(([notificationType, threshold]) => ({
                    notificationType,
                    threshold,
                    thresholdType: "PERCENTAGE",
                    comparisonOperator: "GREATER_THAN",
                    subscriberSnsTopicArns: [topicArn],
                })),
            );
            assert.deepEqual(budget.costFilters, [
                { name: "Service", values: ["AWS Glue", "Amazon Athena", "Amazon Simple Storage Service"] },
            ]);
            const tagged = await monitoring({
                monthlyBudgetUsd: 1,
                budgetTag: { key: "lakeworks:stack", value: "prod" },
            });
            assert.deepEqual(one(tagged, "aws:budgets/budget:Budget").inputs.costFilters, [
                { name: "TagKeyValue", values: ["user:lakeworks:stack$prod"] },
            ]);
            assert.equal(ofType(await monitoring(), "aws:budgets/budget:Budget").length, 0);
        });
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: PipelineMonitoringArgs = {
                pipelines: [
                    pipeline("sales", { jobName: "sales/etl", freshnessHours: 169 }),
                    pipeline("sales", { scannedGiBPerDay: 0.5 }),
                ],
                emails: ["team", "a@example.com", "a@example.com"],
                topicArn: "ops",
                kmsKeyArn: "alias/aws/sns",
                monthlyBudgetUsd: 0,
            };
            assert.deepEqual(
                faultsOf(() => new PipelineMonitoring("watch.all", wrong)),
                [
                    "emails[0]",
                    "emails[2]",
                    "kmsKeyArn",
                    "kmsKeyArn",
                    "monthlyBudgetUsd",
                    "name",
                    "pipelines[0].freshnessHours",
                    "pipelines[0].jobName",
                    "pipelines[1].dataset",
                    "pipelines[1].scannedGiBPerDay",
                    "topicArn",
                ],
            );
            const budgetTag = { key: "team", value: "data" };
            assert.deepEqual(
                faultsOf(() => new PipelineMonitoring("watch", { pipelines: many(151), budgetTag })),
                ["budgetTag", "pipelines"],
            );
        });
    });
});

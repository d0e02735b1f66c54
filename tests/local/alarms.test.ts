/** CloudWatch alarms of the local AWS: evaluated as CloudWatch does, and told by SNS. */
import * as assert from "node:assert/strict";
import { TestLocal } from "./support";

const account = "000000000000";
const metric = (workgroup: string, state: string) => ({
    Namespace: "AWS/Athena",
    MetricName: "ProcessedBytes",
    Dimensions: [
        { Name: "QueryState", Value: state },
        { Name: "WorkGroup", Value: workgroup },
    ],
});

describe("local CloudWatch alarms", function () {
    this.timeout(300_000);
    let lake: TestLocal;
    let topic: string;
    // The CLI has an old address for queues, which it prefers to that of the environment.
    const sqs = <T>(...args: string[]) => lake.cliJson<T>("sqs", ...args, "--endpoint-url", lake.local.endpoint);
    before(async () => {
        lake = await TestLocal.start();
        topic = (await lake.cliJson<{ TopicArn: string }>("sns", "create-topic", "--name", "told")).TopicArn;
        const queue = `arn:aws:sqs:us-east-1:${account}:mail`;
        await sqs("create-queue", "--queue-name", "mail");
        await lake.cliJson(
            ...["sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--notification-endpoint", queue],
        );
    });
    after(async () => lake.stop());

    const put = (alarm: object) =>
        lake.cli(
            "cloudwatch",
            "put-metric-alarm",
            "--cli-input-json",
            JSON.stringify({ ...alarm, AlarmActions: [topic] }),
        );
    const scanned = (workgroup: string, state: string, bytes: number) => {
        const { Namespace, ...data } = metric(workgroup, state);
        const datum = JSON.stringify([{ ...data, Value: bytes }]);
        return lake.cliJson("cloudwatch", "put-metric-data", "--namespace", Namespace, "--metric-data", datum);
    };
    const described = async (name: string) => {
        const { MetricAlarms } = await lake.cliJson<{ MetricAlarms: Record<string, unknown>[] }>(
            ...["cloudwatch", "describe-alarms", "--alarm-names", name],
        );
        return MetricAlarms[0]!;
    };
    const daily = { EvaluationPeriods: 1, Threshold: 100, ComparisonOperator: "GreaterThanThreshold" };

    it("keeps metric math as it was given, and adds up the metrics of one workgroup alone", async () => {
        const sums = ["SUCCEEDED", "FAILED"].map((state) => ({
            Id: state.toLowerCase(),
            MetricStat: { Metric: metric("sales", state), Period: 86_400, Stat: "Sum" },
            ReturnData: false,
        }));
        const Metrics = [...sums, { Id: "scanned", Expression: "SUM(METRICS())", ReturnData: true }];
        const alarm = { AlarmName: "scan", TreatMissingData: "notBreaching", Metrics, ...daily };
        assert.equal((await put(alarm)).code, 0);
        const kept = await described("scan");
        assert.deepEqual(kept.Metrics, Metrics);
        assert.equal("Period" in kept || "Statistic" in kept, false);
        assert.equal(kept.StateValue, "OK");

        await scanned("web", "SUCCEEDED", 1000);
        await scanned("sales", "SUCCEEDED", 60);
        assert.equal((await described("scan")).StateValue, "OK");
        await scanned("sales", "FAILED", 60);
        assert.equal((await described("scan")).StateValue, "ALARM");
        const { Messages } = await sqs<{ Messages?: { Body: string }[] }>(
            "receive-message",
            "--queue-url",
            `${lake.local.endpoint}/${account}/mail`,
        );
        assert.match(Messages?.[0]?.Body ?? "", /scan.* ALARM|ALARM.*scan/);
    });

    it("tells all of an alarm to clients of the older protocol too", async () => {
        assert.equal(
            (await put({ AlarmName: "old <&>", ...metric("old", "FAILED"), Statistic: "Sum", Period: 60, ...daily }))
                .code,
            0,
        );
        const response = await fetch(lake.local.endpoint, {
            method: "POST",
            headers: {
                authorization:
                    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=none",
                "content-type": "application/x-www-form-urlencoded",
            },
            body: "Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=old+%3C%26%3E&AlarmNames.member.2=none",
        });
        const text = await response.text();
        const kept = await described("old <&>");
        for (const part of [
            "<AlarmName>old &lt;&amp;&gt;</AlarmName>",
            "<ActionsEnabled>true</ActionsEnabled>",
            `<AlarmActions><member>${topic}</member></AlarmActions>`,
            "<member><Name>QueryState</Name><Value>FAILED</Value></member>",
            "<Period>60</Period>",
        ]) {
            assert.ok(text.includes(part), `${part} in ${text}`);
        }
        assert.match(text, /<StateUpdatedTimestamp>\d{4}-\d\d-\d\dT[\d:.]+Z<\/StateUpdatedTimestamp>/);
        assert.equal(text.match(/<AlarmArn>/g)?.length, 1);
        assert.equal(kept.Period, 60);
    });

    it("takes missing data as the alarm says", async () => {
        const one = { ...metric("idle", "SUCCEEDED"), Statistic: "Sum", Period: 3600, ...daily, EvaluationPeriods: 26 };
        for (const [treat, state] of [
            ["breaching", "ALARM"],
            ["notBreaching", "OK"],
            ["missing", "INSUFFICIENT_DATA"],
        ]) {
            assert.equal((await put({ ...one, AlarmName: treat, TreatMissingData: treat })).code, 0);
            assert.equal((await described(treat!)).StateValue, state);
        }
        await scanned("idle", "SUCCEEDED", 1);
        assert.equal((await described("breaching")).StateValue, "OK");
    });

    it("refuses what it cannot evaluate", async () => {
        const stat = { Metric: metric("sales", "FAILED"), Period: 60, Stat: "Sum" };
        const metrics = (expression: string) => [
            { Id: "a", MetricStat: stat, ReturnData: false },
            { Id: "b", Expression: expression, ReturnData: true },
        ];
        const { code, stderr } = await put({ AlarmName: "rate", Metrics: metrics("RATE(a)"), ...daily });
        assert.notEqual(code, 0);
        assert.match(stderr, /evaluates no expression but SUM\(METRICS\(\)\): 'RATE\(a\)'/);
    });
});

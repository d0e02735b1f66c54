import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
import { itGoesRound } from "./roundTrip";

itGoesRound({
    name: "monitoring, budget and trail",
    program: (pick) => {
        const tags = { team: pick("lake", "sea"), [pick("a", "b")]: "c" };
        const topic = new aws.sns.Topic("topic", { name: "alerts", displayName: pick("Alerts", "All alerts"), tags });
        const statement = (arn: string, action: string, sid = pick("One", "Two")) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: sid,
                        Effect: "Allow",
                        Principal: { Service: "events.amazonaws.com" },
                        Action: action,
                        Resource: arn,
                    },
                ],
            });
        new aws.sns.TopicPolicy("topic-policy", {
            arn: topic.arn,
            policy: topic.arn.apply((arn) => statement(arn, "sns:Publish")),
        });
        new aws.sns.TopicSubscription("mail", { topic: topic.arn, protocol: "email", endpoint: "ops@example.com" });
        const rule = new aws.cloudwatch.EventRule("rule", {
            name: "failures",
            description: pick("Failures", "All failures"),
            eventPattern: JSON.stringify({
                source: ["aws.glue"],
                detail: { state: pick(["FAILED"], ["FAILED", "TIMEOUT"]) },
            }),
            tags,
        });
        new aws.cloudwatch.EventTarget("target", {
            rule: rule.name,
            arn: topic.arn,
            targetId: "topic",
            inputTransformer: {
                inputPaths: { job: "$.detail.jobName" },
                inputTemplate: pick('"<job> failed"', '"Failed: <job>"'),
            },
        });
        new aws.cloudwatch.MetricAlarm("alarm", {
            name: "scanned",
            alarmDescription: pick("Scans", "All scans"),
            namespace: "AWS/Athena",
            metricName: "ProcessedBytes",
            dimensions: { WorkGroup: pick("a", "b") },
            statistic: "Sum",
            period: pick(86_400, 3600),
            evaluationPeriods: 1,
            threshold: pick(10, 20),
            comparisonOperator: "GreaterThanThreshold",
            treatMissingData: pick("notBreaching", "ignore"),
            alarmActions: [topic.arn],
            okActions: [topic.arn],
            tags,
        });
        new aws.cloudwatch.Dashboard("dashboard", {
            dashboardName: "lake",
            dashboardBody: JSON.stringify({
                widgets: [{ type: "text", x: 0, y: 0, width: 6, height: 2, properties: { markdown: pick("a", "b") } }],
            }),
        });
        new aws.cloudwatch.LogGroup("logs", { name: "/lake/job", retentionInDays: pick(30, 90), tags });
        new aws.budgets.Budget("budget", {
            name: "lake",
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: pick("100", "200"),
            limitUnit: "USD",
            costFilters: [{ name: "TagKeyValue", values: [pick("user:lake$a", "user:lake$b")] }],
            notifications: [
                {
                    comparisonOperator: "GREATER_THAN",
                    notificationType: "ACTUAL",
                    threshold: pick(80, 90),
                    thresholdType: "PERCENTAGE",
                    subscriberSnsTopicArns: [topic.arn],
                },
            ],
        });
        const bucket = new aws.s3.Bucket("trail", { bucket: "roundtrip-trail", forceDestroy: true });
        const policy = new aws.s3.BucketPolicy("trail-policy", {
            bucket: bucket.bucket,
            policy: bucket.arn.apply((arn) => statement(`${arn}/*`, "s3:PutObject")),
        });
        new aws.cloudtrail.Trail(
            "audit",
            {
                name: "audit",
                s3BucketName: bucket.bucket,
                enableLogFileValidation: pick(true, false),
                includeGlobalServiceEvents: pick(false, true),
                advancedEventSelectors: [
                    {
                        name: "Objects of the lake",
                        fieldSelectors: [
                            { field: "eventCategory", equals: ["Data"] },
                            { field: "resources.type", equals: ["AWS::S3::Object"] },
                            {
                                field: "resources.ARN",
                                startsWiths: [pulumi.interpolate`${bucket.arn}/${pick("a", "b")}`],
                            },
                        ],
                    },
                ],
                tags,
            },
            { dependsOn: policy },
        );
    },
});

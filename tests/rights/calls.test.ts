/** Requests as the IAM actions and resources that AWS checks. */
import assert from "node:assert/strict";
import { Calls } from "../../local/calls";
import { callsOf, needsBody } from "../../local/calls/request";

const account = { account: "000000000000", region: "us-east-1" };

function calls(service: string, line: string, { headers = {}, body = "" } = {}) {
    const [method = "", path = ""] = line.split(" ");
    const query = new URLSearchParams(path.split("?")[1] ?? "");
    return callsOf({ service, method, path, query, headers, body: Buffer.from(body) }, account);
}
/** Action, resources and context, briefly. */
const brief = (...args: Parameters<typeof calls>) =>
    calls(...args).map(({ action, resources, context }) => [action, ...resources, ...Object.values(context)].join(" "));

const bucket = "arn:aws:s3:::lake";

describe("the calls of a role", () => {
    it("are S3's actions by method, path and query", () => {
        const expected: Record<string, string> = {
            "GET /lake?list-type=2&prefix=sales%2F&delimiter=%2F": `s3:ListBucket ${bucket} sales/`,
            "GET /lake/?list-type=2": `s3:ListBucket ${bucket}`,
            "HEAD /lake": `s3:ListBucket ${bucket}`,
            "GET /lake?location": `s3:GetBucketLocation ${bucket}`,
            "GET /lake?uploads&prefix=sales": `s3:ListBucketMultipartUploads ${bucket} sales`,
            "GET /lake/sales/year%3D2024/a%20b.json?x-id=GetObject": `s3:GetObject ${bucket}/sales/year=2024/a b.json`,
            "HEAD /lake/a": `s3:GetObject ${bucket}/a`,
            "GET /lake/a?versionId=1": `s3:GetObjectVersion ${bucket}/a`,
            "GET /lake/a?tagging": `s3:GetObjectTagging ${bucket}/a`,
            "GET /lake/a?uploadId=1": `s3:ListMultipartUploadParts ${bucket}/a`,
            "PUT /lake/a/": `s3:PutObject ${bucket}/a/`,
            "PUT /lake/a?partNumber=1&uploadId=1": `s3:PutObject ${bucket}/a`,
            "POST /lake/a?uploads": `s3:PutObject ${bucket}/a`,
            "POST /lake/a?uploadId=1": `s3:PutObject ${bucket}/a`,
            "DELETE /lake/a": `s3:DeleteObject ${bucket}/a`,
            "DELETE /lake/a?uploadId=1": `s3:AbortMultipartUpload ${bucket}/a`,
            "GET /": "s3:ListAllMyBuckets *",
        };
        for (const [line, wanted] of Object.entries(expected)) assert.deepEqual(brief("s3", line), [wanted], line);
    });

    it("are one for each object that a list deletes, and two for a copy", () => {
        const body = "<Delete><Object><Key>a/1</Key></Object><Object><Key>b&amp;c</Key></Object></Delete>";
        assert.deepEqual(brief("s3", "POST /lake?delete", { body }), [
            `s3:DeleteObject ${bucket}/a/1`,
            `s3:DeleteObject ${bucket}/b&c`,
        ]);
        const headers = { "x-amz-copy-source": "/other/from%20here" };
        assert.deepEqual(brief("s3", "PUT /lake/a", { headers }), [
            `s3:PutObject ${bucket}/a`,
            "s3:GetObject arn:aws:s3:::other/from here",
        ]);
    });

    it("name what they do not know, so that no policy allows it", () => {
        assert.deepEqual(brief("s3", "PUT /lake?policy"), [`s3:unknown PUT policy of a bucket ${bucket}`]);
        assert.deepEqual(brief("sns", "POST /"), ["sns:unknown POST / *"]);
    });

    it("are Glue's on the catalog, the database and the table", () => {
        const arn = (resource: string) => `arn:aws:glue:us-east-1:000000000000:${resource}`;
        const glue = (operation: string, input: object) =>
            calls("glue", "POST /", {
                headers: { "x-amz-target": `AWSGlue.${operation}` },
                body: JSON.stringify(input),
            })[0]!;
        const ofTable = [arn("catalog"), arn("database/lake"), arn("table/lake/sales")];
        assert.deepEqual(glue("GetTable", { DatabaseName: "lake", Name: "sales" }).resources, ofTable);
        assert.deepEqual(glue("BatchCreatePartition", { DatabaseName: "lake", TableName: "Sales" }).resources, ofTable);
        assert.deepEqual(
            glue("UpdateTable", { DatabaseName: "lake", TableInput: { Name: "sales" } }).resources,
            ofTable,
        );
        assert.deepEqual(glue("GetTables", { DatabaseName: "lake" }).resources, ofTable.slice(0, 2));
        assert.deepEqual(glue("GetDatabase", { Name: "lake" }).resources, ofTable.slice(0, 2));
        assert.deepEqual(glue("GetConnection", { Name: "vpc" }).resources, [arn("connection/vpc")]);
        assert.deepEqual(glue("GetJobBookmark", { JobName: "etl" }).action, "glue:GetJobBookmark");
    });

    it("are those of logs and metrics with what their conditions look at", () => {
        const headers = { "x-amz-target": "Logs_20140328.PutLogEvents" };
        const body = JSON.stringify({ logGroupName: "/aws-glue/jobs/a/output", logStreamName: "jr_1" });
        assert.deepEqual(brief("logs", "POST /", { headers, body }), [
            "logs:PutLogEvents arn:aws:logs:us-east-1:000000000000:log-group:/aws-glue/jobs/a/output:log-stream:jr_1",
        ]);
        const group = { headers: { "x-amz-target": "Logs_20140328.CreateLogGroup" }, body: '{"logGroupName":"/a"}' };
        assert.deepEqual(brief("logs", "POST /", group), [
            "logs:CreateLogGroup arn:aws:logs:us-east-1:000000000000:log-group:/a:log-stream:",
        ]);
        assert.deepEqual(brief("monitoring", "POST /", { body: "Action=PutMetricData&Namespace=Glue" }), [
            "cloudwatch:PutMetricData * Glue",
        ]);
    });

    it("are SQS's on the queue that its URL or its name says", () => {
        const sqs = (operation: string, input: object) =>
            brief("sqs", "POST /", {
                headers: { "x-amz-target": `AmazonSQS.${operation}` },
                body: JSON.stringify(input),
            });
        const queue = "arn:aws:sqs:us-east-1:000000000000:events";
        assert.deepEqual(sqs("GetQueueUrl", { QueueName: "events" }), [`sqs:GetQueueUrl ${queue}`]);
        const QueueUrl = "http://127.0.0.1:4577/000000000000/events";
        assert.deepEqual(sqs("DeleteMessageBatch", { QueueUrl }), [`sqs:DeleteMessage ${queue}`]);
    });

    it("need no body of an object", () => {
        const needs = (service: string, method: string, query = "") =>
            needsBody({ service, method, query: new URLSearchParams(query) });
        assert.ok(!needs("s3", "PUT"));
        assert.ok(needs("s3", "POST", "delete"));
        assert.ok(needs("glue", "POST"));
    });

    it("are counted by role, from when a key is given until it is withdrawn", () => {
        const kept = new Calls("000000000000");
        const { accessKeyId } = kept.newCredentials();
        assert.equal(kept.roleOf(accessKeyId), undefined);
        kept.give(accessKeyId, "etl");
        const role = "arn:aws:iam::000000000000:role/etl";
        assert.equal(kept.roleOf(accessKeyId), role);
        const call = { action: "s3:GetObject", resources: ["a"], context: {} };
        kept.record(role, call);
        kept.record("etl", call);
        assert.deepEqual(kept.snapshot(), { [role]: { calls: [{ ...call, count: 2 }], dropped: 0 } });
        kept.withdraw(accessKeyId);
        assert.equal(kept.roleOf(accessKeyId), undefined);
    });
});

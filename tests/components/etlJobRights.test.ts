/** What an EtlJob may do, and what encrypts what it leaves. */
import assert from "node:assert/strict";
import { EtlJob, type EtlJobArgs } from "../../components";
import { account, build, ofType, one, region, rightsOf, valueOf, type Built } from "./mocks";

const key = "arn:aws:kms:eu-central-1:123456789012:key/1234";

const etl = (args: Partial<EtlJobArgs> = {}) => build(() => new EtlJob("sales", { scriptsBucket: "scripts", ...args }));
const jobOf = (built: Built<unknown>) => one(built, "aws:glue/job:Job", "sales-job").inputs;

describe("EtlJob's rights and encryption", () => {
    it("only two rights have no resource, as their actions know none", async () => {
        const open = [...rightsOf(await etl(), "sales-role").values()].filter(
            (statement) => statement.Resource === "*",
        );
        assert.deepEqual(
            open.map((statement) => statement.Action),
            ["glue:GetJobBookmark", "cloudwatch:PutMetricData"],
        );
        assert.deepEqual(open[1]?.Condition, { StringEquals: { "cloudwatch:namespace": "Glue" } });
    });

    it("under a security configuration, logs go to the groups that Glue names after it and the role", async () => {
        const encrypted = await etl({ kmsKeyArn: key });
        const prefix = "/aws-glue/jobs/sales-role/sales-role-0a1b2c3";
        assert.equal(await valueOf(encrypted.value.logGroupPrefix), prefix);
        assert.equal(jobOf(encrypted).defaultArguments["--custom-logGroup-prefix"], undefined);
        const groups = ofType(encrypted, "aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => [
            inputs.name,
            inputs.retentionInDays,
            inputs.kmsKeyId,
        ]);
        assert.deepEqual(groups.sort(), [
            [`${prefix}/error`, 30, key],
            [`${prefix}/output`, 30, key],
        ]);
        const arns = ["output", "error"].map((kind) => `arn:aws:logs:${region}:${account}:log-group:${prefix}/${kind}`);
        const associated = rightsOf(encrypted, "sales-role").get("LogsKey");
        assert.deepEqual(
            associated?.Resource,
            arns.flatMap((arn) => [arn, `${arn}:*`]),
        );

        const given = await etl({ kmsKeyArn: key, roleArn: `arn:aws:iam::${account}:role/teams/mine` });
        assert.equal(await valueOf(given.value.logGroupPrefix), "/aws-glue/jobs/sales-role/mine");
    });

    it("without bookmarks, the key is used through Amazon S3 alone", async () => {
        const { Action, Condition } = rightsOf(await etl({ kmsKeyArn: key, bookmarks: false }), "sales-role").get(
            "Key",
        )!;
        assert.deepEqual(Action, ["kms:Decrypt", "kms:GenerateDataKey"]);
        assert.deepEqual(Condition, { StringLike: { "kms:ViaService": "s3.eu-central-1.amazonaws.com*" } });
    });

    it("uses a role that is given, and creates none", async () => {
        const given = await etl({ roleArn: "arn:aws:iam::123456789012:role/mine" });
        assert.equal(ofType(given, "aws:iam/role:Role").length, 0);
        assert.equal(jobOf(given).roleArn, "arn:aws:iam::123456789012:role/mine");
    });
});

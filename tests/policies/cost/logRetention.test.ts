import { deepEqual, equal, rejects } from "node:assert/strict";
import { logRetention } from "../../../policies/cost/log-retention";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { remediate } from "../remediate";
import { logGroup } from "./fixtures";

const name = "/aws-glue/jobs/sales";
const judged = (subject: Subject, config?: object) => judge(logRetention, subject, config);

const refused = (days: number) =>
    violation(
        `Log group "${name}" keeps its events for ever, and each month costs more than the one before. ` +
            `Set retentionInDays, for example to ${days}.`,
    );

describe("policy log-retention", () => {
    it("remediates", () => {
        equal(logRetention.enforcementLevel, "remediate");
    });

    it("passes a stated time, and refuses none", async () => {
        deepEqual(await judged(logGroup()), clean);
        deepEqual(await judged(logGroup({})), refused(30));
        deepEqual(await judged(logGroup({ retentionInDays: 0 }), { days: 90 }), refused(90));
    });

    it("sets the configured time where there is none, and nothing else", async () => {
        deepEqual(await remediate(logRetention, logGroup({})), { name, retentionInDays: 30 });
        const kept = { kmsKeyId: unknownString, retentionInDays: 0 };
        deepEqual(await remediate(logRetention, logGroup(kept), { days: 7 }), { name, ...kept, retentionInDays: 7 });
        equal(await remediate(logRetention, logGroup()), undefined);
        equal(await remediate(logRetention, { type: "aws:s3/bucket:Bucket", props: {} }), undefined);
    });

    it("leaves groups for delivery, exceptions and other resources alone", async () => {
        const delivery = logGroup({ logGroupClass: "DELIVERY" });
        equal(
            (await judged(delivery)).notApplicable,
            `"${name}" is of class DELIVERY, which keeps events for two days`,
        );
        equal(await remediate(logRetention, delivery), undefined);
        const exception = excepted(name, "evidence");
        equal(
            (await judged(logGroup({}), exception)).notApplicable,
            `"${name}" is an exception until 9999-12-31: evidence`,
        );
        equal(await remediate(logRetention, logGroup({}), exception), undefined);
        equal(
            await remediate(logRetention, logGroup({ name: unknownString }), excepted("resource-name", "x")),
            undefined,
        );
        equal(
            (await judged({ type: "aws:s3/bucket:Bucket", props: {} })).notApplicable,
            "the rule is for cloudwatch.LogGroup",
        );
    });

    it("waits for a time that is not known yet, and does not write over it", async () => {
        const open = logGroup({ retentionInDays: unknownString });
        const unknown = "string value at .retentionInDays can't be known during preview";
        equal((await judged(open)).notKnownYet, unknown);
        await rejects(async () => remediate(logRetention, open), { message: unknown });
    });
});

import { deepEqual, equal } from "node:assert/strict";
import { supportedGlueVersion } from "../../../policies/reliability/supported-glue-version";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { job } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(supportedGlueVersion, subject, config);

describe("policy supported-glue-version", () => {
    it("passes 5.0 and newer, and what leaves the version to AWS", async () => {
        equal(supportedGlueVersion.enforcementLevel, "mandatory");
        equal(supportedGlueVersion.framework?.reference, "Glue.4");
        for (const glueVersion of ["5.0", "5.1", "6.0", "10.0", undefined]) {
            deepEqual(await judged(job({ glueVersion })), clean);
        }
    });

    it("refuses older ones, than what is configured too", async () => {
        const refused = (version: string, minimum: string) =>
            violation(
                `Job "sales-etl" runs on Glue ${version}, older than ${minimum}: its Spark and Python get fewer fixes, and ` +
                    `then none. Set glueVersion to "${minimum}" or newer.`,
            );
        deepEqual(await judged(job({ glueVersion: "4.0" })), refused("4.0", "5.0"));
        deepEqual(await judged(job({ glueVersion: "5.1" }), { minimum: "6.0" }), refused("5.1", "6.0"));
        deepEqual(await judged(job({ glueVersion: "3.0" }), { minimum: "3.0" }), clean);
    });

    it("does not apply to Python shell and Ray, an exception, and other resources", async () => {
        for (const name of ["pythonshell", "glueray"]) {
            const { notApplicable } = await judged(job({ command: { name }, glueVersion: "1.0" }));
            equal(notApplicable, '"sales-etl" is no Spark job');
        }
        const { notApplicable } = await judged(job({ glueVersion: "2.0" }), excepted("sales-etl", "a test"));
        equal(notApplicable, '"sales-etl" is an exception until 9999-12-31: a test');
        equal((await judged({ type: "aws:s3/bucket:Bucket", props: {} })).notApplicable, "the rule is for glue.Job");
    });

    it("waits for a version that is not known yet", async () => {
        const { notKnownYet } = await judged(job({ glueVersion: unknownString }));
        equal(notKnownYet, "string value at .glueVersion can't be known during preview");
    });
});

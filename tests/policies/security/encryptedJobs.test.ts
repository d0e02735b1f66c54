import { deepEqual, equal } from "node:assert/strict";
import { encryptedJobs } from "../../../policies/security/encrypted-jobs";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { keyArn, securityConfiguration } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(encryptedJobs, subject, config);

describe("policy encrypted-jobs", () => {
    it("passes one that encrypts all three, output also by SSE-S3", async () => {
        equal(encryptedJobs.enforcementLevel, "mandatory");
        deepEqual(await judged(securityConfiguration()), clean);
        deepEqual(await judged(securityConfiguration({ s3Encryption: { s3EncryptionMode: "SSE-S3" } })), clean);
    });

    it("refuses what is disabled or not set, naming each with its fix", async () => {
        deepEqual(
            await judged(
                securityConfiguration({
                    cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
                    jobBookmarksEncryption: { kmsKeyArn: keyArn },
                }),
            ),
            violation(
                'Security configuration "sales-etl" does not encrypt logs and job bookmarks: whoever gets at them reads ' +
                    "what the jobs process. Set in encryptionConfiguration cloudwatchEncryption.cloudwatchEncryptionMode " +
                    'to "SSE-KMS" and jobBookmarksEncryption.jobBookmarksEncryptionMode to "CSE-KMS", with kmsKeyArn.',
            ),
        );
    });

    it("leaves an exception and other resources alone", async () => {
        const off = securityConfiguration({ s3Encryption: {} });
        equal(
            (await judged(off, excepted("sales-etl", "a test"))).notApplicable,
            '"sales-etl" is an exception until 9999-12-31: a test',
        );
        equal(
            (await judged({ type: "aws:glue/job:Job", props: {} })).notApplicable,
            "the rule is for glue.SecurityConfiguration",
        );
    });

    it("needs the modes, not the keys, to be known", async () => {
        deepEqual(
            await judged(
                securityConfiguration({ s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: unknownString } }),
            ),
            clean,
        );
        const { notKnownYet } = await judged(
            securityConfiguration({ s3Encryption: { s3EncryptionMode: unknownString } }),
        );
        equal(notKnownYet?.includes("s3EncryptionMode can't be known"), true);
    });
});

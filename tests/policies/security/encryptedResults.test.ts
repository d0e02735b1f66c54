import { deepEqual, equal } from "node:assert/strict";
import { encryptedResults } from "../../../policies/security/encrypted-results";
import { clean, excepted, judge, type Subject, unknownObject, unknownString, violation } from "../harness";
import { workgroup } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(encryptedResults, subject, config);
const outputLocation = "s3://results/sales/";
const withEncryption = (encryptionConfiguration?: unknown) =>
    workgroup({
        resultConfiguration: { outputLocation, ...(encryptionConfiguration ? { encryptionConfiguration } : {}) },
    });

describe("policy encrypted-results", () => {
    it("passes SSE-S3, SSE-KMS with a key, and managed results", async () => {
        equal(encryptedResults.enforcementLevel, "mandatory");
        deepEqual(await judged(workgroup()), clean);
        deepEqual(await judged(withEncryption({ encryptionOption: "SSE_S3" })), clean);
        const managed = { managedQueryResultsConfiguration: { enabled: true }, resultConfiguration: {} };
        deepEqual(await judged(workgroup(managed)), clean);
    });

    it("advises where nothing is said, as S3 encrypts by itself", async () => {
        deepEqual(await judged(withEncryption()), {
            violations: [],
            advice: [
                'Workgroup "sales-queries" does not say how its results are encrypted: they get what their bucket has by ' +
                    "default. Set configuration.resultConfiguration.encryptionConfiguration.encryptionOption to " +
                    '"SSE_S3", or to "SSE_KMS" with kmsKeyArn.',
            ],
        });
    });

    it("refuses an option that Athena does not know, and KMS without a key", async () => {
        deepEqual(
            await judged(withEncryption({ encryptionOption: "NONE" })),
            violation(
                'Workgroup "sales-queries" has "NONE" for the encryption of its results, which Athena does not know. Set ' +
                    "configuration.resultConfiguration.encryptionConfiguration.encryptionOption to SSE_S3, SSE_KMS or " +
                    "CSE_KMS.",
            ),
        );
        deepEqual(
            await judged(withEncryption({ encryptionOption: "CSE_KMS" })),
            violation(
                'Workgroup "sales-queries" encrypts its results by CSE_KMS without a key, so that no query can write any. ' +
                    "Set configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn.",
            ),
        );
    });

    it("leaves alone what has no results in S3, an exception, and other resources", async () => {
        deepEqual(await judged(workgroup({ resultConfiguration: {} })), clean);
        const wrong = withEncryption({ encryptionOption: "NONE" });
        equal(
            (await judged(wrong, excepted("sales-queries", "a test"))).notApplicable,
            '"sales-queries" is an exception until 9999-12-31: a test',
        );
        equal(
            (await judged({ type: "aws:glue/job:Job", props: {} })).notApplicable,
            "the rule is for athena.Workgroup",
        );
    });

    it("needs the option, not the key, to be known", async () => {
        deepEqual(await judged(withEncryption({ encryptionOption: "SSE_KMS", kmsKeyArn: unknownString })), clean);
        const { notKnownYet } = await judged(withEncryption(unknownObject));
        equal(notKnownYet?.includes("encryptionConfiguration can't be known"), true);
    });
});

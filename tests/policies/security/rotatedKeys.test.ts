import { deepEqual, equal } from "node:assert/strict";
import { rotatedKeys } from "../../../policies/security/rotated-keys";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { key } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(rotatedKeys, subject, config);

const refused = violation(
    'Key "resource-name" does not rotate, which is KMS\'s default: all that is ever encrypted by it stands or falls with ' +
        "one piece of key material. Set enableKeyRotation to true; what is encrypted stays readable.",
);

describe("policy rotated-keys", () => {
    it("passes a key that rotates", async () => {
        equal(rotatedKeys.enforcementLevel, "mandatory");
        deepEqual(
            [rotatedKeys.framework?.name, rotatedKeys.framework?.reference],
            ["CIS AWS Foundations Benchmark", "3.6"],
        );
        deepEqual(await judged(key()), clean);
        deepEqual(
            await judged(key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT" })),
            clean,
        );
    });

    it("refuses one that does not, stated or by default", async () => {
        deepEqual(await judged(key({ enableKeyRotation: false })), refused);
        deepEqual(await judged({ ...key(), props: {} }), refused);
    });

    it("does not apply to keys that KMS cannot rotate, to an exception, and to other resources", async () => {
        const reason = async (changes: object, config?: object) =>
            (await judged(key({ enableKeyRotation: false, ...changes }), config)).notApplicable;
        equal(
            await reason({ customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" }),
            "KMS rotates no key of spec RSA_2048 for SIGN_VERIFY",
        );
        equal(
            await reason({ customKeyStoreId: unknownString }),
            'KMS rotates no key of a custom key store, as "resource-name" is',
        );
        equal(
            await reason({}, excepted("resource-name", "imported")),
            '"resource-name" is an exception until 9999-12-31: imported',
        );
        equal((await judged({ type: "aws:glue/job:Job", props: {} })).notApplicable, "the rule is for kms.Key");
    });

    it("waits for what is not known yet", async () => {
        const { notKnownYet } = await judged(key({ enableKeyRotation: unknownString }));
        equal(notKnownYet, "string value at .enableKeyRotation can't be known during preview");
    });
});

import { deepEqual, equal } from "node:assert/strict";
import { encryptedMessages } from "../../../policies/security/encrypted-messages";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { keyArn, queue, topic } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(encryptedMessages, subject, config);

describe("policy encrypted-messages", () => {
    it("passes queues with SQS's own encryption, stated or by default, and with a key", async () => {
        equal(encryptedMessages.enforcementLevel, "mandatory");
        equal(encryptedMessages.framework?.reference, "SQS.1");
        deepEqual(await judged(queue()), clean);
        deepEqual(await judged(queue({ sqsManagedSseEnabled: true })), clean);
        deepEqual(await judged(queue({ kmsMasterKeyId: keyArn, sqsManagedSseEnabled: false })), clean);
    });

    it("refuses a queue of which it is turned off", async () => {
        deepEqual(
            await judged(queue({ sqsManagedSseEnabled: false })),
            violation(
                'Queue "resource-name" is not encrypted: its messages lie in clear. Set sqsManagedSseEnabled to true, or ' +
                    "kmsMasterKeyId to a key.",
            ),
        );
    });

    it("advises a topic without a key to have one", async () => {
        deepEqual(await judged(topic()), clean);
        deepEqual(await judged(topic({})), {
            violations: [],
            advice: [
                'Topic "resource-name" has no key of yours: who may read its messages cannot be limited by a key. Set ' +
                    "kmsMasterKeyId to a key whose policy admits what publishes to the topic.",
            ],
        });
    });

    it("leaves an exception and other resources alone", async () => {
        const open = queue({ sqsManagedSseEnabled: false });
        equal(
            (await judged(open, excepted("resource-name", "a test"))).notApplicable,
            '"resource-name" is an exception until 9999-12-31: a test',
        );
        equal(
            (await judged({ type: "aws:glue/job:Job", props: {} })).notApplicable,
            "the rule is for sqs.Queue, sns.Topic",
        );
    });

    it("takes a key that is not known yet for a key", async () => {
        deepEqual(await judged(topic({ kmsMasterKeyId: unknownString })), clean);
        deepEqual(await judged(queue({ kmsMasterKeyId: unknownString, sqsManagedSseEnabled: false })), clean);
        const { notKnownYet } = await judged(queue({ sqsManagedSseEnabled: unknownString }));
        equal(notKnownYet, "string value at .sqsManagedSseEnabled can't be known during preview");
    });
});

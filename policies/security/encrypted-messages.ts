import { fsbp } from "../lib/frameworks";
import { given } from "../lib/given";
import { resourceRule } from "../lib/resourceRule";

export const encryptedMessages = resourceRule(
    {
        name: "encrypted-messages",
        displayName: "Queues and topics are encrypted",
        description: "An SQS queue is encrypted at rest; an SNS topic by a KMS key.",
        severity: "medium",
        tags: ["security", "encryption"],
        framework: fsbp("SQS.1"),
        url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
        remediationSteps:
            "Leave sqsManagedSseEnabled of a queue out, or set it to true, or set kmsMasterKeyId. Set kmsMasterKeyId of a " +
            "topic to a key whose policy admits what publishes to it.",
    },
    {
        "aws:sqs/queue:Queue": ({ props, name, look, report }) => {
            // Absent, a new queue gets SSE-SQS, since October 2022.
            if (!given(() => props.kmsMasterKeyId) && look(() => props.sqsManagedSseEnabled) === false) {
                report(
                    `Queue "${name}" is not encrypted: its messages lie in clear. Set sqsManagedSseEnabled to true, or ` +
                        "kmsMasterKeyId to a key.",
                );
            }
        },
        // Advice only: Security Hub took SNS.1 out of the Foundational Security Best Practices, as SNS encrypts its disks.
        "aws:sns/topic:Topic": ({ props, name, advise }) => {
            if (!given(() => props.kmsMasterKeyId)) {
                advise(
                    `Topic "${name}" has no key of yours: who may read its messages cannot be limited by a key. Set ` +
                        "kmsMasterKeyId to a key whose policy admits what publishes to the topic.",
                );
            }
        },
    },
);

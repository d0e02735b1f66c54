/** The SNS topic that tells people: encrypted, and open to this account's events, alarms and budgets alone. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createKey } from "./createdKey";
import { policyDocument, type Statement } from "./iam";
import { identityOf } from "./identity";
import type { KeyOwner } from "./keyPolicy";

/**
 * @param name of the topic resource; what belongs to it is named after it.
 * @param region from a resource of the same provider.
 * @returns the topic's ARN, which resolves once its policy lets publishers in.
 */
export function createTopic(
    name: string,
    region: pulumi.Input<string>,
    kmsKeyArn: pulumi.Input<string> | undefined,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const key =
        kmsKeyArn ??
        createKey(
            `${name}-key`,
            { alias: name, description: `Messages of ${name}`, region, statements: topicKeyStatements },
            { parent },
        );
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: key }, { parent });
    const { accountId, partition } = identityOf(parent);
    const policy = new aws.sns.TopicPolicy(
        `${name}-policy`,
        {
            arn: topic.arn,
            policy: pulumi
                .all([topic.arn, partition, topic.region, accountId])
                .apply(([arn, part, topicRegion, account]) =>
                    policyDocument(topicStatements(arn, { partition: part, region: topicRegion, accountId: account })),
                ),
        },
        { parent },
    );
    return policy.arn;
}

function topicStatements(topicArn: string, owner: KeyOwner): Statement[] {
    return [
        {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topicArn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...publisherStatements(owner, "sns:Publish", topicArn),
    ];
}

/** The key lets in whom the topic lets in; Amazon's own key of SNS (alias/aws/sns) cannot. */
function topicKeyStatements(owner: KeyOwner): Statement[] {
    return publisherStatements(owner, ["kms:Decrypt", "kms:GenerateDataKey*"], "*");
}

/**
 * What publishes to the topic. EventBridge takes no condition, neither in the topic's policy nor in its key's: its
 * requests carry no source account and no source ARN, and a statement that asks for them drops every message.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
function publisherStatements(
    { partition, region, accountId }: KeyOwner,
    action: Statement["Action"],
    resource: string,
): Statement[] {
    const publisher = (sid: string, service: string, sourceArn?: string): Statement => ({
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: service },
        Action: action,
        Resource: resource,
        Condition:
            sourceArn === undefined
                ? undefined
                : { ArnLike: { "aws:SourceArn": sourceArn }, StringEquals: { "aws:SourceAccount": accountId } },
    });
    return [
        publisher("Events", "events.amazonaws.com"),
        publisher("Alarms", "cloudwatch.amazonaws.com", `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`),
        publisher("Budgets", "budgets.amazonaws.com", `arn:${partition}:budgets::${accountId}:*`),
    ];
}

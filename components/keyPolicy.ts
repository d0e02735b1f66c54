/** Statements of the policies of KMS keys that a lake creates: who may use a key besides the account's own IAM. */
import type { Statement } from "./iam";

/** Where a key is, and whose it is. */
export interface KeyOwner {
    readonly partition: string;
    readonly region: string;
    readonly accountId: string;
}

/**
 * Leaves the key to the account's IAM policies; without it nobody could change the key any more.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function accountStatement({ partition, accountId }: KeyOwner): Statement {
    return {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
    };
}

/**
 * CloudWatch Logs encrypts log groups of this account and region.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logsStatement({ partition, region, accountId }: KeyOwner): Statement {
    return {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: "*",
        Condition: {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:*`,
            },
        },
    };
}

/**
 * CloudTrail encrypts the log files of this account's trails. It decrypts as well, as buckets with bucket keys demand.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function trailStatements({ partition, region, accountId }: KeyOwner): Statement[] {
    const principal = { Service: "cloudtrail.amazonaws.com" };
    const trails = { "aws:SourceArn": `arn:${partition}:cloudtrail:${region}:${accountId}:trail/*` };
    const context = {
        "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partition}:cloudtrail:*:${accountId}:trail/*`,
    };
    return [
        {
            Sid: "Trails",
            Effect: "Allow",
            Principal: principal,
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            Condition: { ArnLike: trails, StringLike: context },
        },
        {
            Sid: "TrailsDescribe",
            Effect: "Allow",
            Principal: principal,
            Action: "kms:DescribeKey",
            Resource: "*",
            Condition: { ArnLike: trails },
        },
    ];
}

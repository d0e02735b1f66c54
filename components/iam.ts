/** IAM statements as plain data: what each role of a lake may do, by exact resource. Pure, so that every right is tested. */
import { stableJson } from "./json";
import { covered, foldersAbove, objectArns, parseS3Uri } from "./s3Uri";

export interface Statement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: "*" | { readonly Service: string } | { readonly AWS: string };
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function policyDocument(statements: readonly Statement[]): string {
    return stableJson({ Version: "2012-10-17", Statement: statements });
}

/** All inline policies of a role together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longestRolePolicy = 10_240;

/** The policy of a role. @throws RangeError when it is longer than IAM takes, which AWS would say half-way through a deployment */
export function rolePolicy(role: string, statements: readonly Statement[]): string {
    const document = policyDocument(statements);
    if (document.length > longestRolePolicy) {
        throw new RangeError(
            `The policy of the role "${role}" has ${document.length} characters; IAM takes ${longestRolePolicy}. ` +
                "Shorten the names of the lake and its tables, make fewer gold tables of one dataset, or give the component a role of your own.",
        );
    }
    return document;
}

/**
 * Lets one AWS service take the role; with `sourceAccount` only on behalf of that account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function trustPolicy(service: string, sourceAccount?: string): string {
    return policyDocument([
        {
            Sid: "Trust",
            Effect: "Allow",
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            Condition:
                sourceAccount === undefined ? undefined : { StringEquals: { "aws:SourceAccount": sourceAccount } },
        },
    ]);
}

/**
 * Listing, narrowed to the prefixes. S3 answers 404 instead of 403 for a missing key only to a caller who may list it,
 * and Spark's file system relies on the 404; hence the prefix itself, without its slash, is listable as well.
 */
function listStatements(partition: string, uris: readonly string[]): Statement[] {
    const byBucket = new Map<string, string[]>();
    for (const { bucket, key } of uris.map(parseS3Uri)) {
        byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), key]);
    }
    return [...byBucket]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([bucket, keys], index) => ({
            Sid: `List${index}`,
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: `arn:${partition}:s3:::${bucket}`,
            Condition: { StringLike: { "s3:prefix": keys.flatMap(covered) } },
        }));
}

/** Reads objects below prefixes (`s3://bucket/folder/`) or exact objects (`s3://bucket/folder/file`). */
export function readStatements(partition: string, uris: readonly string[]): Statement[] {
    return [readStatement(partition, uris), ...listStatements(partition, uris)];
}

function readStatement(partition: string, uris: readonly string[]): Statement {
    return { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: objectArns(partition, uris) };
}

/**
 * Looking for the folders above those that are written. Hadoop's file system does so before it makes a folder, and
 * deletes their markers, empty objects named like the folder, once there is something below them: whoever writes below
 * `a/b/` asks for `a`, `a/` and what lies in `a/`, and gets no object of it.
 * https://hadoop.apache.org/docs/r3.3.6/hadoop-aws/tools/hadoop-aws/directory_markers.html
 */
function parentStatements(partition: string, writes: readonly string[]): Statement[] {
    const byBucket = new Map<string, Set<string>>();
    for (const { bucket, key } of writes.map(parseS3Uri)) {
        byBucket.set(bucket, new Set([...(byBucket.get(bucket) ?? []), ...foldersAbove(key)]));
    }
    const parents = [...byBucket].filter(([, folders]) => folders.size > 0).sort(([a], [b]) => (a < b ? -1 : 1));
    if (parents.length === 0) {
        return [];
    }
    return [
        {
            Sid: "Parents",
            Effect: "Allow",
            Action: ["s3:DeleteObject", "s3:GetObject"],
            Resource: parents.flatMap(([bucket, folders]) =>
                [...folders].flatMap((folder) =>
                    [folder, `${folder}/`].map((key) => `arn:${partition}:s3:::${bucket}/${key}`),
                ),
            ),
        },
        ...parents.map(([bucket, folders], index): Statement => ({
            Sid: `ListParents${index}`,
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: `arn:${partition}:s3:::${bucket}`,
            Condition: { StringEquals: { "s3:prefix": [...folders].flatMap((folder) => [folder, `${folder}/`]) } },
        })),
    ];
}

/**
 * Reads `reads` and `writes`, and writes `writes`, each named once: a role's policies have few characters. Spark's committers
 * upload in parts and clear what a failed attempt left:
 * https://hadoop.apache.org/docs/r3.3.6/hadoop-aws/tools/hadoop-aws/assumed_roles.html
 */
export function readWriteStatements(
    partition: string,
    reads: readonly string[],
    writes: readonly string[],
): Statement[] {
    const reading = reads.length > 0 ? [readStatement(partition, reads)] : [];
    const listing = listStatements(partition, [...reads, ...writes]);
    if (writes.length === 0) {
        return [...reading, ...listing];
    }
    const buckets = [...new Set(writes.map((uri) => parseS3Uri(uri).bucket))].sort();
    return [
        ...reading,
        ...listing,
        {
            Sid: "Write",
            Effect: "Allow",
            Action: [
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ],
            Resource: objectArns(partition, writes),
        },
        {
            Sid: "PendingUploads",
            Effect: "Allow",
            Action: "s3:ListBucketMultipartUploads",
            Resource: buckets.map((bucket) => `arn:${partition}:s3:::${bucket}`),
        },
        ...parentStatements(partition, writes),
    ];
}

/** Uses one key for data at rest, through S3 alone. */
export function keyStatements(kmsKeyArn: string | undefined): Statement[] {
    if (kmsKeyArn === undefined) {
        return [];
    }
    const [, , , region] = kmsKeyArn.split(":");
    return [
        {
            Sid: "Key",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: kmsKeyArn,
            Condition: { StringLike: { "kms:ViaService": `s3.${region}.amazonaws.com*` } },
        },
    ];
}

/**
 * Catalog actions on exact tables. Glue checks each action on the catalog, the database and the table:
 * https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */
export function catalogStatements(sid: string, tableArns: readonly string[], actions: readonly string[]): Statement[] {
    if (tableArns.length === 0) {
        return [];
    }
    const resources = tableArns.flatMap((arn) => {
        const [root, path] = splitArn(arn);
        const database = path.split("/")[1];
        return [`${root}:catalog`, `${root}:database/${database}`, arn];
    });
    return [{ Sid: sid, Effect: "Allow", Action: [...actions].sort(), Resource: [...new Set(resources)].sort() }];
}

/**
 * Writes to log groups. To make them, though they exist, is among the rights by which AWS lets Glue write logs:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html
 */
export function logStatements(logGroupArns: readonly string[]): Statement[] {
    const groups = logGroupArns.map((arn) => arn.replace(/:\*$/, ""));
    return [
        {
            Sid: "LogGroups",
            Effect: "Allow",
            Action: "logs:CreateLogGroup",
            Resource: groups.map((arn) => `${arn}:*`),
        },
        {
            Sid: "Logs",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: groups.map((arn) => `${arn}:log-stream:*`),
        },
    ];
}

/** `arn:…:account` and the resource part of an ARN. */
export function splitArn(arn: string): [root: string, resource: string] {
    const parts = arn.split(":");
    return [parts.slice(0, 5).join(":"), parts.slice(5).join(":")];
}

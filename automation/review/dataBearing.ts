/** Which resources hold something that is gone with them, and what that is. */
import type { StepEventStateMetadata } from "@pulumi/pulumi/automation";
import type { StepOp } from "./engineSteps";

interface DataBearing {
    /** What is lost with the resource, as the end of "… is deleted, and with it ". */
    readonly loses: string;
    /** What follows where another resource takes its place. */
    readonly replaced?: string;
    /** What keeps AWS from deleting it while it holds something, unless its input `forceDestroy` is true. */
    readonly kept?: string;
}

/**
 * By type token, the gravest first. Left out are resources whose whole content the program declares, such as scripts (S3 objects),
 * named queries, crawlers and triggers: the next update makes them again as they were.
 */
const dataBearing: Readonly<Record<string, DataBearing>> = {
    ...forEach(["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"], {
        loses: "all objects of the bucket, with their versions",
        kept: "AWS refuses while the bucket holds objects",
    }),
    ...forEach(["aws:s3tables/tableBucket:TableBucket", "aws:s3tables/table:Table"], {
        loses: "all rows of its tables",
    }),
    // Deletion waits for 7 to 30 days, and can be cancelled until then.
    "aws:kms/key:Key": { loses: "everything encrypted by the key, once AWS has deleted it after its waiting period" },
    // What the program does not declare lives in the catalog alone: tables of crawlers and of CTAS queries, partitions.
    "aws:glue/catalogDatabase:CatalogDatabase": {
        loses: "every table of the database in the catalog, those of crawlers and queries among them (the files in S3 stay)",
    },
    "aws:glue/catalogTable:CatalogTable": {
        loses: "the table's partitions, versions and statistics in the catalog (the files in S3 stay)",
        replaced: "queries find no rows until the new table is crawled",
    },
    "aws:athena/database:Database": {
        loses: "every table of the database in the catalog (the files in S3 stay)",
        kept: "AWS refuses while the database has tables",
    },
    // Bookmarks belong to the job: https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html
    "aws:glue/job:Job": {
        loses: "the job's bookmark and run history",
        replaced: "the new job's first run reads all input again",
    },
    "aws:glue/registry:Registry": { loses: "all schemas of the registry, with their versions" },
    "aws:glue/schema:Schema": { loses: "all versions of the schema" },
    "aws:athena/workgroup:Workgroup": {
        loses: "the workgroup's query history and its saved queries (results in S3 stay)",
        kept: "AWS refuses while the workgroup has saved queries or a history",
    },
    "aws:cloudtrail/eventDataStore:EventDataStore": { loses: "all recorded events of the store" },
    // The trail's files lie in its bucket, which is in this table by its own type; the trail itself holds the record's continuity.
    "aws:cloudtrail/trail:Trail": {
        loses: "the audit record from now until a new trail logs (the files already written stay)",
    },
    "aws:cloudwatch/logGroup:LogGroup": { loses: "all log lines of the group" },
    "aws:sqs/queue:Queue": { loses: "all messages that wait in the queue" },
    "aws:kinesis/stream:Stream": { loses: "all records of the stream" },
    "aws:dynamodb/table:Table": { loses: "all items of the table" },
    "aws:secretsmanager/secret:Secret": { loses: "the secret's value, with its versions" },
    "aws:backup/vault:Vault": {
        loses: "all recovery points of the vault",
        kept: "AWS refuses while the vault holds recovery points",
    },
};

export interface AtRisk {
    readonly dataBearing: boolean;
    /** Undefined = nothing goes. */
    readonly loses?: string;
}

/** @param gone the state that a deletion or replacement takes away; undefined = the resource stays */
export function atRisk(type: string, gone: StepEventStateMetadata | undefined, op: StepOp): AtRisk {
    const entry = dataBearing[type];
    if (entry === undefined) return { dataBearing: false };
    // Retained, the resource stays in AWS and is only forgotten by the stack.
    if (gone === undefined || gone.retainOnDelete === true) return { dataBearing: true };
    const followed = op === "replace" && entry.replaced !== undefined ? `; ${entry.replaced}` : "";
    const guarded = entry.kept !== undefined && gone.inputs["forceDestroy"] !== true;
    const stops = guarded ? ` (${entry.kept}: the update would stop there)` : "";
    return { dataBearing: true, loses: `${entry.loses}${followed}${stops}` };
}

/** The lower, the graver is the loss of a resource of that type. */
export function gravity(type: string): number {
    return Object.keys(dataBearing).indexOf(type);
}

function forEach(types: readonly string[], entry: DataBearing): Record<string, DataBearing> {
    return Object.fromEntries(types.map((type) => [type, entry]));
}

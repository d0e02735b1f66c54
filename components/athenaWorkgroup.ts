import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
    catalogNamePattern,
    catalogNameReason,
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    resourceNamePattern,
    resourceNameReason,
    s3PrefixPattern,
    s3PrefixReason,
} from "./faults";

export interface NamedQuery {
    /** Name in the workgroup. */
    name: string;
    /** One statement, with unqualified table names. */
    sql: string;
    /** What the query answers. @default none */
    description?: string;
}

export interface AthenaWorkgroupArgs {
    /** Prefix of the results, `s3://bucket/folder/`. */
    resultsLocation: pulumi.Input<string>;
    /** Account that must own the results' bucket; Athena refuses any other. @default not checked */
    expectedBucketOwner?: pulumi.Input<string>;
    /** ARN of the KMS key that encrypts results. @default results are encrypted by SSE-S3 */
    kmsKeyArn?: pulumi.Input<string>;
    /** Bytes after which a query is cancelled; at least 10,485,760. @default 10737418240 (10 GiB, about 5 cents) */
    bytesScannedCutoff?: number;
    /** Glue database of the named queries. @default none; needed with namedQueries */
    databaseName?: pulumi.Input<string>;
    /** Queries kept by name in the workgroup. @default none */
    namedQueries?: NamedQuery[];
    /** Who queries what here. @default none */
    description?: string;
    /** Delete the workgroup with its queries and history when the stack is destroyed. @default false */
    forceDestroy?: boolean;
}

/**
 * A workgroup of Amazon Athena with its named queries.
 *
 * Enforces the following:
 * - the workgroup's settings override those of the client
 * - results go to `resultsLocation`, encrypted by SSE-S3 or by the key given
 * - with `expectedBucketOwner`, results go only to a bucket of that account
 * - a query is cancelled once it has scanned `bytesScannedCutoff` bytes
 * - the engine is Athena engine version 3
 * - metrics are published to CloudWatch
 * - a workgroup that holds queries is deleted only with `forceDestroy`
 */
export class AthenaWorkgroup extends pulumi.ComponentResource {
    /** Name of the workgroup: the component's. */
    public readonly workgroupName: pulumi.Output<string>;
    /** ARN of the workgroup. */
    public readonly workgroupArn: pulumi.Output<string>;
    /** Ids of the named queries, by name. */
    public readonly namedQueryIds: pulumi.Output<{ [name: string]: string }>;

    constructor(name: string, args: AthenaWorkgroupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:AthenaWorkgroup", name, args, opts);
        check(name, args);

        const workgroup = new aws.athena.Workgroup(
            `${name}-workgroup`,
            {
                name,
                description: args.description,
                forceDestroy: args.forceDestroy ?? false,
                configuration: {
                    enforceWorkgroupConfiguration: true,
                    publishCloudwatchMetricsEnabled: true,
                    bytesScannedCutoffPerQuery: args.bytesScannedCutoff ?? 10 * 1024 ** 3,
                    engineVersion: { selectedEngineVersion: "Athena engine version 3" },
                    resultConfiguration: {
                        outputLocation: args.resultsLocation,
                        expectedBucketOwner: args.expectedBucketOwner,
                        encryptionConfiguration:
                            args.kmsKeyArn === undefined
                                ? { encryptionOption: "SSE_S3" }
                                : { encryptionOption: "SSE_KMS", kmsKeyArn: args.kmsKeyArn },
                    },
                },
            },
            { parent: this },
        );
        const queries = (args.namedQueries ?? []).map((query) => ({
            name: query.name,
            id: this.createQuery(name, query, workgroup, args.databaseName ?? ""),
        }));
        this.workgroupName = workgroup.name;
        this.workgroupArn = workgroup.arn;
        this.namedQueryIds = pulumi.output(Object.fromEntries(queries.map((query) => [query.name, query.id])));
        this.registerOutputs({
            workgroupName: this.workgroupName,
            workgroupArn: this.workgroupArn,
            namedQueryIds: this.namedQueryIds,
        });
    }

    private createQuery(
        name: string,
        query: NamedQuery,
        workgroup: aws.athena.Workgroup,
        database: pulumi.Input<string>,
    ): pulumi.Output<string> {
        return new aws.athena.NamedQuery(
            `${name}-query-${query.name}`,
            {
                name: query.name,
                description: query.description,
                workgroup: workgroup.name,
                database,
                query: query.sql,
            },
            { parent: this },
        ).id;
    }
}

/** The provider's minimum, above the API's own of 10,000,000. */
const leastCutoff = 10 * 1024 ** 2;
/** Longest query string Athena takes: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const longestQuery = 262_144;

function check(name: string, args: AthenaWorkgroupArgs): void {
    const faults = new Faults(`AthenaWorkgroup "${name}"`);
    faults.unlessMatches("name", name, resourceNamePattern, resourceNameReason);
    faults.unlessMatches("resultsLocation", args.resultsLocation, s3PrefixPattern, s3PrefixReason);
    faults.unlessMatches(
        "expectedBucketOwner",
        args.expectedBucketOwner,
        /^\d{12}$/,
        "must be an account id of 12 digits",
    );
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.unlessMatches("databaseName", args.databaseName, catalogNamePattern, catalogNameReason);
    faults.unlessWhole("bytesScannedCutoff", args.bytesScannedCutoff, leastCutoff, Number.MAX_SAFE_INTEGER, "bytes");
    const queries = args.namedQueries ?? [];
    if (queries.length > 0 && args.databaseName === undefined) {
        faults.add("databaseName", "is missing: named queries need the database of their tables");
    }
    queries.forEach((query, index) => {
        faults.unlessMatches(`namedQueries[${index}].name`, query.name, resourceNamePattern, resourceNameReason);
        if (queries.findIndex((other) => other.name === query.name) < index) {
            faults.add(`namedQueries[${index}].name`, `"${query.name}" is there twice`);
        }
        if (query.sql.trim() === "" || Buffer.byteLength(query.sql) > longestQuery) {
            faults.add(`namedQueries[${index}].sql`, `must be a statement of at most ${longestQuery} bytes`);
        }
    });
    faults.throwIfAny();
}

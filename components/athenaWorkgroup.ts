import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkAthenaWorkgroup } from "./athenaWorkgroupCheck";
import { QueryAccess, type QueryGrant } from "./queryAccess";

export interface NamedQuery {
    /** Name in the workgroup. */
    name: string;
    /** One statement, with unqualified table names. */
    sql: string;
    /** What the query answers. @default none */
    description?: string;
}

export interface PreparedStatement {
    /** Name in the workgroup, as `EXECUTE name` spells it: 2 to 256 letters, digits, `_`, `@` or `:`. */
    name: string;
    /** One statement with a `?` for each parameter; the client's database is that of its unqualified tables. */
    sql: string;
    /** What the statement answers. @default none */
    description?: string;
}

export interface AthenaWorkgroupArgs {
    /** Prefix of the results, `s3://bucket/folder/`. @default none; needed unless managedResults is true */
    resultsLocation?: pulumi.Input<string>;
    /** Let Athena keep the results, for 24 hours and without a bucket; a later query cannot reuse them. @default false */
    managedResults?: boolean;
    /** Account that must own the results' bucket; Athena refuses any other. @default not checked */
    expectedBucketOwner?: pulumi.Input<string>;
    /** ARN of the KMS key that encrypts results. @default SSE-S3, or a key of AWS's for managed results */
    kmsKeyArn?: pulumi.Input<string | undefined>;
    /** Minutes for which clients may take an earlier query's result; 0 is never, a week is the most. @default 0 */
    resultReuseMinutes?: number;
    /** Bytes after which a query is cancelled; at least 10,485,760. @default 10737418240 (10 GiB, about 5 cents) */
    bytesScannedCutoff?: number;
    /** Glue database of the named queries. @default none; needed with namedQueries */
    databaseName?: pulumi.Input<string>;
    /** Queries kept by name in the workgroup. @default none */
    namedQueries?: NamedQuery[];
    /** Statements with parameters, which clients run by name. @default none */
    preparedStatements?: PreparedStatement[];
    /** Who queries what here. @default none */
    description?: string;
    /** Delete the workgroup with its queries and history when the stack is destroyed. @default false */
    forceDestroy?: boolean;
}

/**
 * A workgroup of Amazon Athena with its named queries and prepared statements.
 *
 * Results lie in a bucket of yours, or with Athena (`managedResults`): then they cost nothing and are deleted after 24
 * hours, statements that make tables name a location of their own, and results cannot be reused:
 * https://docs.aws.amazon.com/athena/latest/ug/managed-results.html. A key for managed results must let Athena use it:
 * https://docs.aws.amazon.com/athena/latest/ug/encrypting-managed-results.html.
 *
 * Enforces the following:
 * - the workgroup's settings override those of the client
 * - results go to `resultsLocation`, encrypted by SSE-S3 or by the key given
 * - with `expectedBucketOwner`, results go only to a bucket of that account
 * - no result is encrypted by less than that, even when someone lets clients choose their settings
 * - with `managedResults`, Athena keeps the results, and no bucket is named
 * - managed results and result reuse exclude each other
 * - a query is cancelled once it has scanned `bytesScannedCutoff` bytes
 * - the engine is Athena engine version 3
 * - metrics are published to CloudWatch
 * - buckets whose reader pays are refused
 * - a workgroup that holds queries is deleted only with `forceDestroy`
 */
export class AthenaWorkgroup extends pulumi.ComponentResource {
    /** Name of the workgroup: the component's. */
    public readonly workgroupName: pulumi.Output<string>;
    /** ARN of the workgroup. */
    public readonly workgroupArn: pulumi.Output<string>;
    /** Prefix of the results; none where Athena keeps them. */
    public readonly resultsLocation?: pulumi.Output<string>;
    /** ARN of the KMS key that results are encrypted by; none without one of yours. */
    public readonly resultsKmsKeyArn?: pulumi.Output<string>;
    /** Minutes that a client hands to StartQueryExecution as its ResultReuseByAgeConfiguration; 0 is no reuse. */
    public readonly resultReuseMinutes: pulumi.Output<number>;
    /** Ids of the named queries, by name. */
    public readonly namedQueryIds: pulumi.Output<{ [name: string]: string }>;
    /** Names of the prepared statements. */
    public readonly preparedStatementNames: pulumi.Output<string[]>;

    constructor(name: string, args: AthenaWorkgroupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:AthenaWorkgroup", name, args, opts);
        checkAthenaWorkgroup(name, args);

        const workgroup = new aws.athena.Workgroup(
            `${name}-workgroup`,
            {
                name,
                description: args.description,
                forceDestroy: args.forceDestroy ?? false,
                configuration: {
                    enforceWorkgroupConfiguration: true,
                    publishCloudwatchMetricsEnabled: true,
                    requesterPaysEnabled: false,
                    bytesScannedCutoffPerQuery: args.bytesScannedCutoff ?? 10 * 1024 ** 3,
                    engineVersion: { selectedEngineVersion: "Athena engine version 3" },
                    ...((args.managedResults ?? false) ? managedResults(args) : resultsInBucket(args)),
                },
            },
            { parent: this },
        );
        const queries = (args.namedQueries ?? []).map((query): [string, pulumi.Output<string>] => [
            query.name,
            this.createQuery(name, query, workgroup, args.databaseName ?? ""),
        ]);
        const statements = (args.preparedStatements ?? []).map((statement) =>
            this.createStatement(name, statement, workgroup),
        );
        this.workgroupName = workgroup.name;
        this.workgroupArn = workgroup.arn;
        this.resultsLocation = args.resultsLocation === undefined ? undefined : pulumi.output(args.resultsLocation);
        // An output without a value is no key as well, which the schema of components has no type for.
        const key = args.kmsKeyArn as pulumi.Input<string> | undefined;
        this.resultsKmsKeyArn = key === undefined ? undefined : pulumi.output(key);
        this.resultReuseMinutes = pulumi.output(args.resultReuseMinutes ?? 0);
        this.namedQueryIds = pulumi.output(Object.fromEntries(queries));
        this.preparedStatementNames = pulumi.output(statements);
        this.registerOutputs({
            workgroupName: this.workgroupName,
            workgroupArn: this.workgroupArn,
            resultsLocation: this.resultsLocation,
            resultsKmsKeyArn: this.resultsKmsKeyArn,
            resultReuseMinutes: this.resultReuseMinutes,
            namedQueryIds: this.namedQueryIds,
            preparedStatementNames: this.preparedStatementNames,
        });
    }

    /** Gives a role the rights to query some tables in this workgroup: a {@link QueryAccess} that knows the workgroup. */
    public grantQuery(name: string, grant: QueryGrant, opts?: pulumi.ComponentResourceOptions): QueryAccess {
        const { workgroupArn, resultsLocation, resultsKmsKeyArn } = this;
        return new QueryAccess(name, { ...grant, workgroupArn, resultsLocation, resultsKmsKeyArn }, opts);
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

    private createStatement(
        name: string,
        statement: PreparedStatement,
        workgroup: aws.athena.Workgroup,
    ): pulumi.Output<string> {
        return new aws.athena.PreparedStatement(
            `${name}-statement-${statement.name}`,
            {
                name: statement.name,
                description: statement.description,
                workgroup: workgroup.name,
                queryStatement: statement.sql,
            },
            { parent: this },
        ).name;
    }
}

type Configuration = aws.types.input.athena.WorkgroupConfiguration;

function resultsInBucket(args: AthenaWorkgroupArgs): Configuration {
    return {
        // Athena heeds it only where clients may choose their settings; it stays right if someone allows that:
        // https://docs.aws.amazon.com/athena/latest/ug/workgroups-minimum-encryption.html
        enableMinimumEncryptionConfiguration: true,
        resultConfiguration: {
            outputLocation: args.resultsLocation,
            expectedBucketOwner: args.expectedBucketOwner,
            encryptionConfiguration: pulumi
                .output(args.kmsKeyArn)
                .apply((kmsKeyArn) =>
                    kmsKeyArn === undefined
                        ? { encryptionOption: "SSE_S3" }
                        : { encryptionOption: "SSE_KMS", kmsKeyArn },
                ),
        },
    };
}

function managedResults(args: AthenaWorkgroupArgs): Configuration {
    const encryption = (kmsKey: string | undefined) => (kmsKey === undefined ? undefined : { kmsKey });
    return {
        managedQueryResultsConfiguration: {
            enabled: true,
            encryptionConfiguration:
                args.kmsKeyArn === undefined ? undefined : pulumi.output(args.kmsKeyArn).apply(encryption),
        },
    };
}

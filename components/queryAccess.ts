import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
    catalogNamePattern,
    catalogNameReason,
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    s3PrefixPattern,
    s3PrefixReason,
} from "./faults";
import { policyDocument } from "./iam";
import { queryStatements } from "./queryStatements";

/** Who may query what. */
export interface QueryGrant {
    /** Name of the role that gets the rights. */
    roleName: pulumi.Input<string>;
    /** Glue database of the tables. */
    databaseName: pulumi.Input<string>;
    /** Tables and views that may be queried; for a view, also the tables that it is made of. */
    tables: pulumi.Input<string>[];
    /** Prefixes of those tables' files, `s3://bucket/folder/`. */
    dataLocations: pulumi.Input<string>[];
    /** ARN of the KMS key that the files are encrypted by. @default they are encrypted by SSE-S3 */
    dataKmsKeyArn?: pulumi.Input<string | undefined>;
}

export interface QueryAccessArgs extends QueryGrant {
    /** ARN of the workgroup that the role queries in. */
    workgroupArn: pulumi.Input<string>;
    /** Prefix of the workgroup's results, `s3://bucket/folder/`. @default none: Athena keeps the results itself */
    resultsLocation?: pulumi.Input<string>;
    /** ARN of the KMS key that results are encrypted by. @default they are encrypted without a key of yours */
    resultsKmsKeyArn?: pulumi.Input<string | undefined>;
}

/**
 * The rights of a role to query some tables in one workgroup by console, CLI, SDK or JDBC, as one inline policy. The
 * role's other policies stay as they are. `AthenaWorkgroup.grantQuery` makes one that knows its workgroup.
 *
 * Enforces the following:
 * - queries are started, read and stopped in exactly the workgroup named
 * - only the tables named are found in the catalog, and none can be changed
 * - only the prefixes of `dataLocations` are read, and nothing is written but the workgroup's results
 * - results are kept: the role cannot delete them
 * - keys are used through the service that holds the data alone, that of the tables for reading only
 */
export class QueryAccess extends pulumi.ComponentResource {
    /** Name of the role, once it has the rights. */
    public readonly roleName: pulumi.Output<string>;

    constructor(name: string, args: QueryAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:QueryAccess", name, args, opts);
        check(name, args);

        const policy = new aws.iam.RolePolicy(
            `${name}-policy`,
            {
                role: args.roleName,
                policy: pulumi
                    .all([
                        pulumi.all([args.workgroupArn, args.databaseName]),
                        pulumi.all(args.tables),
                        pulumi.all(args.dataLocations),
                        pulumi.output(args.dataKmsKeyArn),
                        pulumi.output(args.resultsLocation),
                        pulumi.output(args.resultsKmsKeyArn),
                    ])
                    .apply(([[workgroupArn, databaseName], tables, dataLocations, dataKey, location, resultsKey]) =>
                        policyDocument(
                            queryStatements({
                                workgroupArn,
                                databaseName,
                                tables,
                                dataLocations,
                                dataKmsKeyArn: dataKey,
                                resultsLocation: location,
                                resultsKmsKeyArn: resultsKey,
                            }),
                        ),
                    ),
            },
            { parent: this },
        );
        this.roleName = pulumi.all([policy.role, policy.id]).apply(([role]) => role);
        this.registerOutputs({ roleName: this.roleName });
    }
}

function check(name: string, args: QueryAccessArgs): void {
    const faults = new Faults(`QueryAccess "${name}"`);
    faults.unlessMatches(
        "roleName",
        args.roleName,
        /^[\w+=,.@-]{1,64}$/,
        "must be the name of an IAM role, not its ARN: 1 to 64 letters, digits or _+=,.@-",
    );
    faults.unlessMatches(
        "workgroupArn",
        args.workgroupArn,
        /^arn:[a-z-]+:athena:[a-z0-9-]+:\d{12}:workgroup\/[a-zA-Z0-9._-]{1,128}$/,
        "must be the ARN of a workgroup: arn:aws:athena:region:account:workgroup/name",
    );
    faults.unlessMatches("resultsLocation", args.resultsLocation, s3PrefixPattern, s3PrefixReason);
    faults.unlessMatches("resultsKmsKeyArn", args.resultsKmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.unlessMatches("databaseName", args.databaseName, catalogNamePattern, catalogNameReason);
    if (args.tables.length === 0) {
        faults.add("tables", "is empty: name the tables that the role may query");
    }
    args.tables.forEach((table, index) =>
        faults.unlessMatches(`tables[${index}]`, table, catalogNamePattern, catalogNameReason),
    );
    if (args.dataLocations.length === 0) {
        faults.add("dataLocations", "is empty: name the prefixes of the tables' files");
    }
    args.dataLocations.forEach((location, index) =>
        faults.unlessMatches(`dataLocations[${index}]`, location, s3PrefixPattern, s3PrefixReason),
    );
    faults.unlessMatches("dataKmsKeyArn", args.dataKmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.throwIfAny();
}

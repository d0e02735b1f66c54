/** The three services by which Glue keeps an Iceberg table in shape, and the role they run as. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { catalogStatements, keyStatements, readStatements, splitArn, type Statement } from "./iam";
import { identityOf } from "./identity";
import type { LakeTableArgs } from "./lakeTable";
import { createRole } from "./role";
import { objectArns } from "./s3Uri";

/** Glue's own defaults: https://docs.aws.amazon.com/glue/latest/dg/table-optimizers.html */
const defaultSnapshotDays = 5;
const defaultOrphanDays = 3;

type OptimizerType = "compaction" | "retention" | "orphan_file_deletion";

/** @param name of the table's component; what is made is named after it. */
export function createOptimizers(
    name: string,
    args: LakeTableArgs,
    table: aws.glue.CatalogTable,
    location: pulumi.Output<string>,
    parent: pulumi.Resource,
): void {
    const account = identityOf(parent).accountId;
    const roleArn = args.optimizerRoleArn ?? createOptimizerRole(name, args, table, location, account, parent);
    const optimizer = (
        type: OptimizerType,
        settings: Partial<aws.types.input.glue.CatalogTableOptimizerConfiguration> = {},
    ) =>
        new aws.glue.CatalogTableOptimizer(
            `${name}-${type.replaceAll("_", "-")}`,
            {
                catalogId: account,
                databaseName: table.databaseName,
                tableName: table.name,
                type,
                configuration: { roleArn, enabled: true, ...settings },
            },
            { parent },
        );
    if (args.compaction ?? true) {
        optimizer("compaction");
    }
    optimizer("retention", {
        retentionConfiguration: {
            icebergConfiguration: {
                snapshotRetentionPeriodInDays: args.snapshotRetentionDays ?? defaultSnapshotDays,
                numberOfSnapshotsToRetain: 1,
                cleanExpiredFiles: true,
            },
        },
    });
    optimizer("orphan_file_deletion", {
        orphanFileDeletionConfiguration: {
            icebergConfiguration: {
                orphanFileRetentionPeriodInDays: args.orphanFileDays ?? defaultOrphanDays,
                location,
            },
        },
    });
}

function createOptimizerRole(
    name: string,
    args: LakeTableArgs,
    table: aws.glue.CatalogTable,
    location: pulumi.Output<string>,
    account: pulumi.Output<string>,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const partition = identityOf(parent).partition;
    return createRole(
        `${name}-optimizer-role`,
        {
            service: "glue.amazonaws.com",
            sourceAccount: account,
            description: `Optimizers of the Iceberg table ${args.tableName}`,
            statements: pulumi
                .all([partition, location, table.arn, args.kmsKeyArn])
                .apply(([part, uri, tableArn, key]) => optimizerRights(part, uri, tableArn, key)),
        },
        parent,
    );
}

/** https://docs.aws.amazon.com/glue/latest/dg/optimization-prerequisites.html */
function optimizerRights(
    partition: string,
    location: string,
    tableArn: string,
    kmsKeyArn: string | undefined,
): Statement[] {
    const [root] = splitArn(tableArn.replace(":glue:", ":logs:"));
    return [
        ...readStatements(partition, [location]),
        {
            Sid: "Write",
            Effect: "Allow",
            Action: ["s3:DeleteObject", "s3:PutObject"],
            Resource: objectArns(partition, [location]),
        },
        ...keyStatements(kmsKeyArn),
        ...catalogStatements("Catalog", [tableArn], ["glue:GetTable", "glue:UpdateTable"]),
        {
            // The optimizers of all tables of an account share these groups; the first run makes them.
            Sid: "Logs",
            Effect: "Allow",
            Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: ["compaction", "retention", "orphan-file-deletion"].map(
                (kind) => `${root}:log-group:/aws-glue/iceberg-${kind}/logs:*`,
            ),
        },
    ];
}

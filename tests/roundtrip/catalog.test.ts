import * as aws from "@pulumi/aws";
import { itGoesRound } from "./roundTrip";

itGoesRound({
    name: "catalog and quality",
    program: (pick) => {
        const tags = { team: pick("lake", "sea"), [pick("a", "b")]: "c" };
        const bucket = new aws.s3.Bucket("bucket", { bucket: "roundtrip-catalog", forceDestroy: true });
        const database = new aws.glue.CatalogDatabase("database", {
            name: "sales",
            description: pick("Sales", "All sales"),
            tags,
        });
        const table = new aws.glue.CatalogTable("table", {
            name: "orders",
            databaseName: database.name,
            description: pick("Orders", "All orders"),
            tableType: "EXTERNAL_TABLE",
            parameters: {
                classification: "parquet",
                compressionType: pick("zstd", "snappy"),
                "projection.enabled": "false",
            },
            partitionKeys: [{ name: "year", type: "int", comment: "of the sale" }],
            storageDescriptor: {
                location: bucket.bucket.apply((name) => `s3://${name}/orders/`),
                inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                compressed: true,
                columns: [
                    { name: "id", type: "string", comment: pick("key", "the key") },
                    ...pick([], [{ name: "total", type: "decimal(10,2)" }]),
                ],
                serDeInfo: {
                    serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                    parameters: { "serialization.format": "1" },
                },
            },
        });
        const iceberg = new aws.glue.CatalogTable(
            "iceberg",
            {
                name: "facts",
                databaseName: database.name,
                tableType: "EXTERNAL_TABLE",
                openTableFormatInput: { icebergInput: { metadataOperation: "CREATE", version: "2" } },
                storageDescriptor: {
                    location: bucket.bucket.apply((name) => `s3://${name}/facts`),
                    columns: [{ name: "id", type: "string" }],
                },
            },
            { ignoreChanges: ["openTableFormatInput", "parameters", "storageDescriptor"] },
        );
        const role = new aws.iam.Role("role", {
            name: "optimizer",
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "glue.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            }),
        });
        const optimizer = (type: string, settings: object) =>
            new aws.glue.CatalogTableOptimizer(type, {
                catalogId: "000000000000",
                databaseName: database.name,
                tableName: iceberg.name,
                type,
                configuration: { roleArn: role.arn, enabled: true, ...settings },
            });
        optimizer("compaction", {});
        optimizer("retention", {
            retentionConfiguration: {
                icebergConfiguration: {
                    snapshotRetentionPeriodInDays: pick(5, 7),
                    numberOfSnapshotsToRetain: 1,
                    cleanExpiredFiles: true,
                },
            },
        });
        optimizer("orphan_file_deletion", {
            orphanFileDeletionConfiguration: { icebergConfiguration: { orphanFileRetentionPeriodInDays: pick(3, 4) } },
        });
        new aws.glue.DataQualityRuleset("ruleset", {
            name: "orders",
            description: pick("Orders", "All orders"),
            ruleset: pick('Rules = [ IsComplete "id" ]', 'Rules = [ IsComplete "id", RowCount > 0 ]'),
            targetTable: { databaseName: database.name, tableName: table.name },
            tags,
        });
    },
});

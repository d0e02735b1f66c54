import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { itGoesRound } from "./roundTrip";

itGoesRound({
    name: "Lake Formation",
    program: (pick) => {
        const role = (name: string) =>
            new aws.iam.Role(name, {
                name,
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        { Effect: "Allow", Principal: { Service: "glue.amazonaws.com" }, Action: "sts:AssumeRole" },
                    ],
                }),
            });
        const admin = role("admin");
        const reader = role("reader");
        const bucket = new aws.s3.Bucket("bucket", { bucket: "roundtrip-formation", forceDestroy: true });
        const settings = new aws.lakeformation.DataLakeSettings("settings", {
            admins: pick([admin.arn], [admin.arn, reader.arn]),
            parameters: { CROSS_ACCOUNT_VERSION: "4" },
        });
        const after = { dependsOn: settings };
        const location = new aws.lakeformation.Resource(
            "location",
            { arn: bucket.arn, roleArn: admin.arn, hybridAccessEnabled: true },
            after,
        );
        const database = new aws.glue.CatalogDatabase("database", { name: "sales" });
        const table = new aws.glue.CatalogTable("table", {
            name: "orders",
            databaseName: database.name,
            storageDescriptor: { columns: [{ name: "id", type: "string" }] },
        });
        const tag = new aws.lakeformation.LfTag(
            "tag",
            { key: "zone", values: pick(["silver", "gold"], ["silver", "bronze"]) },
            after,
        );
        new aws.lakeformation.ResourceLfTags(
            "tags-of-database",
            { database: { name: database.name }, lfTags: [{ key: tag.key, value: "silver" }] },
            after,
        );
        new aws.lakeformation.Permissions(
            "on-location",
            { principal: reader.arn, permissions: ["DATA_LOCATION_ACCESS"], dataLocation: { arn: location.arn } },
            after,
        );
        new aws.lakeformation.Permissions(
            "on-table",
            {
                principal: reader.arn,
                permissions: ["SELECT", "DESCRIBE"],
                table: { databaseName: database.name, name: table.name },
            },
            after,
        );
        new aws.lakeformation.Permissions(
            "by-tag",
            {
                principal: reader.arn,
                permissions: ["DESCRIBE"],
                lfTagPolicy: { resourceType: "DATABASE", expressions: [{ key: tag.key, values: ["silver"] }] },
            },
            after,
        );
    },
    // They are the account's: the provider empties them.
    afterwards: async (local) => {
        const { DataLakeSettings } = await local.cliJson<{ DataLakeSettings: { DataLakeAdmins: unknown[] } }>(
            "lakeformation",
            "get-data-lake-settings",
        );
        assert.deepEqual(DataLakeSettings.DataLakeAdmins, []);
    },
});

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { json, parquet, provider } from "../provider";

const bucket = new aws.s3.Bucket("lake", {}, { provider });
const database = new aws.glue.CatalogDatabase("lake", { name: "lake" }, { provider });

new aws.glue.CatalogTable(
    "raw-sales",
    {
        name: "raw_sales",
        databaseName: database.name,
        tableType: "EXTERNAL_TABLE",
        parameters: { classification: "json", "lakeworks:zone": "bronze" },
        storageDescriptor: { ...json, location: pulumi.interpolate`s3://${bucket.id}/raw/` },
    },
    { provider },
);

new aws.glue.CatalogTable(
    "sales",
    {
        name: "sales",
        databaseName: database.name,
        tableType: "EXTERNAL_TABLE",
        parameters: { classification: "parquet", "lakeworks:zone": "silver" },
        storageDescriptor: { ...parquet, location: pulumi.interpolate`s3://${bucket.id}/sales/` },
        partitionKeys: [
            { name: "year", type: "int" },
            { name: "month", type: "int" },
        ],
    },
    { provider },
);

new aws.athena.NamedQuery(
    "summary",
    {
        name: "summary",
        database: database.name,
        query: "CREATE TABLE summary WITH (format = 'PARQUET', partitioned_by = ARRAY['year']) AS SELECT a, year FROM sales",
    },
    { provider },
);

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { json, parquet, provider } from "../provider";

const bucket = new aws.s3.Bucket("silver", {}, { provider });
const database = new aws.glue.CatalogDatabase("lake", { name: "lake" }, { provider });

new aws.glue.CatalogTable(
    "json-sales",
    {
        name: "json_sales",
        databaseName: database.name,
        tableType: "EXTERNAL_TABLE",
        parameters: { classification: "json", "lakeworks:zone": "silver" },
        storageDescriptor: { ...json, location: pulumi.interpolate`s3://${bucket.id}/json_sales/` },
        partitionKeys: [{ name: "year", type: "int" }],
    },
    { provider },
);

new aws.glue.CatalogTable(
    "flat-sales",
    {
        name: "flat_sales",
        databaseName: database.name,
        tableType: "EXTERNAL_TABLE",
        parameters: { classification: "parquet", "lakeworks:zone": "silver" },
        storageDescriptor: { ...parquet, location: pulumi.interpolate`s3://${bucket.id}/flat_sales/` },
    },
    { provider },
);

new aws.athena.NamedQuery(
    "summary",
    {
        name: "summary",
        database: database.name,
        query: "CREATE TABLE summary WITH (format = 'AVRO', partitioned_by = ARRAY['year']) AS SELECT a, year FROM sales",
    },
    { provider },
);

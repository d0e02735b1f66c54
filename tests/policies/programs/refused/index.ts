import * as aws from "@pulumi/aws";
import { json, parquet, provider } from "../provider";

const database = new aws.glue.CatalogDatabase("lake", { name: "lake" }, { provider });

new aws.glue.CatalogTable(
    "json-sales",
    {
        name: "json_sales",
        databaseName: database.name,
        tableType: "EXTERNAL_TABLE",
        parameters: { classification: "json", "lakeworks:zone": "silver" },
        storageDescriptor: { ...json, location: "s3://acme-lake/json_sales/" },
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
        storageDescriptor: { ...parquet, location: "s3://acme-lake/flat_sales/" },
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

new aws.glue.Crawler(
    "processed",
    {
        databaseName: database.name,
        role: "arn:aws:iam::123456789012:role/crawler",
        catalogTargets: [{ databaseName: database.name, tables: ["json_sales", "flat_sales"] }],
        schemaChangePolicy: { updateBehavior: "LOG", deleteBehavior: "LOG" },
    },
    { provider },
);

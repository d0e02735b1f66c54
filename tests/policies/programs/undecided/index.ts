import * as aws from "@pulumi/aws";
import { parquet, provider } from "../provider";

const bucket = new aws.s3.Bucket("lake", {}, { provider });

new aws.glue.CatalogTable(
    "sales",
    {
        name: "sales",
        databaseName: "lake",
        parameters: { classification: "parquet" },
        // Made by `apply` of a value that AWS gives: all of it is unknown in the preview, the formats too.
        storageDescriptor: bucket.arn.apply((arn) => ({
            ...parquet,
            location: `s3://${arn.split(":").at(-1)}/sales/`,
        })),
        partitionKeys: [{ name: "year", type: "int" }],
    },
    { provider },
);

new aws.athena.NamedQuery(
    "raw",
    {
        name: "raw",
        database: "lake",
        query: "CREATE EXTERNAL TABLE raw (a int) STORED AS TEXTFILE LOCATION 's3://lake/raw/'",
    },
    { provider },
);

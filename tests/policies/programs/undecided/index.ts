import * as aws from "@pulumi/aws";
import { parquet, provider } from "../provider";

const key = new aws.kms.Key("lake", { enableKeyRotation: true }, { provider });

new aws.glue.CatalogTable(
    "sales",
    {
        name: "sales",
        databaseName: "lake",
        parameters: { classification: "parquet" },
        // Made by `apply` of a value that AWS gives: all of it is unknown in the preview, the formats too.
        storageDescriptor: key.keyId.apply((id) => ({
            ...parquet,
            location: `s3://lake-${id}/sales/`,
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
        query: "CREATE TABLE raw PARTITIONED WITH nothing",
    },
    { provider },
);

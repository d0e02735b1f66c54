// A transformation of the table's options makes it text.
import * as aws from "@pulumi/aws";
import { columns, csv, keys, location, parquet, silver } from "../../kit";

new aws.glue.CatalogTable(
    "by-a-transformation",
    {
        name: "sales",
        databaseName: "lake",
        parameters: silver,
        storageDescriptor: { ...parquet, columns, location },
        partitionKeys: keys,
    },
    {
        transformations: [
            ({ props, opts }) => ({ props: { ...props, storageDescriptor: { ...csv, columns, location } }, opts }),
        ],
    },
);

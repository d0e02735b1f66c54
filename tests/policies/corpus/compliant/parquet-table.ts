// A silver table of Parquet, partitioned, declared by the raw resource.
import * as aws from "@pulumi/aws";
import { columns, keys, location, parquet } from "../kit";

new aws.glue.CatalogTable("sales", {
    name: "sales",
    databaseName: "lake",
    parameters: { classification: "parquet", "lakeworks:zone": "silver" },
    storageDescriptor: { ...parquet, columns, location },
    partitionKeys: keys,
});

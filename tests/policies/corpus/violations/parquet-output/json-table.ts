// A silver table of JSON lines, declared by the raw resource.
import * as aws from "@pulumi/aws";
import { columns, json, keys, location } from "../../kit";

new aws.glue.CatalogTable("json-table", {
    name: "sales",
    databaseName: "lake",
    parameters: { classification: "json", "lakeworks:zone": "silver" },
    storageDescriptor: { ...json, columns, location },
    partitionKeys: keys,
});

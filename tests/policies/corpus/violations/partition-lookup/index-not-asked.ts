// A partition index that Athena does not ask.
import * as aws from "@pulumi/aws";
import { silver, table } from "../../kit";

const sales = table("sales", { parameters: { ...silver, "lakeworks:partitions": "20000" } });
new aws.glue.PartitionIndex("sales", {
    databaseName: sales.databaseName,
    tableName: sales.name,
    partitionIndex: { indexName: "keys", keys: ["year", "month"] },
});

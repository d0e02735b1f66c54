import * as aws from "@pulumi/aws";
import { LakeTable } from "..";

const database = new aws.glue.CatalogDatabase("weather", { name: "weather" });

/** Parquet files under s3://my-silver/readings/year=…/month=…/, found in the catalog by a partition index. */
export const readings = new LakeTable("readings", {
    databaseName: database.name,
    tableName: "readings",
    location: "s3://my-silver/readings/",
    columns: [
        { name: "station", type: "string", comment: "Code of the weather station." },
        { name: "measured_at", type: "timestamp" },
        { name: "celsius", type: "decimal(4,1)" },
    ],
    partitionKeys: [
        { name: "year", type: "int" },
        { name: "month", type: "int" },
    ],
}).tableArn;

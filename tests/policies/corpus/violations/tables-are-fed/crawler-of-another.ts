// A crawler of another table.
import { columns, crawler, parquet, table } from "../../kit";

table("sales");
table("orders", { name: "orders", storageDescriptor: { ...parquet, columns, location: "s3://lake-silver/orders/" } });
crawler("orders", {
    catalogTargets: [{ databaseName: "lake", tables: ["orders"] }],
    schemaChangePolicy: { updateBehavior: "LOG", deleteBehavior: "LOG" },
});

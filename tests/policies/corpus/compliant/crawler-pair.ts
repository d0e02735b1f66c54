// A crawler of raw data, and one that keeps a declared table.
import { crawler, table } from "../kit";

table("sales");
crawler("raw", { tablePrefix: "raw_", s3Targets: [{ path: "s3://lake-bronze/sales/" }] });
crawler("processed", {
    catalogTargets: [{ databaseName: "lake", tables: ["sales"] }],
    schemaChangePolicy: { updateBehavior: "LOG", deleteBehavior: "LOG" },
});

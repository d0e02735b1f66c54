// Two crawlers of two tables.
import { crawler } from "../kit";

crawler("sales", { tablePrefix: "raw_", s3Targets: [{ path: "s3://lake-bronze/sales/" }] });
crawler("orders", { tablePrefix: "raw_", s3Targets: [{ path: "s3://lake-bronze/orders/" }] });
crawler("partner", { databaseName: "partner", tablePrefix: "raw_", s3Targets: [{ path: "s3://partner/orders/" }] });

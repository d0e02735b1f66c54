// A crawler that makes a table which is declared.
import { crawler, job, table } from "../../kit";

table("sales");
job("etl");
crawler("raw", { s3Targets: [{ path: "s3://lake-bronze/sales/" }] });

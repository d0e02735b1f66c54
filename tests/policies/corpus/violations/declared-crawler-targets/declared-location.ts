// A crawler at the location of a declared table.
import { columns, crawler, parquet, table } from "../../kit";

table("sales", { storageDescriptor: { ...parquet, columns, location: "s3://acme/processed/sales/" } });
crawler("processed", { tablePrefix: "p_", s3Targets: [{ path: "s3://acme/processed/sales" }] });

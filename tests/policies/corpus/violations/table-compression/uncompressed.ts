// Parquet without compression.
import { silver, table } from "../../kit";

table("uncompressed", { parameters: { ...silver, "parquet.compression": "UNCOMPRESSED" } });

// Parquet without compression.
import { silver, table } from "../../kit";

table("sales", { parameters: { ...silver, "parquet.compression": "UNCOMPRESSED" } });

// Compressed inside the file.
import { silver, table } from "../kit";

table("sales", { parameters: { ...silver, compressionType: "none", "parquet.compression": "SNAPPY" } });

// Only the input format is another.
import { columns, json, location, parquet, table } from "../../kit";

table("input-format-only", { storageDescriptor: { ...parquet, inputFormat: json.inputFormat, columns, location } });

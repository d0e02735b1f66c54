// Only the output format is another: INSERT would write text.
import { columns, json, location, parquet, table } from "../../kit";

table("output-format-only", { storageDescriptor: { ...parquet, outputFormat: json.outputFormat, columns, location } });

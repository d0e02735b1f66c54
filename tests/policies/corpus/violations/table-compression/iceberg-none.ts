// Iceberg without compression.
import { iceberg } from "../../kit";

iceberg("sales", { properties: { "write.parquet.compression-codec": "none" } });

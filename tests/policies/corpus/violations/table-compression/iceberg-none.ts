// Iceberg without compression.
import { iceberg } from "../../kit";

iceberg("iceberg-none", { properties: { "write.parquet.compression-codec": "none" } });

// Iceberg that says so, with bucket and day.
import { iceberg } from "../kit";

iceberg("sales", {
    properties: { "write.format.default": "PARQUET", "write.parquet.compression-codec": "zstd" },
    partitionSpec: {
        fields: [
            { name: "sold_day", sourceId: 2, transform: "day" },
            { name: "customer", sourceId: 1, transform: "bucket[16]" },
        ],
    },
});

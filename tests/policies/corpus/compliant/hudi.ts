// Hudi's input format reads Parquet.
import { columns, location, parquet, table } from "../kit";

table("sales", {
    parameters: { classification: "hudi" },
    storageDescriptor: {
        ...parquet,
        inputFormat: "org.apache.hudi.hadoop.HoodieParquetInputFormat",
        columns,
        location,
    },
});

// Parquet in capitals, keys in capitals of a numeric type.
import { table } from "../kit";

table("sales", {
    tableType: "external_table",
    parameters: { classification: "PARQUET", "lakeworks:zone": "Gold" },
    partitionKeys: [{ name: "YEAR", type: "INT" }],
});

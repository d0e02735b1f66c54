// Raw data stays as it arrived.
import { columns, json, table } from "../kit";

table("raw", {
    parameters: { classification: "json", "lakeworks:zone": "bronze" },
    storageDescriptor: { ...json, columns, location: "s3://lake-bronze/sales/" },
    partitionKeys: [{ name: "ingest_date", type: "string" }],
});

// However it is written.
import { columns, csv, table } from "../kit";

table("raw", {
    parameters: { classification: "csv", "lakeworks:zone": "BRONZE" },
    storageDescriptor: { ...csv, columns, location: "s3://lake-bronze/sales/" },
    partitionKeys: [],
});

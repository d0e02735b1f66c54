// A query that inserts into a table of JSON.
import { columns, json, query, table } from "../../kit";

table("raw", {
    name: "raw_sales",
    parameters: { classification: "json", "lakeworks:zone": "bronze" },
    storageDescriptor: { ...json, columns, location: "s3://lake-bronze/sales/" },
});
query("add", "INSERT INTO raw_sales SELECT * FROM sales");

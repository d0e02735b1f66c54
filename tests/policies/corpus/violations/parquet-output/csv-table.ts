// A gold table of CSV.
import { columns, csv, location, table } from "../../kit";

table("csv-table", {
    parameters: { classification: "csv", "lakeworks:zone": "gold" },
    storageDescriptor: { ...csv, columns, location },
});

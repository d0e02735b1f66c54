// In capitals it is still JSON.
import { columns, json, location, table } from "../../kit";

table("uppercase", {
    tableType: "external_table",
    parameters: { classification: "JSON", "lakeworks:zone": "SILVER" },
    storageDescriptor: { ...json, columns, location },
});

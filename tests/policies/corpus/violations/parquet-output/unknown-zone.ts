// So does one of a zone that nobody knows.
import { columns, json, location, table } from "../../kit";

table("unknown-zone", {
    parameters: { classification: "json", "lakeworks:zone": "refined" },
    storageDescriptor: { ...json, columns, location },
});

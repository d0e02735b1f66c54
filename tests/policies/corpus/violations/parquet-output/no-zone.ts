// A table that says nothing of its zone counts as silver.
import { columns, json, location, table } from "../../kit";

table("no-zone", { parameters: { classification: "json" }, storageDescriptor: { ...json, columns, location } });

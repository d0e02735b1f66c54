// A table that says nothing of its zone counts as silver.
import { columns, json, location, table } from "../../kit";

table("sales", { parameters: { classification: "json" }, storageDescriptor: { ...json, columns, location } });

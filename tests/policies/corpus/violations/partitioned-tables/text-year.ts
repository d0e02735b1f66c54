// A year as text: `year = 2026` fails.
import { table } from "../../kit";

table("text-year", { partitionKeys: [{ name: "year", type: "string" }] });

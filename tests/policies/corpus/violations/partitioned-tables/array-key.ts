// A key of a type that no query compares.
import { table } from "../../kit";

table("array-key", { partitionKeys: [{ name: "tags", type: "array<string>" }] });

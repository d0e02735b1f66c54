// A key without a type is text.
import { table } from "../../kit";

table("untyped-day", { partitionKeys: [{ name: "day" }] });

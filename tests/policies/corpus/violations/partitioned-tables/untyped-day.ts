// A key without a type is text.
import { table } from "../../kit";

table("sales", { partitionKeys: [{ name: "day" }] });

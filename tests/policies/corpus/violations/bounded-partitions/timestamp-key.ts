// A partition for each instant.
import { table } from "../../kit";

table("sales", { partitionKeys: [{ name: "sold", type: "timestamp" }] });

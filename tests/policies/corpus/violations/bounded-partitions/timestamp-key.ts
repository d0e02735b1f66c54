// A partition for each instant.
import { table } from "../../kit";

table("timestamp-key", { partitionKeys: [{ name: "sold", type: "timestamp" }] });

// A fourth level.
import { table } from "../../kit";

table("sales", {
    partitionKeys: ["year", "month", "day", "hour"].map((name) => ({ name, type: "int" })),
});

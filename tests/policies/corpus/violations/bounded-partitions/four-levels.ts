// A fourth level.
import { table } from "../../kit";

table("four-levels", {
    partitionKeys: ["year", "month", "day", "hour"].map((name) => ({ name, type: "int" })),
});

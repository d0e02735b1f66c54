// The same by another name of the type.
import { table } from "../../kit";

table("text-month-in-capitals", {
    partitionKeys: [
        { name: "year", type: "int" },
        { name: "Month", type: "VARCHAR(2)" },
    ],
});

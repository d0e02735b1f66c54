// The same by another name of the type.
import { table } from "../../kit";

table("sales", {
    partitionKeys: [
        { name: "year", type: "int" },
        { name: "Month", type: "VARCHAR(2)" },
    ],
});

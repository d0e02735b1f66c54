// A date and a text of few values.
import { table } from "../kit";

table("sales", {
    partitionKeys: [
        { name: "day", type: "date" },
        { name: "region", type: "string" },
    ],
});

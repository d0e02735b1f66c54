// A projection of more than a million partitions.
import { silver, table } from "../../kit";

table("wide-projection", {
    parameters: {
        ...silver,
        "projection.enabled": "true",
        "projection.year.type": "integer",
        "projection.year.range": "1900,2100",
        "projection.month.type": "integer",
        "projection.month.range": "1,9999",
    },
});

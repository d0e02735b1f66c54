// A projection by the minute over three years.
import { silver, table } from "../../kit";

table("projection-by-minute", {
    partitionKeys: [{ name: "at", type: "string" }],
    parameters: {
        ...silver,
        "projection.enabled": "TRUE",
        "projection.at.type": "date",
        "projection.at.format": "yyyy-MM-dd-HH-mm",
        "projection.at.range": "NOW-3YEARS,NOW",
        "projection.at.interval": "1",
        "projection.at.interval.unit": "MINUTES",
    },
});

// A projection by month over ten years.
import { silver, table } from "../kit";

table("sales", {
    parameters: {
        ...silver,
        "projection.enabled": "true",
        "projection.year.type": "integer",
        "projection.year.range": "2020,2030",
        "projection.month.type": "integer",
        "projection.month.range": "1,12",
        "storage.location.template": "s3://lake-silver/sales/year=${year}/month=${month}/",
        "lakeworks:partitions": "20000",
    },
});

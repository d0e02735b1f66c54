// A job that writes beside the declared table.
import { job, table } from "../../kit";

table("sales");
job("etl", { defaultArguments: { "--target": "s3://lake-silver/orders/" } });
job("other");

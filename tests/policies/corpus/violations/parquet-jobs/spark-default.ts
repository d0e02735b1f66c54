// Spark's own default is changed.
import { job, location, table } from "../../kit";

table("sales");
job("etl", { defaultArguments: { "--target": location, "--conf": "spark.sql.sources.default=json" } });

// Spark's own default is changed.
import { job, location, table } from "../../kit";

table("spark-default");
job("spark-default", { defaultArguments: { "--target": location, "--conf": "spark.sql.sources.default=json" } });

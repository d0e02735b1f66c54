// A job that is told to write CSV.
import { job, location, table } from "../../kit";

table("sales");
job("etl", { defaultArguments: { "--target": location, "--output-format": "csv" } });

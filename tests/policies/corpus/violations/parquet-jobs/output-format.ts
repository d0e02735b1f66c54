// A job that is told to write CSV.
import { job, location, table } from "../../kit";

table("output-format");
job("output-format", { defaultArguments: { "--target": location, "--output-format": "csv" } });

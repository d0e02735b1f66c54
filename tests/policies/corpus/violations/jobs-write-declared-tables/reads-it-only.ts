// A job that reads the declared table, and writes who knows where.
import { job, location, table } from "../../kit";

table("sales");
job("etl", { defaultArguments: { "--source": location, "--target": "s3://elsewhere/out/" } });
job("other");

// A job that is told to write without partitions.
import { job, location, table } from "../../kit";

table("sales");
job("etl", { defaultArguments: { "--target": location, "--partition-keys": "" } });

// A job that is told to write without partitions.
import { job, location, table } from "../../kit";

table("no-partition-columns");
job("no-partition-columns", { defaultArguments: { "--target": location, "--partition-keys": "" } });

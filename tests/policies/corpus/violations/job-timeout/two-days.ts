// A job that may run for two days.
import { job, table } from "../../kit";

table("sales");
job("etl", { timeout: 2880 });

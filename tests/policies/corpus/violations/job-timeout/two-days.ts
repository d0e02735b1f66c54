// A job that may run for two days.
import { job, table } from "../../kit";

table("two-days");
job("two-days", { timeout: 2880 });

// A job on an old Glue.
import { job, table } from "../../kit";

table("sales");
job("etl", { glueVersion: "2.0" });

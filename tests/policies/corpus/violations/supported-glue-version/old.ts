// A job on an old Glue.
import { job, table } from "../../kit";

table("old");
job("old", { glueVersion: "2.0" });

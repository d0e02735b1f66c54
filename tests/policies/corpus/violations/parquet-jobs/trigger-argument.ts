// A trigger that starts the job with another format.
import * as aws from "@pulumi/aws";
import { job, table } from "../../kit";

table("trigger-argument");
const etl = job("trigger-argument");
new aws.glue.Trigger("trigger-argument", {
    name: "nightly",
    type: "SCHEDULED",
    schedule: "cron(0 2 * * ? *)",
    actions: [{ jobName: etl.name, arguments: { "--output_format": "csv" } }],
});

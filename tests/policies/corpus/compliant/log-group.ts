// A log group without a retention gets one.
import * as aws from "@pulumi/aws";

new aws.cloudwatch.LogGroup("etl", { name: "/etl" });

// A queue whose encryption is switched off.
import * as aws from "@pulumi/aws";

new aws.sqs.Queue("events", { name: "events", sqsManagedSseEnabled: false });

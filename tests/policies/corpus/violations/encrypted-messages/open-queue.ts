// A queue whose encryption is switched off.
import * as aws from "@pulumi/aws";

new aws.sqs.Queue("open-queue", { name: "events", sqsManagedSseEnabled: false });

// A key that never rotates.
import * as aws from "@pulumi/aws";

new aws.kms.Key("lake", { description: "lake", enableKeyRotation: false });

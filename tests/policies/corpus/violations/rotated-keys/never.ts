// A key that never rotates.
import * as aws from "@pulumi/aws";

new aws.kms.Key("never", { description: "lake", enableKeyRotation: false });

// A workgroup without a limit.
import * as aws from "@pulumi/aws";

new aws.athena.Workgroup("no-cutoff", {
    name: "analysts",
    configuration: {
        resultConfiguration: {
            outputLocation: "s3://acme-results/",
            encryptionConfiguration: { encryptionOption: "SSE_S3" },
        },
    },
});

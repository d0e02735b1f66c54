// A workgroup that decides, with a limit.
import * as aws from "@pulumi/aws";

new aws.athena.Workgroup("analysts", {
    name: "analysts",
    configuration: {
        bytesScannedCutoffPerQuery: 10 * 1024 ** 3,
        resultConfiguration: {
            outputLocation: "s3://acme-results/",
            encryptionConfiguration: { encryptionOption: "SSE_S3" },
        },
    },
});

// A workgroup in which clients choose.
import * as aws from "@pulumi/aws";

new aws.athena.Workgroup("clients-choose", {
    name: "analysts",
    configuration: {
        enforceWorkgroupConfiguration: false,
        bytesScannedCutoffPerQuery: 10 * 1024 ** 3,
        resultConfiguration: {
            outputLocation: "s3://acme-results/",
            encryptionConfiguration: { encryptionOption: "SSE_S3" },
        },
    },
});

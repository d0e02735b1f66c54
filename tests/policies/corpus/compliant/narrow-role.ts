// A role that names what it does.
import * as aws from "@pulumi/aws";

new aws.iam.RolePolicy("etl", {
    role: "etl",
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::acme-lake/sales/*" },
            { Effect: "Allow", Action: "cloudwatch:PutMetricData", Resource: "*" },
        ],
    }),
});

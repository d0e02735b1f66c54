/** A team of analysts beside the lake: a role, a workgroup, and read access to the gold of one dataset. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AthenaWorkgroup, lakeOutputsOf } from "lakeworks";

const config = new pulumi.Config();
const dataset = config.get("dataset") ?? "sales";
const lake = lakeOutputsOf(new pulumi.StackReference(config.require("lake")));
const database = lake.datasets.apply((datasets) => {
    const found = datasets[dataset];
    if (found === undefined) {
        const known = Object.keys(datasets).join(", ");
        throw new pulumi.RunError(`The lake has no dataset "${dataset}": set analysts:dataset to one of ${known}.`);
    }
    return found.database;
});

const { accountId } = aws.getCallerIdentityOutput();
const { partition } = aws.getPartitionOutput();
const role = new aws.iam.Role("analysts", {
    description: `Queries the gold of ${dataset}`,
    // For whom the account lets take it; a team with single sign-on names its own role here.
    assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
                Action: "sts:AssumeRole",
            },
        ],
    }),
});

const workgroup = new AthenaWorkgroup(`analysts-${pulumi.getStack()}`, {
    description: `Questions about the gold of ${dataset}`,
    resultsLocation: pulumi.interpolate`s3://${lake.buckets.athenaResults}/analysts/`,
    expectedBucketOwner: accountId,
    kmsKeyArn: lake.kmsKeyArn,
    resultReuseMinutes: 60,
    bytesScannedCutoff: 1024 ** 3,
    // Its queries' history goes with the team's stack.
    forceDestroy: true,
});
workgroup.grantQuery("analysts-gold", {
    roleName: role.name,
    databaseName: database,
    tables: config.requireObject<string[]>("tables"),
    dataLocations: [pulumi.interpolate`s3://${lake.buckets.gold}/${dataset}/`],
    dataKmsKeyArn: lake.kmsKeyArn,
});

export const roleArn = role.arn;
export const workgroupName = workgroup.workgroupName;

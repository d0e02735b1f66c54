// The location is known only in the update; that there are no keys is known now.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { columns, parquet, table } from "../../kit";

const key = new aws.kms.Key("unknown-rest", { enableKeyRotation: true });
table("unknown-rest", {
    description: key.arn,
    storageDescriptor: { ...parquet, columns, location: pulumi.interpolate`s3://lake-${key.keyId}/sales/` },
    partitionKeys: [],
});

/** An AWS provider that asks nothing of AWS in a preview. */
import * as aws from "@pulumi/aws";

export const provider = new aws.Provider("aws", {
    region: "us-east-1",
    accessKey: "test",
    secretKey: "test",
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
});

const hive = "org.apache.hadoop.hive.ql.io";

export const parquet = {
    inputFormat: `${hive}.parquet.MapredParquetInputFormat`,
    outputFormat: `${hive}.parquet.MapredParquetOutputFormat`,
    serDeInfo: { serializationLibrary: `${hive}.parquet.serde.ParquetHiveSerDe` },
};

export const json = {
    inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
    outputFormat: `${hive}.HiveIgnoreKeyTextOutputFormat`,
    serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
};

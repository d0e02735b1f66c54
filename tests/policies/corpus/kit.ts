/** What the programs of the corpus share: formats, partition keys, and a table that complies with every rule. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const hive = "org.apache.hadoop.hive.ql.io";
const text = {
    inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
    outputFormat: `${hive}.HiveIgnoreKeyTextOutputFormat`,
};
const serde = (serializationLibrary: string) => ({ serDeInfo: { serializationLibrary } });

export const parquet = {
    inputFormat: `${hive}.parquet.MapredParquetInputFormat`,
    outputFormat: `${hive}.parquet.MapredParquetOutputFormat`,
    ...serde(`${hive}.parquet.serde.ParquetHiveSerDe`),
};
export const json = { ...text, ...serde("org.openx.data.jsonserde.JsonSerDe") };
export const csv = { ...text, ...serde("org.apache.hadoop.hive.serde2.OpenCSVSerde") };
export const orc = {
    inputFormat: `${hive}.orc.OrcInputFormat`,
    outputFormat: `${hive}.orc.OrcOutputFormat`,
    ...serde(`${hive}.orc.OrcSerde`),
};

export const location = "s3://lake-silver/sales/";
export const columns = [
    { name: "transaction_id", type: "string" },
    { name: "amount", type: "decimal(12,2)" },
];
export const keys = [
    { name: "year", type: "int" },
    { name: "month", type: "int" },
];
export const silver = { classification: "parquet", "lakeworks:zone": "silver" };

/** A silver table `lake.sales` of Parquet, partitioned by year and month, with some properties replaced. */
export function table(name: string, changes: Partial<aws.glue.CatalogTableArgs> = {}): aws.glue.CatalogTable {
    return new aws.glue.CatalogTable(name, {
        name: "sales",
        databaseName: "lake",
        tableType: "EXTERNAL_TABLE",
        parameters: silver,
        storageDescriptor: { ...parquet, columns, location },
        partitionKeys: keys,
        ...changes,
    });
}

/** An Iceberg table `lake.sales`, partitioned by the day of its time, with some of its description replaced. */
export function iceberg(
    name: string,
    changes: Partial<aws.types.input.glue.CatalogTableOpenTableFormatInputIcebergInputIcebergTableInput> = {},
): aws.glue.CatalogTable {
    return new aws.glue.CatalogTable(name, {
        name: "sales",
        databaseName: "lake",
        parameters: { "lakeworks:zone": "gold" },
        openTableFormatInput: {
            icebergInput: {
                metadataOperation: "CREATE",
                version: "2",
                icebergTableInput: {
                    location,
                    schema: {
                        fields: [
                            { id: 1, name: "customer_id", type: JSON.stringify("string"), required: true },
                            { id: 2, name: "sold_at", type: JSON.stringify("timestamp"), required: true },
                        ],
                    },
                    partitionSpec: { fields: [{ name: "sold_day", sourceId: 2, transform: "day" }] },
                    ...changes,
                },
            },
        },
    });
}

/** A job that writes `lake.sales`, with some properties replaced. */
export function job(name: string, changes: Partial<aws.glue.JobArgs> = {}): aws.glue.Job {
    return new aws.glue.Job(name, {
        name,
        roleArn: "arn:aws:iam::123456789012:role/etl",
        command: { name: "glueetl", scriptLocation: "s3://lake-scripts/etl.py" },
        glueVersion: "5.1",
        workerType: "G.1X",
        numberOfWorkers: 2,
        timeout: 60,
        defaultArguments: { "--source": "s3://lake-bronze/sales/", "--target": location },
        ...changes,
    });
}

/** A crawler into the database `lake`. */
export function crawler(name: string, changes: Partial<aws.glue.CrawlerArgs>): aws.glue.Crawler {
    return new aws.glue.Crawler(name, {
        name,
        databaseName: "lake",
        role: "arn:aws:iam::123456789012:role/crawler",
        ...changes,
    });
}

/** A named query of the database `lake`. */
export function query(name: string, sql: string): aws.athena.NamedQuery {
    return new aws.athena.NamedQuery(name, { name, database: "lake", query: sql });
}

/** A bucket's policy that refuses requests without TLS. */
export function tlsOnly(bucket: aws.s3.Bucket): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "TlsOnly",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}

/** Tables of the same file in so many day folders: known to the catalog one by one, or projected from the day's range. */
import { CopyObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { BatchCreatePartitionCommand, GetTableCommand, type StorageDescriptor } from "@aws-sdk/client-glue";
import { query } from "../local/athena";
import { atOnce, bucket, database, type Bed } from "../local/bed";

export const workgroup = "layouts";
const clients = 8;
/** Glue's limit for one call. */
const batch = 100;

export function dayOf(index: number): string {
    return new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(0, 10);
}

const columns = "(id bigint, amount double, place string)";

/** One Parquet file of a thousand rows; its key. */
export async function makeFile(bed: Bed): Promise<string> {
    await query(
        bed,
        workgroup,
        "CREATE TABLE seed WITH (format = 'PARQUET', bucketed_by = ARRAY['id'], bucket_count = 1) AS " +
            "SELECT CAST(x AS bigint) AS id, x / 4e0 AS amount, IF(x % 2 = 0, 'north', 'south') AS place FROM UNNEST(sequence(1, 1000)) AS t (x)",
    );
    const { Table } = await bed.glue.send(new GetTableCommand({ DatabaseName: database, Name: "seed" }));
    const Prefix = new URL(Table!.StorageDescriptor!.Location!).pathname.slice(1);
    const { Contents = [] } = await bed.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }));
    return Contents[0]!.Key!;
}

/** Copies the file to each key. */
export async function copyTo(bed: Bed, file: string, keys: readonly string[]): Promise<void> {
    const CopySource = `${bucket}/${file}`;
    await atOnce(keys.length, clients, (index) =>
        bed.s3.send(new CopyObjectCommand({ Bucket: bucket, Key: keys[index], CopySource })),
    );
}

export async function makeCatalogTable(bed: Bed, name: string, folder: string, days: number): Promise<void> {
    await query(
        bed,
        workgroup,
        `CREATE EXTERNAL TABLE ${name} ${columns} PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://${bucket}/${folder}/'`,
    );
    const request = { DatabaseName: database, Name: name };
    const { Table } = await bed.glue.send(new GetTableCommand(request));
    const of = Table!.StorageDescriptor as StorageDescriptor;
    for (let first = 0; first < days; first += batch) {
        const PartitionInputList = Array.from({ length: Math.min(batch, days - first) }, (_, index) => {
            const day = dayOf(first + index);
            return { Values: [day], StorageDescriptor: { ...of, Location: `s3://${bucket}/${folder}/day=${day}/` } };
        });
        await bed.glue.send(
            new BatchCreatePartitionCommand({ DatabaseName: database, TableName: name, PartitionInputList }),
        );
    }
}

export async function makeProjectedTable(bed: Bed, name: string, folder: string, days: number): Promise<void> {
    await query(
        bed,
        workgroup,
        `CREATE EXTERNAL TABLE ${name} ${columns} PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://${bucket}/${folder}/' ` +
            `TBLPROPERTIES ('projection.enabled' = 'true', 'projection.day.type' = 'date', 'projection.day.format' = 'yyyy-MM-dd', ` +
            `'projection.day.range' = '${dayOf(0)},${dayOf(days - 1)}')`,
    );
}

export async function makePlainTable(bed: Bed, name: string, folder: string): Promise<void> {
    await query(
        bed,
        workgroup,
        `CREATE EXTERNAL TABLE ${name} ${columns} STORED AS PARQUET LOCATION 's3://${bucket}/${folder}/'`,
    );
}

/** What is lost for good when a lake is destroyed: its objects by bucket, its tables with their partitions. */
import { paginateGetPartitions, paginateGetTables } from "@aws-sdk/client-glue";
import { bytes, count, plural, table } from "./format";
import { bucketStore } from "./objects";
import type { Lake } from "./session";

export interface Losses {
    readonly buckets: readonly { readonly bucket: string; readonly objects: number; readonly bytes: number }[];
    readonly tables: readonly { readonly table: string; readonly partitions: number }[];
}

/** Counts current versions; older ones, which a versioned bucket keeps, go too. */
export async function lossesOf({ outputs, clients: { s3, glue } }: Lake): Promise<Losses> {
    const buckets = await Promise.all(
        Object.values(outputs.buckets).map(async (bucket) => {
            const sizes = [...(await bucketStore(s3, bucket).list("")).values()];
            return { bucket, objects: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
        }),
    );
    const tables: { table: string; partitions: number }[] = [];
    for (const { database } of Object.values(outputs.datasets)) {
        for await (const page of paginateGetTables({ client: glue }, { DatabaseName: database })) {
            for (const { Name, PartitionKeys = [] } of page.TableList ?? []) {
                const request = { DatabaseName: database, TableName: Name!, ExcludeColumnSchema: true };
                let partitions = 0;
                if (PartitionKeys.length > 0)
                    for await (const found of paginateGetPartitions({ client: glue }, request))
                        partitions += found.Partitions?.length ?? 0;
                tables.push({ table: `${database}.${Name}`, partitions });
            }
        }
    }
    return { buckets, tables };
}

export function describeLosses({ buckets, tables }: Losses): string {
    const all = Number.MAX_SAFE_INTEGER;
    const objects = buckets.reduce((sum, bucket) => sum + bucket.objects, 0);
    const total = buckets.reduce((sum, bucket) => sum + bucket.bytes, 0);
    const text = (title: string) => ({ title, numeric: false });
    const number = (title: string) => ({ title, numeric: true });
    return [
        `This deletes for good ${plural(objects, "object")}, ${bytes(total)}, and ${plural(tables.length, "table")}:`,
        table(
            [text("Bucket"), number("Objects"), number("Size")],
            buckets.map((bucket) => [bucket.bucket, count(bucket.objects), bytes(bucket.bytes)]),
            all,
        ),
        ...(tables.length === 0
            ? []
            : [
                  table(
                      [text("Table"), number("Partitions")],
                      tables.map((each) => [each.table, count(each.partitions)]),
                      all,
                  ),
              ]),
    ].join("\n");
}

/** Which partitions and files of a table a scan touches, by the catalog and a listing; nothing is read. */
import { GetTableCommand, paginateGetPartitions } from "@aws-sdk/client-glue";
import type { Clients } from "../clients";
import { bucketStore, parseLocation } from "../objects";
import { mayMatch, type ScannedTable } from "./ioPlan";

export interface TableScan {
    readonly table: string;
    /** Names of the partition keys; none of a table that is not partitioned. */
    readonly keys: readonly string[];
    /** Of the keys those about which the query says something that the engine can use. */
    readonly constrained: readonly string[];
    readonly partitions: { readonly read: number; readonly all: number };
    readonly files: number;
    /** Of those files: the most that the scan can read, since Parquet is read by column. */
    readonly bytes: number;
    /** Whether the files are not known from here: Iceberg keeps its own list of them. */
    readonly unknown: boolean;
}

export async function scanOf({ glue, s3 }: Clients, scan: ScannedTable): Promise<TableScan> {
    const { database: DatabaseName, table } = scan;
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name: table }));
    const keys = (Table?.PartitionKeys ?? []).map(({ Name }) => Name!);
    const constrained = keys.filter((key) => scan.constraints.some(({ columnName }) => columnName === key));
    const base = { table, keys, constrained, partitions: { read: 0, all: 0 }, files: 0, bytes: 0, unknown: false };
    const location = Table?.StorageDescriptor?.Location;
    if (Table?.Parameters?.["table_type"]?.toUpperCase() === "ICEBERG" || !location) return { ...base, unknown: true };
    const { bucket, prefix } = parseLocation(asFolder(location));
    const sizes = await bucketStore(s3, bucket).list(prefix);
    if (keys.length === 0) return { ...base, ...sumOf([...sizes.entries()], [prefix]) };
    let all = 0;
    const folders: string[] = [];
    const request = { DatabaseName, TableName: table, ExcludeColumnSchema: true };
    for await (const page of paginateGetPartitions({ client: glue }, request)) {
        for (const { Values = [], StorageDescriptor } of page.Partitions ?? []) {
            all += 1;
            const values = new Map(keys.map((key, index) => [key, Values[index]!]));
            if (mayMatch(scan, values)) folders.push(parseLocation(asFolder(StorageDescriptor!.Location!)).prefix);
        }
    }
    return { ...base, partitions: { read: folders.length, all }, ...sumOf([...sizes.entries()], folders) };
}

/** Objects below folders, by the folder that each is in: there may be thousands of both. */
function sumOf(sizes: readonly (readonly [string, number])[], folders: readonly string[]) {
    const read = new Set(folders);
    let files = 0;
    let bytes = 0;
    for (const [key, size] of sizes) {
        const parts = key.split("/");
        const isRead = parts.some((_, index) => read.has(`${parts.slice(0, index).join("/")}/`));
        if (!isRead || size === 0) continue;
        files += 1;
        bytes += size;
    }
    return { files, bytes };
}

function asFolder(location: string): string {
    return location.endsWith("/") ? location : `${location}/`;
}

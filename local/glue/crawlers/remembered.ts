/** Folders that earlier crawls read, as the catalog remembers them. */
import type { TableEntry } from "../catalog/state";
import type { Catalog } from "../catalog/state";
import { folderUrl } from "./catalogWriter";
import type { Classified } from "./classify";
import type { Descriptor } from "./descriptor";
import { parseLocation, type S3Location } from "./listing";
import { parseHiveType, type Schema } from "./types";

export interface RememberedFolder {
    /** `s3://bucket/folder/` */
    readonly location: string;
    /** Stands for the folder's files. */
    readonly file: Classified;
}

/** The folders of one table: its partitions, or its own where it has none. */
export function rememberedFolders(catalog: Catalog, entry: TableEntry, root: S3Location): RememberedFolder[] {
    const { table } = entry;
    const remember = (descriptor: Descriptor | undefined, parameters: Record<string, string> | undefined) => ({
        location: folderUrl(descriptor?.Location),
        file: rememberedFile(root, descriptor ?? {}, { ...table.Parameters, ...parameters }),
    });
    if ((table.PartitionKeys ?? []).length === 0) return [remember(table.StorageDescriptor, undefined)];
    return Object.values(catalog.partitionsOf(entry).state).map(({ partition }) =>
        remember(partition.StorageDescriptor, partition.Parameters),
    );
}

export function rememberedSchema(descriptor: Descriptor | undefined): Schema {
    return new Map(
        (descriptor?.Columns ?? []).map(({ Name = "", Type = "string" }) => [Name, parseHiveType(Type)] as const),
    );
}

function rememberedFile(root: S3Location, descriptor: Descriptor, parameters: Record<string, string>): Classified {
    const { bucket, prefix: key } = parseLocation(folderUrl(descriptor.Location));
    return {
        object: {
            bucket,
            key,
            size: Number(parameters.sizeKey ?? 0),
            folders: key.slice(root.prefix.length).split("/").slice(0, -1),
        },
        objects: Number(parameters.objectCount ?? 0),
        format: parameters.classification as Classified["format"],
        compression: parameters.compressionType as Classified["compression"],
        csv:
            parameters.classification === "csv"
                ? {
                      delimiter: parameters.delimiter ?? ",",
                      header: parameters["skip.header.line.count"] === "1",
                      openCsvQuote: descriptor.SerdeInfo?.Parameters?.quoteChar,
                  }
                : undefined,
        schema: rememberedSchema(descriptor),
        paths: descriptor.SerdeInfo?.Parameters?.paths?.split(",") ?? [],
        records: Number(parameters.recordCount ?? 0),
        malformed: 0,
    };
}

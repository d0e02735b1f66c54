/**
 * Which folders are tables and which are partitions of one.
 * @see https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html
 */
import { isDeepStrictEqual } from "node:util";
import type { Classified } from "./classify";
import { urlOf, type S3Location } from "./listing";
import { mergeSchemas, similarity, type InferredType, type Schema } from "./types";

export interface GroupingOptions {
    /** Combine what has one format and compression, however unlike the columns are. */
    readonly combine: boolean;
    /** The level at which folders are tables; the bucket is level 1. Absent: found from the data. */
    readonly tableLevel?: number;
    /** Locations of tables that an earlier crawl found: files below one of them are of that table. */
    readonly knownTables?: readonly string[];
}

export interface FoundPartition {
    readonly values: readonly string[];
    readonly location: string;
    readonly files: readonly Classified[];
}

export interface FoundTable {
    /** The folder's own name: the last of its path, or the bucket's. */
    readonly folder: string;
    readonly location: string;
    readonly schema: Schema;
    readonly files: readonly Classified[];
    readonly partitionKeys: readonly string[];
    /** Empty when there are no keys. */
    readonly partitions: readonly FoundPartition[];
}

/** AWS's threshold above which two schemas are one. */
export const similarEnough = 0.7;

/** @throws when the files do not form tables by rules that are done here */
export function groupFiles(root: S3Location, files: readonly Classified[], options: GroupingOptions): FoundTable[] {
    const known = (options.knownTables ?? []).map((location) => ({ location, files: filesBelow(location, files) }));
    const ofKnown = known.filter((table) => table.files.length > 0);
    const rest = files.filter((file) => !ofKnown.some((table) => table.files.includes(file)));
    const found = ofKnown.map((table) => tableOf(root, table.files, depthOf(root, table.location)));
    return [...found, ...newTables(root, rest, options)];
}

function newTables(root: S3Location, files: readonly Classified[], options: GroupingOptions): FoundTable[] {
    if (files.length === 0) return [];
    const rootLevel = 1 + root.prefix.split("/").filter((part) => part !== "").length;
    if (options.tableLevel === undefined) return tablesBelow(root, files, 0, options);
    const depth = options.tableLevel - rootLevel;
    if (depth < 0) {
        throw new Error(`TableLevelConfiguration ${options.tableLevel} is above the target's own level, ${rootLevel}.`);
    }
    const deepEnough = files.filter((file) => file.object.folders.length >= depth);
    const byFolder = groupBy(deepEnough, (file) => file.object.folders.slice(0, depth).join("/"));
    return [...byFolder.values()].map((group) => tableOf(root, group, depth));
}

/** One table when all is alike, otherwise each folder is looked at on its own. */
function tablesBelow(
    root: S3Location,
    files: readonly Classified[],
    depth: number,
    options: GroupingOptions,
): FoundTable[] {
    if (alike(files, options)) return [tableOf(root, files, depth)];
    const direct = files.filter((file) => file.object.folders.length === depth);
    if (direct.length > 0) {
        const [a, b] = unlikePair(files, options);
        throw new Error(
            `${urlOf(a.object)} and ${urlOf(b.object)} have different formats or columns and no folder separates their tables. ` +
                "Put each table's files in a folder of their own, or exclude some.",
        );
    }
    const byFolder = groupBy(files, (file) => file.object.folders[depth] ?? "");
    return [...byFolder.values()].flatMap((group) => tablesBelow(root, group, depth + 1, options));
}

function alike(files: readonly Classified[], options: GroupingOptions): boolean {
    const [first] = files;
    return first !== undefined && files.every((file) => sameTable(first, file, options));
}

function unlikePair(files: readonly Classified[], options: GroupingOptions): [Classified, Classified] {
    const first = files[0] as Classified;
    return [first, files.find((file) => !sameTable(first, file, options)) ?? first];
}

function sameTable(a: Classified, b: Classified, options: GroupingOptions): boolean {
    if (!sameFormat(a, b) || a.compression !== b.compression) return false;
    return options.combine || similarity(a.schema, b.schema) >= similarEnough;
}

/** One SerDe, with one set of parameters, reads both. */
function sameFormat(a: Classified, b: Classified): boolean {
    const [one, other] = [a.csv, b.csv];
    return (
        a.format === b.format &&
        a.classification === b.classification &&
        isDeepStrictEqual(a.parameters, b.parameters) &&
        one?.delimiter === other?.delimiter &&
        one?.header === other?.header &&
        one?.openCsvQuote === other?.openCsvQuote
    );
}

function tableOf(root: S3Location, files: readonly Classified[], depth: number): FoundTable {
    const [first] = files as [Classified, ...Classified[]];
    const folders = first.object.folders.slice(0, depth);
    const other = files.find((file) => !sameFormat(first, file));
    if (other !== undefined) {
        throw new Error(
            `${urlOf(first.object)} and ${urlOf(other.object)} are of one table by its level, but not of one format.`,
        );
    }
    const location = locationOf(root, folders);
    const partitionKeys = keysOf(files, depth);
    const byFolder = groupBy(files, (file) => file.object.folders.slice(depth).join("/"));
    const partitions = [...byFolder.values()].map((group) =>
        partitionOf(root, group as [Classified, ...Classified[]], depth),
    );
    return {
        folder:
            folders.at(-1) ??
            root.prefix
                .split("/")
                .filter((part) => part !== "")
                .at(-1) ??
            root.bucket,
        location,
        schema: schemaOf(files),
        files,
        partitionKeys,
        partitions: partitionKeys.length === 0 ? [] : partitions,
    };
}

function partitionOf(root: S3Location, files: readonly [Classified, ...Classified[]], depth: number): FoundPartition {
    const { folders } = files[0].object;
    return {
        values: folders.slice(depth).map((name) => hiveFolder(name)?.value ?? name),
        location: locationOf(root, folders),
        files,
    };
}

/** `key=value` folders name their key; a level where they do not is `partition_<level>`. */
function keysOf(files: readonly Classified[], depth: number): string[] {
    const [first] = files as [Classified, ...Classified[]];
    const levels = first.object.folders.length - depth;
    const other = files.find((file) => file.object.folders.length - depth !== levels);
    if (other !== undefined) {
        throw new Error(
            `${urlOf(first.object)} and ${urlOf(other.object)} are of one table but at different depths, ` +
                "so its partition columns cannot be told.",
        );
    }
    return Array.from({ length: levels }, (_, level) => {
        const names = new Set(files.map((file) => hiveFolder(file.object.folders[depth + level] ?? "")?.key));
        const [name] = names;
        return names.size === 1 && name !== undefined ? name : `partition_${level}`;
    });
}

/** @returns undefined for a folder that is not `key=value`. */
export function hiveFolder(name: string): { key: string; value: string } | undefined {
    const match = /^([^=]+)=(.*)$/s.exec(name);
    return match ? { key: (match[1] ?? "").toLowerCase(), value: match[2] ?? "" } : undefined;
}

export function schemaOf(files: readonly Classified[]): Schema {
    return files.reduce<Schema>((schema, file) => mergeSchemas(schema, file.schema), new Map<string, InferredType>());
}

function filesBelow(location: string, files: readonly Classified[]): Classified[] {
    return files.filter((file) => urlOf(file.object).startsWith(location));
}

/** How many folders a table's location is below the target. */
function depthOf(root: S3Location, location: string): number {
    return location.slice(locationOf(root, []).length).split("/").length - 1;
}

function locationOf(root: S3Location, folders: readonly string[]): string {
    return `s3://${root.bucket}/${root.prefix}${folders.map((folder) => `${folder}/`).join("")}`;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [item]);
        else group.push(item);
    }
    return groups;
}

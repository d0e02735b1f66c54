/** MSCK REPAIR TABLE and ALTER TABLE … PARTITION: https://docs.aws.amazon.com/athena/latest/ug/msck-repair-table.html */
import {
    AlreadyExistsException,
    BatchCreatePartitionCommand,
    CreatePartitionCommand,
    DeletePartitionCommand,
    EntityNotFoundException,
    GetPartitionCommand,
    GetPartitionsCommand,
    UpdatePartitionCommand,
    type Partition,
    type PartitionInput,
    type StorageDescriptor,
    type Table,
} from "@aws-sdk/client-glue";
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { QueryFault } from "../executions/faults";
import { partitionValues } from "../executions/objects";
import { asFolder, parseS3 } from "../results/location";
import type { CatalogAction, PartitionSpec } from "../statements/types";
import { answer, collect, databaseOf, done, getTable, type CatalogSession, type TextResult } from "./shared";

type Of<K extends CatalogAction["do"]> = Extract<CatalogAction, { do: K }>;

/** AWS's limit of one BatchCreatePartition. */
const batchSize = 100;

export async function addPartitions(session: CatalogSession, action: Of<"addPartitions">): Promise<TextResult> {
    const table = await getTable(session, action.name);
    for (const { spec, location } of action.partitions) {
        const values = valuesOf(table, spec);
        try {
            await session.glue.send(
                new CreatePartitionCommand({
                    DatabaseName: table.DatabaseName,
                    TableName: table.Name,
                    PartitionInput: partitionInput(table, values, location ?? folderOf(table, values)),
                }),
            );
        } catch (error) {
            if (!(error instanceof AlreadyExistsException)) throw error;
            if (!action.ifNotExists)
                throw QueryFault.ddl(
                    `AlreadyExistsException(message:Partition already exists: ${nameOf(table, values)})`,
                );
        }
    }
    return done;
}

export async function dropPartitions(session: CatalogSession, action: Of<"dropPartitions">): Promise<TextResult> {
    const table = await getTable(session, action.name);
    for (const spec of action.partitions) {
        const values = valuesOf(table, spec);
        try {
            await session.glue.send(
                new DeletePartitionCommand({
                    DatabaseName: table.DatabaseName,
                    TableName: table.Name,
                    PartitionValues: values,
                }),
            );
        } catch (error) {
            if (!(error instanceof EntityNotFoundException)) throw error;
            if (!action.ifExists) throw notFound(table, values);
        }
    }
    return done;
}

/** @throws QueryFault where there is no such partition */
export async function alterPartition(
    session: CatalogSession,
    table: Table,
    spec: PartitionSpec,
    change: (storage: StorageDescriptor) => StorageDescriptor,
): Promise<void> {
    const { Values = [], StorageDescriptor = {}, Parameters } = await getPartition(session, table, spec);
    const input = { Values, StorageDescriptor: change(StorageDescriptor), Parameters };
    await updatePartition(session, table, Values, input);
}

/** The partition's location stays. */
export async function renamePartition(
    session: CatalogSession,
    table: Table,
    { from, to }: Of<"renamePartition">,
): Promise<void> {
    const { Values = [], StorageDescriptor, Parameters } = await getPartition(session, table, from);
    const values = valuesOf(table, to);
    try {
        await updatePartition(session, table, Values, { Values: values, StorageDescriptor, Parameters });
    } catch (error) {
        if (!(error instanceof AlreadyExistsException)) throw error;
        throw QueryFault.ddl(`Unable to rename partition. Partition already exists: ${nameOf(table, values)}`);
    }
}

async function getPartition({ glue }: CatalogSession, table: Table, spec: PartitionSpec): Promise<Partition> {
    const values = valuesOf(table, spec);
    try {
        const { Partition } = await glue.send(
            new GetPartitionCommand({
                DatabaseName: table.DatabaseName,
                TableName: table.Name,
                PartitionValues: values,
            }),
        );
        return Partition ?? {};
    } catch (error) {
        if (!(error instanceof EntityNotFoundException)) throw error;
        throw notFound(table, values);
    }
}

async function updatePartition(
    { glue }: CatalogSession,
    { DatabaseName, Name: TableName }: Table,
    PartitionValueList: string[],
    PartitionInput: PartitionInput,
): Promise<void> {
    await glue.send(new UpdatePartitionCommand({ DatabaseName, TableName, PartitionValueList, PartitionInput }));
}

function notFound(table: Table, values: readonly string[]): QueryFault {
    return QueryFault.ofUser(`FAILED: SemanticException [Error 10006]: Partition not found (${nameOf(table, values)})`);
}

/** Adds the partitions whose Hive-style folders are there and whose catalog entries are not. */
export async function repairTable(session: CatalogSession, { name }: Of<"repairTable">): Promise<TextResult> {
    const table = await getTable(session, name);
    const root = asFolder(table.StorageDescriptor?.Location ?? "");
    const known = new Set((await allPartitions(session, table)).map(({ Values }) => nameOf(table, Values ?? [])));
    const missing = (await partitionFolders(session.s3, table, root)).filter(
        (folder) => !known.has(nameOf(table, partitionValues(folder))),
    );
    for (let at = 0; at < missing.length; at += batchSize) {
        const batch = missing
            .slice(at, at + batchSize)
            .map((folder) => partitionInput(table, partitionValues(folder), `${root}${folder}`));
        const { Errors } = await session.glue.send(
            new BatchCreatePartitionCommand({
                DatabaseName: table.DatabaseName,
                TableName: table.Name,
                PartitionInputList: batch,
            }),
        );
        const [fault] = Errors ?? [];
        if (fault) throw QueryFault.ddl(fault.ErrorDetail?.ErrorMessage ?? "The catalog refused a partition.");
    }
    if (missing.length === 0) return answer([], "result");
    const found = `Partitions not in metastore:\t${missing.map((folder) => `${name.table}:${folder}`).join("\t")}`;
    const repaired = missing.map((folder) => `Repair: Added partition to metastore ${name.table}:${folder}`);
    return answer([found, ...repaired], "result");
}

export async function showPartitions(session: CatalogSession, { name }: Of<"showPartitions">): Promise<TextResult> {
    const table = await getTable(session, name);
    if ((table.PartitionKeys ?? []).length === 0) {
        throw QueryFault.ddl(`Table ${databaseOf(session, name)}.${name.table} is not a partitioned table`);
    }
    const partitions = await allPartitions(session, table);
    return answer(
        partitions.map(({ Values }) => nameOf(table, Values ?? [])),
        "partition",
    );
}

function allPartitions({ glue }: CatalogSession, table: Table): Promise<Partition[]> {
    return collect(async (token) => {
        const page = await glue.send(
            new GetPartitionsCommand({
                DatabaseName: table.DatabaseName,
                TableName: table.Name,
                ExcludeColumnSchema: true,
                NextToken: token,
            }),
        );
        return { items: page.Partitions, next: page.NextToken };
    });
}

/** Folders below the location named `key=value/…` by the table's keys in order, relative to it. */
async function partitionFolders(s3: S3Client, table: Table, root: string): Promise<string[]> {
    const address = parseS3(root);
    if (!address) throw QueryFault.ddl(`The location '${root}' is not in S3.`);
    let folders = [""];
    for (const { Name: key = "" } of table.PartitionKeys ?? []) {
        const next: string[] = [];
        for (const folder of folders) {
            const prefix = `${address.key}${folder}`;
            for (const child of await subfolders(s3, address.bucket, prefix)) {
                if (child.toLowerCase().startsWith(`${key}=`)) next.push(`${folder}${child}`);
            }
        }
        folders = next;
    }
    return folders.filter((folder) => folder !== "").map((folder) => folder.slice(0, -1));
}

function subfolders(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
    return collect(async (token) => {
        const page = await s3.send(
            new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: "/", ContinuationToken: token }),
        );
        const items = (page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix.slice(prefix.length));
        return { items, next: page.NextContinuationToken };
    });
}

/** @throws QueryFault where the statement does not give every key, once */
function valuesOf(table: Table, spec: PartitionSpec): string[] {
    const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name ?? "");
    const given = new Map(spec.map(({ key, value }) => [key, value]));
    if (given.size !== keys.length || spec.length !== keys.length || !keys.every((key) => given.has(key))) {
        const wrong = spec.map(({ key }) => key).join(", ");
        throw QueryFault.ofUser(
            `FAILED: SemanticException Partition spec {${wrong}} must name the partition columns ${keys.join(", ")}`,
        );
    }
    return keys.map((key) => given.get(key) as string);
}

function partitionInput(table: Table, values: string[], location: string): PartitionInput {
    return { Values: values, StorageDescriptor: { ...table.StorageDescriptor, Location: location } };
}

function folderOf(table: Table, values: readonly string[]): string {
    return `${asFolder(table.StorageDescriptor?.Location ?? "")}${nameOf(table, values)}`;
}

/** Hive's name of a partition. */
function nameOf(table: Table, values: readonly string[]): string {
    return (table.PartitionKeys ?? []).map(({ Name }, at) => `${Name}=${escapeValue(values[at] ?? "")}`).join("/");
}

/** Hive escapes in a path what a file system may not take. */
function escapeValue(value: string): string {
    return [...value].map((char) => (unsafe.has(char) || char < " " ? percent(char) : char)).join("");
}

const unsafe = new Set(["\x7f", ..."\"#%'*/:=?\\{[]^"]);

const percent = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

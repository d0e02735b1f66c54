/** An Iceberg table's metadata document, read and committed: https://iceberg.apache.org/spec/#table-metadata-fields */
import { randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { ConcurrentModificationException, UpdateTableCommand, type Table } from "@aws-sdk/client-glue";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import type { IcebergField } from "../../glue/catalog/iceberg/schema";
import type { PartitionField } from "../../glue/catalog/iceberg/metadata";
import { databaseOf, getTable, tableInputOf, type CatalogSession } from "../catalog/shared";
import { QueryFault } from "../executions/faults";
import { parseS3 } from "../results/location";
import type { TableName } from "../statements/cursor";
import { glueColumns } from "./columns";

export interface IcebergSchema {
    readonly type: "struct";
    readonly "schema-id": number;
    readonly "identifier-field-ids"?: readonly number[];
    readonly fields: readonly IcebergField[];
}

/** Marked text where it is too long for a number. */
type SnapshotId = number | string;

/** The members that are looked at or changed here; the others are kept as they are. */
export interface IcebergMetadata {
    readonly "format-version": number;
    readonly location: string;
    readonly "last-updated-ms": number;
    readonly "last-column-id": number;
    readonly schemas: readonly IcebergSchema[];
    readonly "current-schema-id": number;
    readonly "partition-specs": ReadonlyArray<{
        readonly "spec-id": number;
        readonly fields: readonly PartitionField[];
    }>;
    readonly "default-spec-id": number;
    readonly "current-snapshot-id"?: SnapshotId;
    readonly snapshots?: ReadonlyArray<{ readonly "snapshot-id": SnapshotId; readonly "schema-id"?: number }>;
    readonly properties?: Readonly<Record<string, string>>;
    readonly "metadata-log"?: ReadonlyArray<{ readonly "timestamp-ms": number; readonly "metadata-file": string }>;
}

/** Commits that lost against another writer are tried again so many times, as Iceberg's library does. */
const commitAttempts = 4;

/** Iceberg's default of `write.metadata.previous-versions-max`. */
const mostPreviousVersions = 100;

export function isIceberg({ Parameters }: Table): boolean {
    return Parameters?.["table_type"]?.toUpperCase() === "ICEBERG";
}

export function schemaOf(metadata: IcebergMetadata): IcebergSchema {
    const schema = metadata.schemas.find((one) => one["schema-id"] === metadata["current-schema-id"]);
    if (!schema) throw QueryFault.ofUser("ICEBERG_INVALID_METADATA: The table's metadata lacks its current schema.");
    return schema;
}

/** @throws QueryFault where the metadata are not there */
export async function readMetadata({ s3 }: CatalogSession, table: Table): Promise<IcebergMetadata> {
    const file = fileOf(table);
    const { bucket, key } = parseS3(file) ?? { bucket: "", key: "" };
    try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
        return parseMetadata((/\.gz\b/.test(file) ? gunzipSync(bytes) : bytes).toString("utf8"));
    } catch (error) {
        if (!(error instanceof S3ServiceException)) throw error;
        throw QueryFault.ofUser(`ICEBERG_INVALID_METADATA: ${file} cannot be read: ${error.name}: ${error.message}`);
    }
}

/**
 * Replaces the metadata by what `change` makes of them.
 * @throws QueryFault where others keep changing the table
 */
export async function changeMetadata(
    session: CatalogSession,
    name: TableName,
    change: (metadata: IcebergMetadata) => IcebergMetadata,
): Promise<void> {
    for (let attempt = 1; ; attempt++) {
        const table = await getTable(session, name);
        const before = await readMetadata(session, table);
        if (before["format-version"] !== 2) {
            throw QueryFault.notSupported(`ALTER TABLE of Iceberg's format version ${before["format-version"]}`);
        }
        try {
            return await commit(session, table, before, change(before));
        } catch (error) {
            if (!(error instanceof ConcurrentModificationException)) throw error;
            if (attempt === commitAttempts) {
                throw QueryFault.ofUser(`ICEBERG_COMMIT_ERROR: Failed to commit to ${name.table}: ${error.message}`);
            }
        }
    }
}

async function commit(session: CatalogSession, table: Table, before: IcebergMetadata, next: IcebergMetadata) {
    const previous = fileOf(table);
    const keep = Number(next.properties?.["write.metadata.previous-versions-max"] ?? mostPreviousVersions);
    const log = [
        ...(before["metadata-log"] ?? []),
        { "timestamp-ms": before["last-updated-ms"], "metadata-file": previous },
    ];
    const document = { ...next, "last-updated-ms": Date.now(), "metadata-log": log.slice(-keep) };
    const file = nextFile(previous);
    const { bucket, key } = parseS3(file) ?? { bucket: "", key: "" };
    await session.s3.send(
        new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: printMetadata(document),
            ContentType: "application/json",
        }),
    );
    const parameters = withoutTrinoNotes(table);
    try {
        await session.glue.send(
            new UpdateTableCommand({
                DatabaseName: databaseOf(session, { database: table.DatabaseName, table: table.Name ?? "" }),
                VersionId: table.VersionId,
                SkipArchive: true,
                TableInput: {
                    ...tableInputOf(table),
                    StorageDescriptor: { ...table.StorageDescriptor, Columns: glueColumns(next) },
                    Parameters: { ...parameters, metadata_location: file, previous_metadata_location: previous },
                },
            }),
        );
    } catch (error) {
        await session.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
        throw error;
    }
}

/** The parameters without what Trino notes there for itself: which metadata it wrote the columns from. */
export function withoutTrinoNotes({ Parameters }: Table): Record<string, string> {
    const { trino_table_metadata_info_valid_for: _note, ...parameters } = Parameters ?? {};
    return parameters;
}

function fileOf({ Name, Parameters }: Table): string {
    const file = Parameters?.["metadata_location"];
    if (file === undefined) {
        throw QueryFault.ofUser(`ICEBERG_INVALID_METADATA: Table ${Name} is missing [metadata_location] property`);
    }
    return file;
}

/** `…/00007-<uuid>.metadata.json`, one number on. */
function nextFile(file: string): string {
    const slash = file.lastIndexOf("/") + 1;
    const number = /^\d+(?=-)/.exec(file.slice(slash))?.[0] ?? "0";
    return `${file.slice(0, slash)}${String(Number(number) + 1).padStart(5, "0")}-${randomUUID()}.metadata.json`;
}

/** Ids of snapshots are longer than a JavaScript number is exact: they are carried as marked text. */
const mark = "lakeworks-integer:";

export function parseMetadata(json: string): IcebergMetadata {
    const text = json.replace(stringOrLongInteger, (token) => (token.startsWith('"') ? token : `"${mark}${token}"`));
    return JSON.parse(text) as IcebergMetadata;
}

export function printMetadata(metadata: IcebergMetadata): string {
    return JSON.stringify(metadata).replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

const stringOrLongInteger = /"(?:[^"\\]|\\.)*"|-?\d{16,}/g;

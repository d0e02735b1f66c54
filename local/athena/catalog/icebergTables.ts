/** CREATE TABLE and DROP TABLE of Iceberg tables. */
import {
    AlreadyExistsException,
    CreateTableCommand,
    EntityNotFoundException,
    InvalidInputException,
    type IcebergStructField,
    type Table,
} from "@aws-sdk/client-glue";
import { DeleteObjectsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { FieldIds, type IcebergField } from "../../glue/catalog/iceberg/schema";
import { QueryFault } from "../executions/faults";
import { icebergFields } from "../iceberg/fields";
import { settleColumns } from "../iceberg/settle";
import { toMetadata } from "../iceberg/properties";
import { asFolder, parseS3 } from "../results/location";
import type { CatalogAction, NewIcebergTable, PartitionTransform } from "../statements/types";
import { databaseOf, done, noDatabase, type CatalogSession, type TextResult } from "./shared";

type Of<K extends CatalogAction["do"]> = Extract<CatalogAction, { do: K }>;

export async function createIcebergTable(
    session: CatalogSession,
    { table }: Of<"createIcebergTable">,
): Promise<TextResult> {
    if (table.properties["table_type"]?.toUpperCase() !== "ICEBERG") {
        throw QueryFault.ofUser(
            "FAILED: SemanticException CREATE TABLE makes Iceberg tables only, " +
                "by TBLPROPERTIES ('table_type' = 'ICEBERG'); other tables are made by CREATE EXTERNAL TABLE",
        );
    }
    const database = databaseOf(session, table.name);
    const name = table.name.table;
    try {
        await session.glue.send(
            new CreateTableCommand({
                DatabaseName: database,
                Name: name,
                OpenTableFormatInput: {
                    IcebergInput: { MetadataOperation: "CREATE", Version: "2", CreateIcebergTableInput: input(table) },
                },
            }),
        );
    } catch (error) {
        if (error instanceof EntityNotFoundException) {
            throw noDatabase(database);
        }
        if (error instanceof InvalidInputException) throw QueryFault.ofUser(`NOT_SUPPORTED: ${error.message}`);
        if (!(error instanceof AlreadyExistsException)) throw error;
        if (!table.ifNotExists) throw QueryFault.ddl(`AlreadyExistsException(message:Table ${name} already exists.)`);
        return done;
    }
    await settleColumns(session, table.name);
    return done;
}

function input({ columns, partitioning, location, properties }: NewIcebergTable) {
    const fields = icebergFields(columns, new FieldIds());
    return {
        Location: location,
        Schema: {
            Type: "struct" as const,
            Fields: fields.map(({ id, name, type, doc }): IcebergStructField => ({
                Id: id,
                Name: name,
                Required: false,
                Type: type as IcebergStructField["Type"],
                Doc: doc,
            })),
        },
        PartitionSpec: { Fields: partitioning.map((one) => partitionField(one, fields)) },
        Properties: { "write.format.default": "parquet", ...codecs, ...toMetadata(properties) },
    };
}

/** What Athena writes when the statement does not say. */
const codecs = { "write.parquet.compression-codec": "zstd" };

function partitionField({ column, transform }: PartitionTransform, fields: readonly IcebergField[]) {
    const source = fields.find(({ name }) => name === column);
    if (!source) throw QueryFault.ofUser(`COLUMN_NOT_FOUND: Partition column ${column} is not among the columns`);
    const kind = transform.split("[")[0] ?? "";
    // Iceberg's own names of partition fields.
    const suffix = kind === "identity" ? "" : `_${kind === "truncate" ? "trunc" : kind}`;
    return { Name: `${column}${suffix}`, SourceId: source.id, Transform: transform };
}

/** Iceberg tables are Athena's to manage: their data go with them. */
export async function deleteData({ s3 }: CatalogSession, { StorageDescriptor }: Table): Promise<void> {
    const { bucket, key } = parseS3(asFolder(StorageDescriptor?.Location ?? "")) ?? { bucket: "", key: "" };
    // A table at the root of a bucket would take everything in it along.
    if (key === "") return;
    for (;;) {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key }));
        if (Contents.length === 0) return;
        const Objects = Contents.map(({ Key }) => ({ Key }));
        const { Errors = [] } = await s3.send(
            new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        const [fault] = Errors;
        if (fault) throw QueryFault.ddl(`${fault.Key} could not be deleted: ${fault.Code}: ${fault.Message}`);
    }
}

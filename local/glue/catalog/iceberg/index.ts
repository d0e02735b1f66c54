/** CreateTable of an Iceberg table: Glue writes its first metadata file. */
import { randomUUID } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { CreateIcebergTableInput, CreateTableRequest, TableInput } from "@aws-sdk/client-glue";
import { AwsError } from "../../../protocol/operations";
import { requireMembers } from "../../../protocol/validation";
import type { Wire } from "../../../protocol/wire";
import { parseLocation } from "../../crawlers/listing";
import { refuseMembers, type Catalog } from "../state";
import { createTable, refuseExisting } from "../tables";
import { metadataOf, partitionFieldsOf, type NewIcebergTable } from "./metadata";
import { columnsOfFields, FieldIds, fieldsOfColumns, fieldsOfSchema } from "./schema";

/** A request with its schema in a TableInput or in a CreateIcebergTableInput, made one. */
interface Wanted {
    readonly table: NewIcebergTable;
    readonly input: Wire<TableInput>;
}

/**
 * @throws InvalidInputException in Glue's words where they are known, AlreadyExistsException, EntityNotFoundException
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTable.html
 */
export async function createIcebergTable(catalog: Catalog, request: CreateTableRequest): Promise<void> {
    const iceberg = request.OpenTableFormatInput?.IcebergInput;
    refuseMembers(request, "PartitionIndexes");
    if (iceberg?.MetadataOperation !== "CREATE") throw invalid("MetadataOperation must be CREATE.");
    if ((iceberg.Version ?? "2") !== "2") {
        throw invalid(`Iceberg format version ${iceberg.Version}: the Lakeworks local AWS makes version 2 only.`);
    }
    const own = iceberg.CreateIcebergTableInput;
    const { table, input } = own === undefined ? fromTableInput(request) : fromIcebergInput(request, own);
    refuseExisting(catalog, request, input.Name);
    const metadata = `${table.location}/metadata/00000-${randomUUID()}.metadata.json`;
    await write(catalog, metadata, JSON.stringify(metadataOf(table)));
    createTable(catalog, {
        CatalogId: request.CatalogId,
        DatabaseName: request.DatabaseName,
        TableInput: {
            ...input,
            TableType: "EXTERNAL_TABLE",
            PartitionKeys: [],
            Parameters: { ...input.Parameters, table_type: "ICEBERG", metadata_location: metadata },
        } as TableInput,
    });
}

/** The older way: columns and location in a storage descriptor, no partitions. */
function fromTableInput(request: CreateTableRequest): Wanted {
    const input = request.TableInput as Wire<TableInput> | undefined;
    if (input === undefined) throw invalid("CreateIcebergTableInput cannot be equal to null");
    if (input.TableType !== "EXTERNAL_TABLE") throw invalid("Iceberg table type has to be EXTERNAL_TABLE");
    if ((input.PartitionKeys ?? []).length > 0) throw invalid("Cannot create partitions in an iceberg table");
    const { table_type: type, metadata_location: metadata, ...properties } = input.Parameters ?? {};
    if (type !== undefined || metadata !== undefined) {
        throw invalid("Cannot use reserved parameters table_type or metadata_location while creating an iceberg table");
    }
    const ids = new FieldIds();
    const fields = fieldsOfColumns(input.StorageDescriptor?.Columns ?? [], ids);
    const table = {
        location: locationOf(input.StorageDescriptor?.Location),
        fields,
        lastColumnId: ids.last,
        partitionFields: [],
        identifierFieldIds: [],
        properties,
    };
    return { table, input };
}

/** The newer way: everything in the Iceberg input. */
function fromIcebergInput(request: CreateTableRequest, own: Wire<CreateIcebergTableInput>): Wanted {
    if (request.TableInput !== undefined) {
        throw invalid("Table metadata information present at multiple parts of input request");
    }
    requireMembers(request, "Name");
    refuseMembers(own, "WriteOrder");
    const ids = new FieldIds();
    const schema = own.Schema ?? { Fields: undefined };
    const fields = fieldsOfSchema(schema, ids);
    const identifierFieldIds = schema.IdentifierFieldIds ?? [];
    if (identifierFieldIds.some((id) => !fields.some((field) => field.id === id && field.required))) {
        throw invalid("Identifier fields must be required columns of the schema.");
    }
    const table = {
        location: locationOf(own.Location),
        fields,
        lastColumnId: ids.last,
        partitionFields: partitionFieldsOf(own.PartitionSpec, fields),
        identifierFieldIds,
        properties: own.Properties ?? {},
    };
    const input = {
        Name: request.Name,
        StorageDescriptor: { Columns: columnsOfFields(fields), Location: own.Location },
    };
    return { table, input };
}

function locationOf(location: string | undefined): string {
    if (!location) throw invalid("Location information cannot be null while creating an iceberg table");
    return location.replace(/\/+$/, "");
}

async function write(catalog: Catalog, uri: string, body: string): Promise<void> {
    try {
        const { bucket, prefix } = parseLocation(uri);
        await catalog.s3.send(
            new PutObjectCommand({ Bucket: bucket, Key: prefix, Body: body, ContentType: "application/json" }),
        );
    } catch (error) {
        throw invalid(`The table's metadata could not be written to ${uri}: ${(error as Error).message}`);
    }
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}

/** What Glue needs to make an Iceberg table: schema, partition spec and properties of its first metadata file. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseHiveType, type HiveType } from "./hiveType";
import { stableJson } from "./json";
import { ParquetCompression, type LakeColumn, type LakeTableArgs } from "./lakeTable";

/**
 * The arguments of an Iceberg table. Everything stands in `icebergTableInput`, as a table made with a storage descriptor
 * of its own loses its format at the first update: https://github.com/aws/aws-cdk/pull/37988
 */
export function icebergTable(args: LakeTableArgs, location: pulumi.Output<string>): Partial<aws.glue.CatalogTableArgs> {
    // The keys are columns of the table like any other: Iceberg writes them into the files.
    const columns = [...args.columns, ...args.partitionKeys];
    return {
        openTableFormatInput: {
            icebergInput: {
                metadataOperation: "CREATE",
                version: "2",
                icebergTableInput: {
                    location,
                    schema: { type: "struct", fields: icebergFields(columns) },
                    partitionSpec: {
                        fields: args.partitionKeys.map(({ name }, index) => ({
                            name,
                            sourceId: args.columns.length + index + 1,
                            transform: "identity",
                        })),
                    },
                    properties: properties(args),
                },
            },
        },
    };
}

/**
 * What belongs to the engines once the table is made. Iceberg's library keeps the table's comment as Glue's description:
 * https://iceberg.apache.org/docs/latest/aws/#glue-catalog
 */
export const icebergOwn = ["openTableFormatInput", "description"];

/** Says which declared columns the table lacks, and the statement that adds them. */
export function warnOfNewColumns(args: LakeTableArgs, table: aws.glue.CatalogTable, component: pulumi.Resource): void {
    pulumi.all([table.databaseName, table.storageDescriptor]).apply(([database, descriptor]) => {
        // The mocks of a program's own tests may know no columns.
        const present = descriptor?.columns?.map((column) => column.name);
        const missing = [...args.columns, ...args.partitionKeys].filter(
            ({ name }) => present !== undefined && !present.includes(name),
        );
        if (missing.length > 0) {
            const columns = missing.map(({ name, type }) => `${name} ${type}`).join(", ");
            void pulumi.log.warn(
                `The Iceberg table ${database}.${args.tableName} has no ${missing.map(({ name }) => name).join(", ")}. ` +
                    `Add them in Athena: ALTER TABLE ${database}.${args.tableName} ADD COLUMNS (${columns})`,
                component,
            );
        }
    });
}

/** https://iceberg.apache.org/docs/latest/configuration/#write-properties */
function properties(args: LakeTableArgs): Record<string, string> {
    return {
        "write.format.default": "parquet",
        "write.parquet.compression-codec": (args.compression ?? ParquetCompression.Zstd).toLowerCase(),
        ...(args.description === undefined ? {} : { comment: args.description }),
    };
}

/** Fields numbered as Iceberg itself numbers those of a new table: a struct's own first, then what lies in them. */
export function icebergFields(columns: readonly LakeColumn[]) {
    const numbers = new Numbers();
    const ids = columns.map(() => numbers.next());
    return columns.map(({ name, type, comment }, index) => ({
        id: ids[index] ?? 0,
        name,
        required: false,
        // The provider takes the type as a JSON document.
        type: stableJson(icebergType(parseHiveType(type), numbers)),
        ...(comment === undefined ? {} : { doc: comment }),
    }));
}

class Numbers {
    private last = 0;

    next(): number {
        this.last += 1;
        return this.last;
    }
}

const primitives: Readonly<Record<string, string>> = {
    int: "int",
    bigint: "long",
    float: "float",
    double: "double",
    boolean: "boolean",
    string: "string",
    binary: "binary",
    date: "date",
    timestamp: "timestamp",
};

/** What to write for the Hive types that Iceberg lacks. */
const replacements: Readonly<Record<string, string>> = {
    tinyint: "int",
    smallint: "int",
    char: "string",
    varchar: "string",
};

/** https://iceberg.apache.org/spec/#appendix-c-json-serialization */
function icebergType(type: HiveType, numbers: Numbers): unknown {
    switch (type.kind) {
        case "primitive": {
            const [precision = 10, scale = 0] = type.lengths;
            return type.name === "decimal" ? `decimal(${precision}, ${scale})` : primitives[type.name];
        }
        case "array": {
            const id = numbers.next();
            return {
                type: "list",
                "element-id": id,
                element: icebergType(type.element, numbers),
                "element-required": false,
            };
        }
        case "map": {
            const [key, value] = [numbers.next(), numbers.next()];
            return {
                type: "map",
                "key-id": key,
                key: icebergType(type.key, numbers),
                "value-id": value,
                value: icebergType(type.value, numbers),
                "value-required": false,
            };
        }
        case "struct": {
            const ids = type.fields.map(() => numbers.next());
            return {
                type: "struct",
                fields: type.fields.map((field, index) => ({
                    id: ids[index],
                    name: field.name,
                    required: false,
                    type: icebergType(field.type, numbers),
                })),
            };
        }
    }
}

/** @returns the first part of a type that Iceberg lacks, with what to write instead. */
export function icebergTypeFault(type: HiveType): string | undefined {
    switch (type.kind) {
        case "primitive": {
            const instead = replacements[type.name];
            return instead === undefined ? undefined : `Iceberg has no ${type.name}; write ${instead}`;
        }
        case "array":
            return icebergTypeFault(type.element);
        case "map":
            return icebergTypeFault(type.key) ?? icebergTypeFault(type.value);
        case "struct":
            return type.fields.map((field) => icebergTypeFault(field.type)).find((fault) => fault !== undefined);
    }
}

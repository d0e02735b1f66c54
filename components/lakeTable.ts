import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { catalogNamePattern, catalogNameReason, Faults, s3PrefixPattern, s3PrefixReason } from "./faults";

/** Codec of the Parquet files; readers take it from each file, Athena's INSERT INTO from the table. */
export const ParquetCompression = { Zstd: "ZSTD", Snappy: "SNAPPY", Gzip: "GZIP" } as const;
export type ParquetCompression = (typeof ParquetCompression)[keyof typeof ParquetCompression];

export interface LakeColumn {
    /** Lower-case letters, digits and `_`. */
    name: string;
    /** Hive type, for example `string`, `bigint`, `decimal(12,2)`, `timestamp`. */
    type: string;
    /** What the column means. @default none */
    comment?: string;
}

export interface ProjectedKey {
    /** Partition key. */
    name: string;
    /** Inclusive range as Athena takes it: `2020,2035`, or `2020-01-01,NOW` for a date. */
    range: string;
}

export interface LakeTableArgs {
    /** Glue database of the table. */
    databaseName: pulumi.Input<string>;
    /** Name in the catalog. */
    tableName: string;
    /** Prefix of the Parquet files, `s3://bucket/folder/`. */
    location: pulumi.Input<string>;
    /** Columns in order, without the partition keys. */
    columns: LakeColumn[];
    /** Partition keys from the outermost folder inwards, each `int`, `bigint` or `date`. */
    partitionKeys: LakeColumn[];
    /** What a row means. @default none */
    description?: string;
    /** Codec of the files. @default ParquetCompression.Zstd */
    compression?: ParquetCompression;
    /**
     * Ranges of every partition key: Athena then derives the partitions and never asks the catalog for them.
     * Only Athena does: leave it out where Spark or Redshift Spectrum read the table as well.
     * @default the partitions are those of the catalog, found by a partition index over all keys
     */
    projection?: ProjectedKey[];
    /** Protect the table from deletion, and keep it when the stack goes. @default false */
    retain?: boolean;
}

/**
 * A declared, partitioned Parquet table over a prefix of the lake.
 *
 * Enforces the following:
 * - the table is external: dropping it keeps the files
 * - the files are Parquet: formats, SerDe and the `classification` that Glue reads
 * - `classification`, `compressionType` and `typeOfData` are as a crawler sets them, so that none deprecates the table
 * - the codec is declared for engines that write to the table
 * - there is at least one partition key, and each is `int`, `bigint` or `date`: a string key would not be pruned by number
 * - partitions are found by a partition index that Athena is told to use, or by projection; never by both
 * - with `retain` the table is protected, and kept when the stack goes
 */
export class LakeTable extends pulumi.ComponentResource {
    /** Name in the catalog. */
    public readonly tableName: pulumi.Output<string>;
    /** ARN of the table. */
    public readonly tableArn: pulumi.Output<string>;
    /** Database of the table. */
    public readonly databaseName: pulumi.Output<string>;
    /** Prefix of the files. */
    public readonly location: pulumi.Output<string>;

    constructor(name: string, args: LakeTableArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:LakeTable", name, args, opts);
        check(name, args);

        const retain = args.retain ?? false;
        const location = pulumi.output(args.location);
        const table = new aws.glue.CatalogTable(
            `${name}-table`,
            {
                name: args.tableName,
                databaseName: args.databaseName,
                description: args.description,
                tableType: "EXTERNAL_TABLE",
                parameters: location.apply((prefix) => parameters(args, prefix)),
                partitionKeys: args.partitionKeys.map(column),
                partitionIndices:
                    args.projection === undefined
                        ? [{ indexName: "partitions", keys: args.partitionKeys.map((key) => key.name) }]
                        : undefined,
                storageDescriptor: {
                    location,
                    columns: args.columns.map(column),
                    inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                    outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                    serDeInfo: {
                        serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                        parameters: { "serialization.format": "1" },
                    },
                },
            },
            {
                parent: this,
                protect: retain,
                retainOnDelete: retain,
                // Glue takes other keys for a table, but keeps partitions and index of the old ones.
                replaceOnChanges: ["partitionIndices", "partitionKeys[*].name", "partitionKeys[*].type"],
                deleteBeforeReplace: true,
            },
        );
        this.tableName = table.name;
        this.tableArn = table.arn;
        this.databaseName = table.databaseName;
        this.location = location;
        this.registerOutputs({
            tableName: this.tableName,
            tableArn: this.tableArn,
            databaseName: this.databaseName,
            location: this.location,
        });
    }
}

function column({ name, type, comment }: LakeColumn): LakeColumn {
    return comment === undefined ? { name, type } : { name, type, comment };
}

function parameters(args: LakeTableArgs, location: string): Record<string, string> {
    return {
        EXTERNAL: "TRUE",
        classification: "parquet",
        // As crawlers write it: Parquet compresses inside the file, not the file.
        compressionType: "none",
        typeOfData: "file",
        "parquet.compression": args.compression ?? ParquetCompression.Zstd,
        ...(args.projection === undefined
            ? // Athena asks the index only with this: https://docs.aws.amazon.com/athena/latest/ug/glue-best-practices.html
              { "partition_filtering.enabled": "true" }
            : projectionParameters(args.partitionKeys, args.projection, location)),
    };
}

/** https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html */
function projectionParameters(
    keys: readonly LakeColumn[],
    projection: readonly ProjectedKey[],
    location: string,
): Record<string, string> {
    const types = new Map(keys.map((key) => [key.name, key.type]));
    const folders = keys.map(({ name }) => `${name}=\${${name}}/`).join("");
    const result: Record<string, string> = {
        "projection.enabled": "true",
        "storage.location.template": location + folders,
    };
    for (const { name, range } of projection) {
        result[`projection.${name}.range`] = range;
        result[`projection.${name}.type`] = types.get(name) === "date" ? "date" : "integer";
        if (types.get(name) === "date") {
            result[`projection.${name}.format`] = "yyyy-MM-dd";
        }
    }
    return result;
}

const partitionTypes = ["int", "bigint", "date"];

function check(name: string, args: LakeTableArgs): void {
    const faults = new Faults(`LakeTable "${name}"`);
    faults.unlessMatches("databaseName", args.databaseName, catalogNamePattern, catalogNameReason);
    faults.unlessMatches("tableName", args.tableName, catalogNamePattern, catalogNameReason);
    faults.unlessMatches("location", args.location, s3PrefixPattern, s3PrefixReason);
    faults.unlessOneOf("compression", args.compression, Object.values(ParquetCompression));
    if (args.columns.length === 0) {
        faults.add("columns", "is empty: a table needs at least one column besides its partition keys");
    }
    if (args.partitionKeys.length === 0) {
        faults.add(
            "partitionKeys",
            "is empty: an unpartitioned table is read whole by every query; name at least one key",
        );
    }
    const seen = new Set<string>();
    for (const field of ["columns", "partitionKeys"] as const) {
        args[field].forEach((each, index) => {
            faults.unlessMatches(`${field}[${index}].name`, each.name, catalogNamePattern, catalogNameReason);
            if ((each.comment ?? "").length > 255) {
                faults.add(`${field}[${index}].comment`, "must have at most 255 characters, as Glue keeps no more");
            }
            if (seen.has(each.name)) {
                faults.add(
                    `${field}[${index}].name`,
                    `"${each.name}" is there twice: columns and keys share one name space`,
                );
            }
            seen.add(each.name);
        });
    }
    args.partitionKeys.forEach((key, index) => {
        if (!partitionTypes.includes(key.type)) {
            faults.add(
                `partitionKeys[${index}].type`,
                `"${key.type}" must be one of ${partitionTypes.join(", ")}: other types are not pruned as numbers or dates`,
            );
        }
    });
    checkProjection(args, faults);
    faults.throwIfAny();
}

function checkProjection(args: LakeTableArgs, faults: Faults): void {
    if (args.projection === undefined) {
        return;
    }
    const projected = args.projection.map((each) => each.name);
    for (const { name } of args.partitionKeys) {
        if (!projected.includes(name)) {
            faults.add("projection", `has no range for "${name}": Athena needs one for every partition key`);
        }
    }
    args.projection.forEach(({ name, range }, index) => {
        if (!args.partitionKeys.some((key) => key.name === name)) {
            faults.add(`projection[${index}].name`, `"${name}" is no partition key`);
        }
        if (!/^[^,]+,[^,]+$/.test(range)) {
            faults.add(`projection[${index}].range`, `"${range}" must have a first and a last value: 2020,2035`);
        }
    });
}

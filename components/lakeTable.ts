import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkLakeTable } from "./lakeTableCheck";
import { icebergOwn, icebergTable, warnOfNewColumns } from "./lakeTableIceberg";
import { createOptimizers } from "./lakeTableOptimizers";
import { parquetReplacements, parquetTable } from "./lakeTableParquet";

/** How files become a table. */
export const TableFormat = {
    /** Parquet files in folders named after the partition keys: for tables that jobs append to. */
    Parquet: "PARQUET",
    /** Iceberg format version 2 over Parquet files: for tables whose rows change, as commits are atomic. */
    Iceberg: "ICEBERG",
} as const;
export type TableFormat = (typeof TableFormat)[keyof typeof TableFormat];

/** Codec of the Parquet files; readers take it from each file, writers from the table. */
export const ParquetCompression = { Zstd: "ZSTD", Snappy: "SNAPPY", Gzip: "GZIP" } as const;
export type ParquetCompression = (typeof ParquetCompression)[keyof typeof ParquetCompression];

export interface LakeColumn {
    /** Lower-case letters, digits and `_`. */
    name: string;
    /** Hive type, for example `string`, `bigint`, `decimal(12,2)`, `timestamp`, `array<string>`. */
    type: string;
    /** What the column means, in at most 255 characters. @default none */
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
    /** Prefix of the files, `s3://bucket/folder/`. */
    location: pulumi.Input<string>;
    /** Columns in order, without the partition keys. */
    columns: LakeColumn[];
    /** Partition keys from the outermost folder inwards, each `int`, `bigint` or `date`. */
    partitionKeys: LakeColumn[];
    /** How the files become a table. @default TableFormat.Parquet */
    format?: TableFormat;
    /** What a row means, in at most 2,048 characters. @default none */
    description?: string;
    /** Codec of the files. @default ParquetCompression.Zstd */
    compression?: ParquetCompression;
    /**
     * Ranges of every partition key of a Parquet table: Athena then derives the partitions and never asks the catalog for them.
     * Only Athena does: leave it out where Spark or Redshift Spectrum read the table as well.
     * @default the partitions are those of the catalog, found by a partition index over all keys
     */
    projection?: ProjectedKey[];
    /** Let Glue join the small files of an Iceberg table, at the price of its DPU hours. @default true */
    compaction?: boolean;
    /** Days for which earlier states of an Iceberg table can be read. @default 5 */
    snapshotRetentionDays?: number;
    /** Days after which files that no snapshot of an Iceberg table knows are deleted; longer than any write takes. @default 3 */
    orphanFileDays?: number;
    /** ARN of the KMS key of the files, for the optimizers' role of an Iceberg table. @default they are encrypted by SSE-S3 */
    kmsKeyArn?: pulumi.Input<string>;
    /** ARN of a role of yours for the optimizers of an Iceberg table. @default a role with the rights below is created */
    optimizerRoleArn?: pulumi.Input<string>;
    /** Protect the table from deletion, and keep it when the stack goes. @default false */
    retain?: boolean;
}

/**
 * A declared, partitioned table over a prefix of the lake: plain Parquet, or Iceberg over Parquet.
 *
 * Iceberg tables have their schema and partition spec from this component once, when they are made. After that they
 * change as Iceberg does, by `ALTER TABLE` in Athena or Spark: an update through Glue would send the whole schema and
 * undo what an engine has changed since.
 *
 * Enforces the following:
 * - a Parquet table is external: dropping it keeps the files
 * - the files are Parquet: by formats, SerDe and `classification`, and in an Iceberg table by `write.format.default`
 * - `classification`, `compressionType` and `typeOfData` of a Parquet table are as a crawler sets them, so that none
 *   deprecates the table
 * - the codec is declared for engines that write to the table
 * - there is at least one partition key, and each is `int`, `bigint` or `date`: a string key would not be pruned by number
 * - partitions of a Parquet table are found by a partition index that Athena is told to use, or by projection; never by both
 * - an Iceberg table is of format version 2 and partitioned by the same keys, which are columns of it
 * - an Iceberg table's schema is left to its engines once it is made, and a column that it lacks is told in a warning
 * - Glue expires snapshots, deletes orphan files and joins small files of an Iceberg table
 * - the optimizers' role works for this account alone, on exactly the location and the table
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
        checkLakeTable(name, args);

        const retain = args.retain ?? false;
        const iceberg = args.format === TableFormat.Iceberg;
        this.location = pulumi.output(args.location);
        const table = new aws.glue.CatalogTable(
            `${name}-table`,
            {
                name: args.tableName,
                databaseName: args.databaseName,
                ...(iceberg ? icebergTable(args, this.location) : parquetTable(args, this.location)),
            },
            {
                parent: this,
                protect: retain,
                retainOnDelete: retain,
                deleteBeforeReplace: true,
                ...(iceberg ? { ignoreChanges: icebergOwn } : { replaceOnChanges: parquetReplacements }),
            },
        );
        if (iceberg) {
            warnOfNewColumns(args, table, this);
            createOptimizers(name, args, table, this.location, this);
        }
        this.tableName = table.name;
        this.tableArn = table.arn;
        this.databaseName = table.databaseName;
        this.registerOutputs({
            tableName: this.tableName,
            tableArn: this.tableArn,
            databaseName: this.databaseName,
            location: this.location,
        });
    }
}

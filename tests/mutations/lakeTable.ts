import type { Mutation } from "./mutation";

const parquet =
    "the files are Parquet: by formats, SerDe and classification, and in an Iceberg table by write.format.default";
const crawled =
    "classification, compressionType and typeOfData of a Parquet table are as a crawler sets them, so that none deprecates the table";
const codec = "the codec is declared for engines that write to the table";
const keyed =
    "there is at least one partition key, and each is int, bigint or date: a string key would not be pruned by number";
const found =
    "partitions of a Parquet table are found by a partition index that Athena is told to use, or by projection; never by both";
const version = "an Iceberg table is of format version 2 and partitioned by the same keys, which are columns of it";
const engines =
    "an Iceberg table's schema is left to its engines once it is made, and a column that it lacks is told in a warning";
const optimized = "Glue expires snapshots, deletes orphan files and joins small files of an Iceberg table";
const role = "the optimizers' role works for this account alone, on exactly the location and the table";
const kept = "with retain the table is protected, and kept when the stack goes";

const files = {
    table: "lakeTable.ts",
    check: "lakeTableCheck.ts",
    parquet: "lakeTableParquet.ts",
    iceberg: "lakeTableIceberg.ts",
    optimizers: "lakeTableOptimizers.ts",
};

export const mutations: Mutation[] = [
    {
        breaks: "a Parquet table is external: dropping it keeps the files",
        file: files.parquet,
        replace: '"EXTERNAL_TABLE"',
        by: '"MANAGED_TABLE"',
    },
    {
        breaks: "a Parquet table is external: dropping it keeps the files",
        file: files.parquet,
        replace: 'EXTERNAL: "TRUE"',
        by: 'EXTERNAL: "FALSE"',
    },
    { breaks: parquet, file: files.parquet, replace: "MapredParquetInputFormat", by: "TextInputFormat" },
    { breaks: parquet, file: files.parquet, replace: "MapredParquetOutputFormat", by: "TextOutputFormat" },
    { breaks: parquet, file: files.parquet, replace: "ParquetHiveSerDe", by: "LazySimpleSerDe" },
    { breaks: parquet, file: files.parquet, replace: 'classification: "parquet"', by: 'classification: "json"' },
    {
        breaks: parquet,
        file: files.iceberg,
        replace: '"write.format.default": "parquet"',
        by: '"write.format.default": "orc"',
    },
    { breaks: crawled, file: files.parquet, replace: 'compressionType: "none"', by: 'compressionType: "gzip"' },
    { breaks: crawled, file: files.parquet, replace: 'typeOfData: "file"', by: 'typeOfData: "table"' },
    { breaks: codec, file: files.parquet, replace: "args.compression ?? ", by: "" },
    { breaks: codec, file: files.parquet, replace: "ParquetCompression.Zstd,", by: "ParquetCompression.Gzip," },
    { breaks: codec, file: files.iceberg, replace: "ParquetCompression.Zstd)", by: "ParquetCompression.Gzip)" },
    { breaks: keyed, file: files.check, replace: "args.partitionKeys.length === 0", by: "false" },
    {
        breaks: keyed,
        file: files.check,
        replace: '["int", "bigint", "date"]',
        by: '["int", "bigint", "date", "string"]',
    },
    { breaks: keyed, file: files.check, replace: '["int", "bigint", "date"]', by: '["int", "bigint"]' },
    { breaks: found, file: files.parquet, replace: "args.projection === undefined", by: "true" },
    { breaks: found, file: files.parquet, replace: '"partition_filtering.enabled": "true"', by: "" },
    { breaks: found, file: files.parquet, replace: '"projection.enabled": "true",', by: "" },
    {
        breaks: found,
        file: files.parquet,
        replace: "keys: args.partitionKeys.map((key) => key.name)",
        by: "keys: args.partitionKeys.slice(1).map((key) => key.name)",
    },
    { breaks: version, file: files.iceberg, replace: 'version: "2"', by: 'version: "1"' },
    { breaks: version, file: files.iceberg, replace: "args.columns.length + index + 1", by: "index + 1" },
    { breaks: version, file: files.iceberg, replace: "[...args.columns, ...args.partitionKeys]", by: "args.columns" },
    { breaks: version, file: files.iceberg, replace: '"identity"', by: '"void"' },
    { breaks: engines, file: files.iceberg, replace: '["openTableFormatInput", "description"]', by: "[]" },
    { breaks: engines, file: files.table, replace: "warnOfNewColumns(args, table, this);", by: "" },
    { breaks: engines, file: files.iceberg, replace: "missing.length > 0", by: "missing.length > 1" },
    {
        breaks: optimized,
        file: files.table,
        replace: "createOptimizers(name, args, table, this.location, this);",
        by: "",
    },
    { breaks: optimized, file: files.optimizers, replace: "args.compaction ?? true", by: "args.compaction ?? false" },
    { breaks: optimized, file: files.optimizers, replace: "enabled: true", by: "enabled: false" },
    { breaks: optimized, file: files.optimizers, replace: "cleanExpiredFiles: true", by: "cleanExpiredFiles: false" },
    {
        breaks: optimized,
        file: files.optimizers,
        replace: 'optimizer("orphan_file_deletion"',
        by: 'optimizer("retention"',
    },
    { breaks: role, file: files.optimizers, replace: "sourceAccount: account,", by: "" },
    {
        breaks: role,
        file: files.optimizers,
        replace: "readStatements(partition, [location])",
        by: "readStatements(partition, [`${location}data/`])",
    },
    {
        breaks: role,
        file: files.optimizers,
        replace: "Resource: objectArns(partition, [location])",
        by: 'Resource: "*"',
    },
    { breaks: role, file: files.optimizers, replace: "[tableArn],", by: '[tableArn.replace(/[^/]+$/, "*")],' },
    { breaks: kept, file: files.table, replace: "protect: retain", by: "protect: false" },
    { breaks: kept, file: files.table, replace: "retainOnDelete: retain", by: "retainOnDelete: false" },
];

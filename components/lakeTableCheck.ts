/** What LakeTable demands of its arguments. */
import {
    catalogNamePattern,
    catalogNameReason,
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    longestRoleName,
    s3PrefixPattern,
    s3PrefixReason,
} from "./faults";
import { hiveTypeFault, parseHiveType } from "./hiveType";
import { ParquetCompression, TableFormat, type LakeTableArgs } from "./lakeTable";
import { icebergTypeFault } from "./lakeTableIceberg";

/** https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html and …/API_TableInput.html */
const longestComment = 255;
const longestDescription = 2048;

const partitionTypes = ["int", "bigint", "date"];

/** @throws InputPropertiesError with every fault of the arguments */
export function checkLakeTable(name: string, args: LakeTableArgs): void {
    const faults = new Faults(`LakeTable "${name}"`);
    faults.unlessMatches("databaseName", args.databaseName, catalogNamePattern, catalogNameReason);
    faults.unlessMatches("tableName", args.tableName, catalogNamePattern, catalogNameReason);
    faults.unlessMatches("location", args.location, s3PrefixPattern, s3PrefixReason);
    if (typeof args.location === "string" && /^s3:\/\/[^/]+\/$/.test(args.location)) {
        faults.add("location", `"${args.location}" is a whole bucket: name the folder of the table`);
    }
    faults.unlessOneOf("format", args.format, Object.values(TableFormat));
    faults.unlessOneOf("compression", args.compression, Object.values(ParquetCompression));
    if ((args.description ?? "").length > longestDescription) {
        faults.add("description", `must have at most ${longestDescription} characters, as Glue keeps no more`);
    }
    checkColumns(args, faults);
    checkProjection(args, faults);
    if (args.format === TableFormat.Iceberg) {
        checkIceberg(name, args, faults);
    } else {
        checkNoIceberg(args, faults);
    }
    faults.throwIfAny();
}

function checkColumns(args: LakeTableArgs, faults: Faults): void {
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
        args[field].forEach(({ name, comment }, index) => {
            const path = `${field}[${index}]`;
            faults.unlessMatches(`${path}.name`, name, catalogNamePattern, catalogNameReason);
            if ((comment ?? "").length > longestComment) {
                faults.add(`${path}.comment`, `must have at most ${longestComment} characters, as Glue keeps no more`);
            }
            if (seen.has(name)) {
                faults.add(`${path}.name`, `"${name}" is there twice: columns and keys share one name space`);
            }
            seen.add(name);
        });
    }
    args.columns.forEach(({ type }, index) => {
        const fault = hiveTypeFault(type);
        if (fault !== undefined) {
            faults.add(`columns[${index}].type`, fault);
        }
    });
    args.partitionKeys.forEach(({ type }, index) => {
        if (!partitionTypes.includes(type)) {
            faults.add(
                `partitionKeys[${index}].type`,
                `"${type}" must be one of ${partitionTypes.join(", ")}: other types are not pruned as numbers or dates`,
            );
        }
    });
}

function checkProjection(args: LakeTableArgs, faults: Faults): void {
    if (args.projection === undefined) {
        return;
    }
    if (args.format === TableFormat.Iceberg) {
        faults.add("projection", "is for Parquet tables: Iceberg finds its files by its own metadata; leave it out");
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

function checkIceberg(name: string, args: LakeTableArgs, faults: Faults): void {
    faults.unlessShort("name", name, longestRoleName - "-optimizer-role".length);
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.unlessWhole("snapshotRetentionDays", args.snapshotRetentionDays, 1, 36_500, "days");
    faults.unlessWhole("orphanFileDays", args.orphanFileDays, 1, 36_500, "days");
    args.columns.forEach(({ type }, index) => {
        const fault = hiveTypeFault(type) === undefined ? icebergTypeFault(parseHiveType(type)) : undefined;
        if (fault !== undefined) {
            faults.add(`columns[${index}].type`, fault);
        }
    });
}

const icebergArguments = [
    "compaction",
    "snapshotRetentionDays",
    "orphanFileDays",
    "kmsKeyArn",
    "optimizerRoleArn",
] as const;

function checkNoIceberg(args: LakeTableArgs, faults: Faults): void {
    for (const argument of icebergArguments) {
        if (args[argument] !== undefined) {
            faults.add(argument, "is for Iceberg tables: set format to TableFormat.Iceberg, or leave it out");
        }
    }
}

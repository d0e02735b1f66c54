/** Checks a contract when it is loaded: every fault at once, each naming its path. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Column, DatasetContract, PartitionColumn } from "./contract";
import { ContractError, emptyFault, fault, identifierFault, repeatedFaults, type Fault } from "./faults";
import { queryFaults } from "./validateQuery";

/** @throws ContractError when the contract or its SQL files have a fault. */
export function validateContract(contract: DatasetContract, folder: string): void {
    const faults = [
        ...datasetFaults(contract, folder),
        ...columnFaults(contract.columns),
        ...keyFaults(contract),
        ...partitionFaults(contract.partitions, contract.columns),
        ...ruleFaults(contract),
        ...queryFaults(contract, path.join(folder, "queries")),
    ];
    if (faults.length > 0) {
        throw new ContractError(folder, faults);
    }
}

/** 30 characters leave room for `lakeworks-<stack>-…` in an IAM role's name of 64 and a bucket-wide prefix. */
const longestDatasetName = 30;

function datasetFaults(contract: DatasetContract, folder: string): Fault[] {
    const { name, raw, targetFileMiB, freshnessHours } = contract;
    const folderName = path.basename(folder);
    return [
        ...fault("name", identifierFault(name)),
        ...fault(
            "name",
            name.length > longestDatasetName ? `"${name}" is longer than ${longestDatasetName} characters.` : undefined,
        ),
        ...fault("name", name !== folderName ? `"${name}" must be the folder's name, "${folderName}".` : undefined),
        ...fault(
            "name",
            name.startsWith("raw_")
                ? `"${name}" must not start with raw_, the prefix of the crawled tables.`
                : undefined,
        ),
        ...emptyFault("description", contract.description),
        ...fault(
            "raw.format",
            (raw.format as string) !== "json" ? `"${raw.format as string}" is not supported; use "json".` : undefined,
        ),
        ...fault("raw.arrivalKey", identifierFault(raw.arrivalKey)),
        ...fault("raw.arrivalKey", arrivalClash(contract)),
        ...positive("targetFileMiB", targetFileMiB),
        ...positive("freshnessHours", freshnessHours),
        ...(fs.existsSync(path.join(folder, "generator.ts"))
            ? []
            : [{ path: "generator.ts", message: "is missing; it exports `generate`, the sample data." }]),
    ];
}

/** The crawler makes the arrival key a partition column of the raw table, beside the records' fields. */
function arrivalClash({ raw, columns }: DatasetContract): string | undefined {
    return columns.some((column) => (column.source ?? column.name).toLowerCase() === raw.arrivalKey)
        ? `"${raw.arrivalKey}" is also a field of the raw records; the crawled table can't have both.`
        : undefined;
}

function positive(faultPath: string, value: number): Fault[] {
    return Number.isFinite(value) && value > 0
        ? []
        : [{ path: faultPath, message: `${value} must be a number above 0.` }];
}

function columnFaults(columns: readonly Column[]): Fault[] {
    const read = columns.filter((column) => column.expression === undefined);
    return [
        ...(read.length === 0
            ? [{ path: "columns", message: "must hold at least one column that is read from the source." }]
            : []),
        ...columns.flatMap((column, index) => [
            ...fault(`columns[${index}].name`, identifierFault(column.name)),
            ...fault(`columns[${index}].type`, typeFault(column.type)),
            ...emptyFault(`columns[${index}].description`, column.description),
            ...(column.source === undefined ? [] : emptyFault(`columns[${index}].source`, column.source)),
            ...(column.expression === undefined ? [] : emptyFault(`columns[${index}].expression`, column.expression)),
            ...fault(
                `columns[${index}].source`,
                column.source !== undefined && column.expression !== undefined
                    ? "a column is read from the source or computed by an expression, not both."
                    : undefined,
            ),
        ]),
        ...repeatedFaults(
            columns.map((column) => column.name),
            (index) => `columns[${index}].name`,
        ),
    ];
}

/** Hive and Parquet decimals have at most 38 digits. */
function typeFault(type: string): string | undefined {
    if (["string", "int", "bigint", "double", "boolean", "date", "timestamp"].includes(type)) {
        return undefined;
    }
    const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
    if (precision === undefined || scale === undefined) {
        return `"${type}" is not a column type; use string, int, bigint, double, boolean, date, timestamp or decimal(p,s).`;
    }
    return Number(precision) >= 1 && Number(precision) <= 38 && Number(scale) <= Number(precision)
        ? undefined
        : `"${type}" must have a precision of 1 to 38 and a scale of at most the precision.`;
}

function keyFaults({ columns, businessKey, eventTime }: DatasetContract): Fault[] {
    const missing = (name: string): string | undefined => {
        const column = columns.find((candidate) => candidate.name === name);
        if (column === undefined) {
            return `"${name}" is not a column.`;
        }
        return column.nullable === true ? `"${name}" must not be nullable.` : undefined;
    };
    const eventType = columns.find((column) => column.name === eventTime)?.type;
    return [
        ...(businessKey.length === 0 ? [{ path: "businessKey", message: "must name at least one column." }] : []),
        ...businessKey.flatMap((name, index) => fault(`businessKey[${index}]`, missing(name))),
        ...repeatedFaults(businessKey, (index) => `businessKey[${index}]`),
        ...fault("eventTime", missing(eventTime)),
        ...fault(
            "eventTime",
            eventType !== undefined && eventType !== "timestamp" && eventType !== "date"
                ? `"${eventTime}" is of type ${eventType}; it must be a timestamp or a date.`
                : undefined,
        ),
    ];
}

function partitionFaults(partitions: readonly PartitionColumn[], columns: readonly Column[]): Fault[] {
    return [
        ...(partitions.length === 0 ? [{ path: "partitions", message: "must hold at least one column." }] : []),
        ...partitions.flatMap((partition, index) => [
            ...fault(`partitions[${index}].name`, identifierFault(partition.name)),
            ...fault(
                `partitions[${index}].name`,
                columns.some((column) => column.name === partition.name)
                    ? `"${partition.name}" is also a column; a partition key is stored in the path, not in the file.`
                    : undefined,
            ),
            ...fault(
                `partitions[${index}].type`,
                ["int", "date"].includes(partition.type)
                    ? undefined
                    : `"${partition.type as string}" must be int or date.`,
            ),
            ...emptyFault(`partitions[${index}].expression`, partition.expression),
        ]),
        ...repeatedFaults(
            partitions.map((partition) => partition.name),
            (index) => `partitions[${index}].name`,
        ),
    ];
}

function ruleFaults({ rowRules, quality }: DatasetContract): Fault[] {
    return [
        ...rowRules.flatMap((rule, index) => [
            ...fault(
                `rowRules[${index}].name`,
                /^[a-z][a-z0-9_]*$/.test(rule.name)
                    ? undefined
                    : `"${rule.name}" must be lower snake case; it is the quarantine reason.`,
            ),
            ...emptyFault(`rowRules[${index}].condition`, rule.condition),
        ]),
        ...repeatedFaults(
            rowRules.map((rule) => rule.name),
            (index) => `rowRules[${index}].name`,
        ),
        ...quality.rules.flatMap((rule, index) => emptyFault(`quality.rules[${index}]`, rule)),
        ...fault(
            "quality.onFailure",
            ["fail", "warn"].includes(quality.onFailure)
                ? undefined
                : `"${quality.onFailure as string}" must be fail or warn.`,
        ),
    ];
}

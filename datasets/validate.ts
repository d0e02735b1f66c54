/** Checks a contract when it is loaded: every fault at once, each naming its path. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Column, DatasetContract, PartitionColumn } from "./contract";
import { typeFault } from "./columnTypes";
import { goldFaults } from "./validateGold";
import {
    choiceFault,
    ContractError,
    emptyFault,
    fault,
    identifierFault,
    longFault,
    repeatedFaults,
    type Fault,
} from "./faults";
import { readQueries } from "./readQueries";

/**
 * @param queries of the dataset's folder
 * @throws ContractError when the contract or its SQL files have a fault
 */
export function validateContract(
    contract: DatasetContract,
    folder: string,
    queries = readQueries(path.join(folder, "queries"), contract.name),
): void {
    const faults = [
        ...datasetFaults(contract, folder),
        ...columnFaults(contract.columns),
        ...keyFaults(contract),
        ...partitionFaults(contract.partitions, contract.columns),
        ...ruleFaults(contract),
        ...jobFaults(contract),
        ...goldFaults(contract, path.join(folder, "gold"), queries.creates),
        ...queries.faults,
    ];
    if (faults.length > 0) {
        throw new ContractError(folder, faults);
    }
}

/** 30 characters leave room for `lakeworks-<stack>-…` in an IAM role's name of 64 and a bucket-wide prefix. */
const longestDatasetName = 30;
/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html */
const longestDescription = 1024;
/** https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html */
const longestComment = 255;
/** What S3 takes in one upload, https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const largestFileMiB = 5120;
/** https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDataQualityRuleset.html */
const longestRuleset = 65_536;

function datasetFaults(contract: DatasetContract, folder: string): Fault[] {
    const { name, raw, targetFileMiB, freshnessHours } = contract;
    const folderName = path.basename(folder);
    return [
        ...fault("name", identifierFault(name)),
        ...fault(
            "name",
            name.length > longestDatasetName
                ? `"${name}" has ${name.length} characters; at most ${longestDatasetName} fit into the names of roles and buckets.`
                : undefined,
        ),
        ...fault("name", name !== folderName ? `"${name}" must be the folder's name, "${folderName}".` : undefined),
        ...fault(
            "name",
            name.startsWith("raw_")
                ? `"${name}" must not start with raw_, the prefix of the crawled tables; write "${name.slice(4)}".`
                : undefined,
        ),
        ...emptyFault("description", contract.description),
        ...longFault("description", contract.description, longestDescription, "an Athena workgroup"),
        ...choiceFault("raw.format", raw.format, ["json", "csv", "xml", "parquet"]),
        ...fault("raw.separator", separatorFault(raw)),
        ...fault("raw.rowTag", rowTagFault(raw)),
        ...fault("raw.arrivalKey", identifierFault(raw.arrivalKey)),
        ...fault("raw.arrivalKey", arrivalClash(contract)),
        ...fault(
            "targetFileMiB",
            Number.isInteger(targetFileMiB) && targetFileMiB >= 1 && targetFileMiB <= largestFileMiB
                ? undefined
                : `${targetFileMiB} must be a whole number from 1 to ${largestFileMiB}; 128 to 512 suits Athena.`,
        ),
        ...fault(
            "freshnessHours",
            Number.isFinite(freshnessHours) && freshnessHours > 0
                ? undefined
                : `${freshnessHours} must be a number of hours above 0.`,
        ),
        ...(fs.existsSync(path.join(folder, "generator.ts"))
            ? []
            : [{ path: "generator.ts", message: "is missing; it exports `generate`, the sample data." }]),
    ];
}

/** The crawler makes the arrival key a partition column of the raw table, beside the records' fields. */
function arrivalClash({ raw, columns }: DatasetContract): string | undefined {
    return columns.some((column) => sourcesOf(column).some((source) => source.toLowerCase() === raw.arrivalKey))
        ? `"${raw.arrivalKey}" is also a field of the raw records; the crawled table can't have both: name the folders otherwise.`
        : undefined;
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
            ...longFault(`columns[${index}].description`, column.description, longestComment, "a column in Glue"),
            ...sourceFaults(column, `columns[${index}].source`),
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

/** Names of the raw field that a column is read from. */
export function sourcesOf({ name, source = name }: Column): readonly string[] {
    return typeof source === "string" ? [source] : source;
}

function sourceFaults(column: Column, at: string): Fault[] {
    const sources = sourcesOf(column);
    return [
        ...(sources.length === 0 ? [{ path: at, message: "must name at least one field, or be left out." }] : []),
        ...sources.flatMap((source) => emptyFault(at, source)),
        ...repeatedFaults(sources, () => at),
    ];
}

function separatorFault({ format, separator }: DatasetContract["raw"]): string | undefined {
    if (separator === undefined) return undefined;
    if (format !== "csv") return `is for CSV; leave it out of ${format}.`;
    return /^[^"\r\n\w\s]$|^\t$/.test(separator)
        ? undefined
        : `"${separator}" must be one character between fields: , ; | or a tab.`;
}

function rowTagFault({ format, rowTag }: DatasetContract["raw"]): string | undefined {
    if (format !== "xml") return rowTag === undefined ? undefined : `is for XML; leave it out of ${format}.`;
    return /^[A-Za-z_][\w.-]*$/.test(rowTag ?? "")
        ? undefined
        : `"${rowTag ?? ""}" must name the element of one record, without its namespace: order.`;
}

/** What the job is told besides the rows themselves. */
function jobFaults({ columns, schemaChange, duplicates, sortBy, quarantine, tableFormat }: DatasetContract): Fault[] {
    const names = columns.map(({ name }) => name);
    const days = duplicates?.withinDays;
    const share = quarantine?.maxShare;
    return [
        ...(schemaChange === undefined ? [] : choiceFault("schemaChange", schemaChange, ["ignore", "fail", "append"])),
        ...(tableFormat === undefined ? [] : choiceFault("tableFormat", tableFormat, ["parquet", "iceberg"])),
        ...fault(
            "duplicates.withinDays",
            days === undefined || (Number.isInteger(days) && days >= 0)
                ? undefined
                : `${days} must be a whole number of days, 0 or more.`,
        ),
        ...fault(
            "quarantine.maxShare",
            share === undefined || (share >= 0 && share <= 1)
                ? undefined
                : `${share} must be a share from 0 to 1: 0.05 for five of a hundred records.`,
        ),
        ...(sortBy ?? []).flatMap((name, index) =>
            fault(
                `sortBy[${index}]`,
                names.includes(name) ? undefined : `"${name}" is not a column; columns: ${names.join(", ")}.`,
            ),
        ),
        ...repeatedFaults(sortBy ?? [], (index) => `sortBy[${index}]`),
        ...["source_object", "extra_fields"].flatMap((name) =>
            fault(
                `columns[${names.indexOf(name)}].name`,
                names.includes(name) ? `"${name}" is a column that the job adds; name yours otherwise.` : undefined,
            ),
        ),
    ];
}

function keyFaults({ columns, businessKey, eventTime }: DatasetContract): Fault[] {
    const missing = (name: string): string | undefined => {
        const column = columns.find((candidate) => candidate.name === name);
        if (column === undefined) {
            return `"${name}" is not a column; columns: ${columns.map((known) => known.name).join(", ")}.`;
        }
        return column.nullable === true
            ? `"${name}" must not be nullable: leave \`nullable\` out of the column.`
            : undefined;
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
            ...choiceFault(`partitions[${index}].type`, partition.type, ["int", "date"]),
            ...emptyFault(`partitions[${index}].expression`, partition.expression),
            ...longFault(`partitions[${index}].expression`, partition.expression, longestComment, "a key in Glue"),
        ]),
        ...repeatedFaults(
            partitions.map((partition) => partition.name),
            (index) => `partitions[${index}].name`,
        ),
    ];
}

function ruleFaults({ columns, rowRules, quality }: DatasetContract): Fault[] {
    const taken = new Set(builtInReasons(columns));
    return [
        ...rowRules.flatMap((rule, index) => [
            ...fault(
                `rowRules[${index}].name`,
                /^[a-z][a-z0-9_]*$/.test(rule.name)
                    ? undefined
                    : `"${rule.name}" must be lower snake case; it is the quarantine reason.`,
            ),
            ...fault(
                `rowRules[${index}].name`,
                taken.has(rule.name)
                    ? `"${rule.name}" is a reason that the job gives itself; say what is wrong otherwise.`
                    : undefined,
            ),
            ...emptyFault(`rowRules[${index}].condition`, rule.condition),
        ]),
        ...repeatedFaults(
            rowRules.map((rule) => rule.name),
            (index) => `rowRules[${index}].name`,
        ),
        ...quality.rules.flatMap((rule, index) => emptyFault(`quality.rules[${index}]`, rule)),
        ...longFault("quality.rules", quality.rules.join(", "), longestRuleset, "a ruleset in Glue"),
        ...choiceFault("quality.onFailure", quality.onFailure, ["fail", "warn"]),
    ];
}

/** Quarantine reasons for a line as a whole and for its fields. */
function builtInReasons(columns: readonly Column[]): string[] {
    const fields = columns.flatMap(({ name }) => [`${name}_missing`, `${name}_invalid`]);
    const records = [
        "malformed_json",
        "malformed_csv",
        "malformed_xml",
        "row_tag_absent",
        "malformed_parquet",
        "header_invalid",
    ];
    return [...records, "binary", "encoding_invalid", "line_too_long", "object_truncated", ...fields];
}

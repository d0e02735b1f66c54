/** Checks a contract's gold tables and their SQL files. */
import * as fs from "node:fs";
import * as path from "node:path";
import { typeFault } from "./columnTypes";
import type { DatasetContract, GoldTable } from "./contract";
import { emptyFault, fault, identifierFault, longFault, repeatedFaults, type Fault } from "./faults";

/** https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html and …/API_TableInput.html */
const longestComment = 255;
const longestDescription = 2048;

/** @param made names of what the dataset's queries create */
export function goldFaults(contract: DatasetContract, folder: string, made: readonly string[]): Fault[] {
    const tables = contract.gold ?? [];
    const own = [contract.name, `raw_${contract.name}`, `${contract.name}_quarantine`, `${contract.name}_quality`];
    return [
        ...tables.flatMap((table, index) => [
            ...tableFaults(table, `gold[${index}]`, contract),
            ...fault(
                `gold[${index}].name`,
                [...own, ...made].includes(table.name)
                    ? `"${table.name}" is the name of another table or view of the dataset; name it otherwise.`
                    : undefined,
            ),
        ]),
        ...repeatedFaults(
            tables.map(({ name }) => name),
            (index) => `gold[${index}].name`,
        ),
        ...fileFaults(tables, folder),
    ];
}

function tableFaults(table: GoldTable, at: string, { partitions }: DatasetContract): Fault[] {
    const keys = partitions.map(({ name }) => name);
    return [
        ...fault(`${at}.name`, identifierFault(table.name)),
        ...emptyFault(`${at}.description`, table.description),
        ...longFault(`${at}.description`, table.description, longestDescription, "a table in Glue"),
        ...(table.columns.length === 0 ? [{ path: `${at}.columns`, message: "must hold at least one column." }] : []),
        ...table.columns.flatMap(({ name, type, description }, index) => [
            ...fault(`${at}.columns[${index}].name`, identifierFault(name)),
            ...fault(
                `${at}.columns[${index}].name`,
                table.partitionKeys.includes(name)
                    ? `"${name}" is also a partition key; it is stored in the path, not in the file.`
                    : undefined,
            ),
            ...fault(`${at}.columns[${index}].type`, typeFault(type)),
            ...emptyFault(`${at}.columns[${index}].description`, description),
            ...longFault(`${at}.columns[${index}].description`, description, longestComment, "a column in Glue"),
        ]),
        ...repeatedFaults(
            table.columns.map(({ name }) => name),
            (index) => `${at}.columns[${index}].name`,
        ),
        ...(table.partitionKeys.length === 0
            ? [{ path: `${at}.partitionKeys`, message: `must name at least one of ${keys.join(", ")}.` }]
            : []),
        ...table.partitionKeys.flatMap((key, index) =>
            fault(
                `${at}.partitionKeys[${index}]`,
                keys.includes(key)
                    ? undefined
                    : `"${key}" is not a partition column of silver; those are ${keys.join(", ")}.`,
            ),
        ),
        ...repeatedFaults(table.partitionKeys, (index) => `${at}.partitionKeys[${index}]`),
    ];
}

/** Files and contract agree, as those of queries do. What the SQL says is checked by the job, with Spark, before it reads a row. */
function fileFaults(tables: readonly GoldTable[], folder: string): Fault[] {
    const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith(".sql")) : [];
    const named = tables.map(({ name }) => `${name}.sql`);
    return [
        ...named
            .filter((file) => !files.includes(file))
            .map((file) => ({ path: `gold/${file}`, message: "is missing; it holds the SQL of the table." })),
        ...files
            .filter((file) => !named.includes(file))
            .map((file) => ({
                path: `gold/${file}`,
                message: "is no gold table of the contract; add it or remove the file.",
            })),
        ...named
            .filter((file) => files.includes(file) && fs.readFileSync(path.join(folder, file), "utf8").trim() === "")
            .map((file) => ({ path: `gold/${file}`, message: "is empty; write Spark SQL over the view silver." })),
    ];
}

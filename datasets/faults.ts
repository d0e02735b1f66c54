/** What is wrong with a contract. */
import { athenaReservedWords } from "./reservedWords";

export interface Fault {
    /** Where in the contract, e.g. `columns[3].type`. */
    readonly path: string;
    /** What is wrong and what would be right. */
    readonly message: string;
}

/** Every fault of one contract. */
export class ContractError extends Error {
    constructor(
        readonly folder: string,
        readonly faults: readonly Fault[],
    ) {
        const lines = faults.map((one) => `  ${one.path}: ${one.message}`);
        super(
            `The contract in ${folder} has ${faults.length} fault${faults.length === 1 ? "" : "s"}:\n${lines.join("\n")}`,
        );
        this.name = "ContractError";
    }
}

/** One fault, or none where there is no message. */
export function fault(path: string, message: string | undefined): Fault[] {
    return message === undefined ? [] : [{ path, message }];
}

export function emptyFault(path: string, text: string): Fault[] {
    return fault(path, text.trim() === "" ? "must not be empty." : undefined);
}

/** Why a name can't be a column's or a table's everywhere: the Glue catalog, Athena, Spark and Parquet take it unquoted. */
export function identifierFault(name: string): string | undefined {
    if (!/^[a-z][a-z0-9_]*$/.test(name) || name.length > 128) {
        return `"${name}" must be lower snake case: a letter, then letters, digits and underscores, at most 128 characters.`;
    }
    return athenaReservedWords.has(name)
        ? `"${name}" is a reserved word in Athena and would need quotes in every query; choose another name.`
        : undefined;
}

/** The second and later uses of a name. */
export function repeatedFaults(names: readonly string[], pathOf: (index: number) => string): Fault[] {
    return names.flatMap((name, index) => {
        const first = names.indexOf(name);
        return fault(pathOf(index), first === index ? undefined : `"${name}" is used by ${pathOf(first)} already.`);
    });
}

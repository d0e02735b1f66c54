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

/**
 * Why a name can't be a column's or a table's everywhere: the Glue catalog, Athena, Spark and Parquet take it unquoted.
 * https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html
 */
export function identifierFault(name: string): string | undefined {
    if (!/^[a-z][a-z0-9_]*$/.test(name) || name.length > longestIdentifier) {
        return (
            `"${name}" must be lower snake case: a letter, then letters, digits and underscores, ` +
            `at most ${longestIdentifier} characters; write for example "${snakeCase(name)}".`
        );
    }
    return athenaReservedWords.has(name)
        ? `"${name}" is a reserved word in Athena and would need quotes in every query; write for example "${name}_value".`
        : undefined;
}

const longestIdentifier = 128;

/** A name that a column or table can have, as near to the given one as may be. */
export function toIdentifier(name: string): string {
    const plain = snakeCase(name.replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, ""));
    return identifierFault(plain) === undefined ? plain : `${plain}_value`;
}

/** What is left of a name as an identifier. */
function snakeCase(name: string): string {
    const words = name
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "_")
        .replace(/^[_0-9]+|_+$/g, "");
    return words.slice(0, longestIdentifier) || "name";
}

/** A text that a service takes up to some length only. @param law whose limit it is */
export function longFault(path: string, text: string, most: number, law: string): Fault[] {
    const length = [...text].length;
    return fault(path, length > most ? `has ${length} characters; ${law} takes at most ${most}.` : undefined);
}

/** One of a few words. */
export function choiceFault(path: string, value: string, choices: readonly string[]): Fault[] {
    return fault(path, choices.includes(value) ? undefined : `"${value}" must be one of ${choices.join(", ")}.`);
}

/** The second and later uses of a name. */
export function repeatedFaults(names: readonly string[], pathOf: (index: number) => string): Fault[] {
    return names.flatMap((name, index) => {
        const first = names.indexOf(name);
        return fault(pathOf(index), first === index ? undefined : `"${name}" is used by ${pathOf(first)} already.`);
    });
}

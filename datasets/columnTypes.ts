/** Which types a column can have, and what those are called that it can't. */

/** What types are called elsewhere. */
const otherNames: Readonly<Record<string, string>> = {
    varchar: "string",
    char: "string",
    text: "string",
    uuid: "string",
    integer: "int",
    smallint: "int",
    long: "bigint",
    float: "double",
    real: "double",
    bool: "boolean",
    datetime: "timestamp",
    decimal: "decimal(p,s), without spaces",
    numeric: "decimal(p,s)",
    number: "decimal(p,s)",
};

/** Hive and Parquet decimals have at most 38 digits. */
export function typeFault(type: string): string | undefined {
    if (["string", "int", "bigint", "double", "boolean", "date", "timestamp"].includes(type)) {
        return undefined;
    }
    const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
    if (precision === undefined || scale === undefined) {
        const meant = otherNames[type.toLowerCase().replace(/\(.*/, "")];
        const use = meant ?? "string, int, bigint, double, boolean, date, timestamp or decimal(p,s)";
        return `"${type}" is not a column type; write ${use}.`;
    }
    return Number(precision) >= 1 && Number(precision) <= 38 && Number(scale) <= Number(precision)
        ? undefined
        : `"${type}" must have a precision of 1 to 38 and a scale of at most the precision.`;
}

/** Types of a query's answer, as Athena names them: https://docs.aws.amazon.com/athena/latest/ug/data-types.html */

const numeric = ["tinyint", "smallint", "integer", "bigint", "float", "double"];
/** Of the nested ones Athena's results tell no more than this: https://docs.aws.amazon.com/athena/latest/APIReference/API_ColumnInfo.html */
const others = [
    ...["varchar", "boolean", "date", "timestamp", "timestamp with time zone", "time", "varbinary", "json"],
    ...["array", "map", "row"],
];
/** What the catalog or other engines call them. */
const otherNames: Readonly<Record<string, string>> = {
    string: "varchar",
    text: "varchar",
    int: "integer",
    real: "float",
    decimal: "decimal(p,s), the digits in all and those after the point",
};

/** Why a type can't be that of an answer's column. */
export function resultTypeFault(type: string): string | undefined {
    if ([...numeric, ...others].includes(type)) return undefined;
    const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
    if (
        precision !== undefined &&
        Number(precision) >= 1 &&
        Number(precision) <= 38 &&
        Number(scale) <= Number(precision)
    )
        return undefined;
    const use = otherNames[type.toLowerCase()] ?? [...numeric, "decimal(p,s)", ...others].join(", ");
    return `"${type}" is not a type of Athena's answers; write ${use}.`;
}

export function isNumericType(type: string): boolean {
    return numeric.includes(type) || type.startsWith("decimal");
}

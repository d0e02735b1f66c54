/** Column descriptions as GetQueryResults gives them: https://docs.aws.amazon.com/athena/latest/APIReference/API_ColumnInfo.html */
import type { ColumnInfo } from "@aws-sdk/client-athena";
import type { TrinoColumn } from "../trino/client";

/** Athena's name of a type where it is not Trino's, and its precision where the type itself does not carry one. */
const types: Readonly<Record<string, { name?: string; precision?: number; scale?: number }>> = {
    bigint: { precision: 19 },
    integer: { precision: 10 },
    smallint: { precision: 5 },
    tinyint: { precision: 3 },
    double: { precision: 17 },
    real: { name: "float", precision: 17 },
    varchar: { precision: 2147483647 },
    char: { precision: 2147483647 },
    varbinary: { precision: 1073741824 },
    timestamp: { precision: 3 },
    "timestamp with time zone": { precision: 3 },
    time: { precision: 3 },
    "time with time zone": { precision: 3 },
};

const unbounded = 2147483647;

export function describeColumn({ name, typeSignature }: TrinoColumn): ColumnInfo {
    const { rawType } = typeSignature;
    const known = types[rawType] ?? {};
    const [first, second] = typeSignature.arguments.map((argument) =>
        argument.kind === "LONG" ? argument.value : undefined,
    );
    const sized = rawType === "decimal" || rawType === "varchar" || rawType === "char";
    const bounded = sized && first !== undefined && first < unbounded ? first : undefined;
    return info(
        name,
        known.name ?? rawType,
        bounded ?? known.precision ?? 0,
        rawType === "decimal" ? (second ?? 0) : 0,
    );
}

/** A column of a statement that answers in text. */
export function textColumn(name: string): ColumnInfo {
    return info(name, "string", 0, 0);
}

/** What CTAS and INSERT answer: the number of rows written. */
export const writtenRows: ColumnInfo = info("rows", "bigint", 19, 0);

/** Lines of a manifest: one address each. */
export const manifestColumn: ColumnInfo = textColumn("manifest");

function info(name: string, type: string, precision: number, scale: number): ColumnInfo {
    return {
        CatalogName: "hive",
        SchemaName: "",
        TableName: "",
        Name: name,
        Label: name,
        Type: type,
        Precision: precision,
        Scale: scale,
        Nullable: "UNKNOWN",
        CaseSensitive: type === "varchar" || type === "char",
    };
}

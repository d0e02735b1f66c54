/** Columns from the fields of a sample: legal names, types that take every value, which may be missing. */
import { toIdentifier } from "../../datasets/faults";
import type { Column, ColumnType } from "../../datasets";
import { count } from "../format";
import type { SampleField, SampleProfile } from "./sample";

/** A column, the field that it is from, and why it is as it is. */
export interface ProposedColumn {
    readonly column: Column;
    readonly field: SampleField;
    readonly reason: string;
}

/** Names that the job gives to columns of its own. */
const taken = ["source_object", "extra_fields"];
const mostDigits = 38;
/** Digits before the point that a decimal has beyond those in the sample. */
const spareDigits = 4;
/** Decimals of more digits after the point are measurements. */
const mostScale = 6;

/** Fields that are objects or lists have no column: no type of a column holds them. */
export function proposeColumns({ fields, records, raw }: SampleProfile): ProposedColumn[] {
    const names = new Set(taken);
    return fields
        .filter((field) => !isNested(field))
        .map((field) => {
            const { type, reason } = typeOf(field, raw.format === "csv" || raw.format === "xml");
            const name = freeName(nameOf(field.name, type), names);
            names.add(name);
            const nullable = field.present < records;
            const missing = `missing in ${count(records - field.present)} of ${count(records)} records`;
            return {
                field,
                reason: nullable ? `${reason}; ${missing}` : reason,
                column: {
                    name,
                    ...(name === field.name ? {} : { source: field.name }),
                    type,
                    ...(nullable ? { nullable } : {}),
                    description: `The field ${field.name.slice(0, 200)} of the sample.`,
                },
            };
        });
}

export function isNested({ kinds }: SampleField): boolean {
    return (kinds.nested ?? 0) > 0;
}

/** `timestamp`, `time` and `date` are reserved, and what they mean is plain. */
function nameOf(field: string, type: ColumnType): string {
    const name = toIdentifier(field);
    if (!["timestamp_value", "time_value", "date_value"].includes(name)) return name;
    return type === "date" ? "event_date" : type === "timestamp" ? "event_time" : name;
}

function freeName(name: string, names: ReadonlySet<string>): string {
    for (let free = name, number = 2; ; number++) {
        if (!names.has(free)) return free;
        free = `${name}_${number}`;
    }
}

/** @param isText whether the format has no types of its own, so that digits may be numbers */
function typeOf(field: SampleField, isText: boolean): { type: ColumnType; reason: string } {
    const { present, declared, types, kinds } = field;
    if (present === 0) return { type: "string", reason: "no value in the sample, so nothing tells its type" };
    const stated = declaredType(declared ?? "");
    if (stated !== undefined && stated !== "string") return { type: stated, reason: `${declared} in the file` };
    const all = (type: keyof SampleField["types"]) => types[type] === present;
    if (all("timestamp")) return { type: "timestamp", reason: `ISO 8601 with seconds, as ${field.example}` };
    if (all("date")) return { type: "date", reason: `YYYY-MM-DD, as ${field.example}` };
    if (all("boolean")) return { type: "boolean", reason: "true and false alone" };
    if (!isText && kinds.number !== present) return { type: "string", reason: "text in the file" };
    if ((field.padded ?? 0) > 0) return { type: "string", reason: "numbers with zeros in front are codes" };
    if (all("bigint")) return { type: "bigint", reason: "whole numbers alone" };
    if (all("double")) return numberType(field);
    return { type: "string", reason: "text that is no number, day, moment or truth" };
}

function numberType({ present, plain, whole = 0, scale = 0 }: SampleField): { type: ColumnType; reason: string } {
    const digits = whole + spareDigits + scale;
    if (plain !== present || scale > mostScale || digits > mostDigits)
        return { type: "double", reason: `numbers with up to ${scale} digits after the point, or an exponent` };
    const precision = Math.max(10, digits);
    return {
        type: `decimal(${precision},${scale})`,
        reason: `at most ${whole} digits before the point and ${scale} after it, exact`,
    };
}

/** Of DuckDB's name for a Parquet column's type; undefined where its values' text has to tell. */
function declaredType(type: string): ColumnType | undefined {
    const [, precision, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(type) ?? [];
    if (precision !== undefined && scale !== undefined) return `decimal(${Number(precision)},${Number(scale)})`;
    if (type.startsWith("TIMESTAMP")) return "timestamp";
    const known: Readonly<Record<string, ColumnType>> = {
        BOOLEAN: "boolean",
        TINYINT: "int",
        SMALLINT: "int",
        INTEGER: "int",
        UTINYINT: "int",
        USMALLINT: "int",
        BIGINT: "bigint",
        UINTEGER: "bigint",
        UBIGINT: "decimal(20,0)",
        FLOAT: "double",
        DOUBLE: "double",
        DATE: "date",
        BLOB: "string",
    };
    return known[type];
}

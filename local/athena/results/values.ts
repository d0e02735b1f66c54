/** Values as Athena prints them: the text that GetQueryResults and the CSV carry. */
import type { TrinoValue, TypeArgument, TypeSignature } from "../trino/client";

/** @returns undefined for NULL */
export function printValue(value: TrinoValue, type: TypeSignature): string | undefined {
    return value === null ? undefined : print(value, type);
}

function print(value: TrinoValue, type: TypeSignature): string {
    if (value === null) return "null";
    switch (type.rawType) {
        case "double":
        case "real":
            return printDouble(value as number | string);
        case "varbinary":
            return [...Buffer.from(value as string, "base64")]
                .map((byte) => byte.toString(16).padStart(2, "0"))
                .join(" ");
        case "array":
            return `[${(value as TrinoValue[]).map((item) => print(item, typeAt(type, 0))).join(", ")}]`;
        case "map":
            return `{${Object.entries(value as Record<string, TrinoValue>)
                .map(([key, item]) => `${key}=${print(item, typeAt(type, 1))}`)
                .join(", ")}}`;
        case "row":
            return `{${(value as TrinoValue[]).map((item, at) => printField(item, type.arguments[at], at)).join(", ")}}`;
        default:
            return typeof value === "object" ? JSON.stringify(value) : String(value);
    }
}

function typeAt(type: TypeSignature, at: number): TypeSignature {
    const argument = type.arguments[at];
    if (argument?.kind !== "TYPE") throw new Error(`Trino's type ${type.rawType} lacks its argument ${at}.`);
    return argument.value;
}

/** A field without a name is called by its position: `{field0=1}`. */
function printField(value: TrinoValue, field: TypeArgument | undefined, at: number): string {
    if (field?.kind === "TYPE") return `field${at}=${print(value, field.value)}`;
    if (field?.kind !== "NAMED_TYPE") throw new Error("Trino's row type lacks a field.");
    const { fieldName, typeSignature } = field.value;
    return `${fieldName?.name ?? `field${at}`}=${print(value, typeSignature)}`;
}

/** As Java prints a double: at least one decimal, and an exponent from 10^7 and below 10^-3. */
export function printDouble(value: number | string): string {
    // Trino's JSON has NaN and the infinities as text.
    if (typeof value === "string" || !Number.isFinite(value)) return String(value);
    if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
    const size = Math.abs(value);
    if (size >= 1e-3 && size < 1e7) {
        const text = String(value);
        return text.includes(".") ? text : `${text}.0`;
    }
    const [digits, exponent] = value.toExponential().split("e") as [string, string];
    return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
}

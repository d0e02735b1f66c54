/** Values of partition keys by the key's declared type: how they are read, and in which order they stand. */
import type { Column } from "@aws-sdk/client-glue";
import { AwsError } from "../../../protocol/operations";

/** Hive's name of the partition whose key is NULL. */
const nullPartition = "__HIVE_DEFAULT_PARTITION__";

export type Comparable = string | bigint | number;

interface KeyType {
    /** @returns undefined for text that is no value of the type */
    read(text: string): Comparable | undefined;
}

const integer: KeyType = {
    read: (text) => (/^\s*[+-]?\d+\s*$/.test(text) ? BigInt(text.trim().replace(/^\+/, "")) : undefined),
};
const approximate: KeyType = {
    read: (text) => (text.trim() === "" || Number.isNaN(Number(text)) ? undefined : Number(text)),
};
const text: KeyType = { read: (value) => value };

/** Exact: scaled to the 38 digits after the point that a Hive decimal may have. */
const decimal: KeyType = {
    read: (value) => {
        const match = /^\s*([+-]?)(\d*)\.?(\d*)\s*$/.exec(value);
        if (!match || `${match[2]}${match[3]}` === "" || (match[3] ?? "").length > 38) return undefined;
        return BigInt(`${match[1] === "-" ? "-" : ""}${match[2]}${(match[3] ?? "").padEnd(38, "0")}`);
    },
};

const date: KeyType = { read: (value) => /^\d{4}-\d{2}-\d{2}$/.exec(value.trim())?.[0] };

const timestamp: KeyType = {
    read: (value) => {
        const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?)?$/.exec(value.trim());
        return match ? `${match[1]} ${match[2] ?? "00:00:00"}.${(match[3] ?? "").padEnd(9, "0")}` : undefined;
    },
};

const types: Record<string, KeyType> = {
    tinyint: integer,
    smallint: integer,
    int: integer,
    integer,
    bigint: integer,
    long: integer,
    float: approximate,
    double: approximate,
    decimal,
    string: text,
    char: text,
    varchar: text,
    date,
    timestamp,
};

export interface Key {
    readonly name: string;
    /** Its place among the table's partition keys. */
    readonly index: number;
    /** @throws InvalidInputException when the literal is no value of the key's type */
    literal(text: string): Comparable;
    /** The value of one partition; undefined is NULL, or text that is no value of the key's type. */
    value(text: string): Comparable | undefined;
}

/** @throws InvalidInputException for a type that cannot be filtered by. */
export function keyOf(column: { Name?: Column["Name"]; Type?: Column["Type"] }, index: number): Key {
    const name = column.Name ?? "";
    const typeName = (column.Type ?? "string").toLowerCase();
    const type = types[typeName.replace(/\(.*$/, "").trim()];
    if (type === undefined)
        throw new AwsError("InvalidInputException", `Unknown type : '${typeName}' of partition key ${name}.`);
    return {
        name,
        index,
        literal: (literal) => {
            const read = type.read(literal);
            if (read !== undefined) return read;
            throw new AwsError(
                "InvalidInputException",
                `'${literal}' is not a value of partition key ${name} of type ${typeName}.`,
            );
        },
        value: (value) => (value === nullPartition ? undefined : type.read(value)),
    };
}

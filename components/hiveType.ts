/** Hive's types as Glue keeps them and Athena reads them: https://docs.aws.amazon.com/athena/latest/ug/data-types.html */
import { nearest } from "./nearMiss";

export type HiveType =
    | { readonly kind: "primitive"; readonly name: string; readonly lengths: readonly number[] }
    | { readonly kind: "array"; readonly element: HiveType }
    | { readonly kind: "map"; readonly key: HiveType; readonly value: HiveType }
    | { readonly kind: "struct"; readonly fields: readonly { readonly name: string; readonly type: HiveType }[] };

const plain = [
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "float",
    "double",
    "boolean",
    "string",
    "binary",
    "date",
    "timestamp",
];

/** Types with a length, and how it is written. */
const measured: Readonly<Record<string, { readonly example: string; readonly most: number }>> = {
    char: { example: "char(2)", most: 255 },
    varchar: { example: "varchar(100)", most: 65_535 },
};

/** The nested types, each with an example. */
const nested = {
    array: "array<string>",
    map: "map<string,bigint>",
    struct: "struct<name:string,amount:decimal(12,2)>",
};

/** Names that other systems give the types. */
const foreign: Readonly<Record<string, string>> = {
    integer: "int",
    long: "bigint",
    short: "smallint",
    byte: "tinyint",
    bool: "boolean",
    text: "string",
    str: "string",
    json: "string",
    uuid: "string",
    real: "float",
    datetime: "timestamp",
    number: "decimal(12,2)",
    numeric: "decimal(12,2)",
    bytes: "binary",
    list: nested.array,
    row: nested.struct,
};

const known = [...plain, ...Object.keys(measured), "decimal", ...Object.keys(nested)];

/** @returns why the text is no Hive type and what to write instead; undefined where it is one. */
export function hiveTypeFault(text: string): string | undefined {
    try {
        parseHiveType(text);
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

/** @throws Error with the reason, and what was probably meant, when the text is no Hive type. */
export function parseHiveType(text: string): HiveType {
    if (text !== text.toLowerCase() || /\s/.test(text)) {
        const repaired = text.toLowerCase().replace(/\s/g, "");
        const meant = hiveTypeFault(repaired) === undefined ? `; did you mean "${repaired}"?` : "";
        throw new Error(`"${text}" must be lower case and without spaces${meant}`);
    }
    const parser = new Parser(text);
    const type = parser.type();
    parser.end();
    return type;
}

class Parser {
    private position = 0;

    constructor(private readonly text: string) {}

    type(): HiveType {
        const name = this.word("a type");
        switch (name) {
            case "array":
                return this.within(name, () => ({ kind: "array", element: this.type() }));
            case "map":
                return this.within(name, () => {
                    const key = this.type();
                    if (key.kind !== "primitive") throw this.fault("a map's key must not be nested", nested.map);
                    this.expect(",", nested.map);
                    return { kind: "map", key, value: this.type() };
                });
            case "struct":
                return this.within(name, () => ({ kind: "struct", fields: this.fields() }));
            default:
                return { kind: "primitive", name, lengths: this.lengths(name) };
        }
    }

    end(): void {
        if (this.position < this.text.length) {
            throw this.fault(`nothing may follow "${this.text.slice(0, this.position)}"`);
        }
    }

    private within(name: keyof typeof nested, inner: () => HiveType): HiveType {
        this.expect("<", nested[name]);
        const type = inner();
        this.expect(">", nested[name]);
        return type;
    }

    private fields(): { name: string; type: HiveType }[] {
        const fields: { name: string; type: HiveType }[] = [];
        do {
            const name = this.word("a field's name", nested.struct);
            if (fields.some((field) => field.name === name)) throw this.fault(`the field "${name}" is there twice`);
            this.expect(":", nested.struct);
            fields.push({ name, type: this.type() });
        } while (this.take(","));
        return fields;
    }

    private lengths(name: string): number[] {
        const lengths = this.take("(") ? this.numbers() : [];
        const measure = measured[name];
        if (name === "decimal") {
            const [precision = 10, scale = 0] = lengths;
            if (lengths.length > 2 || precision < 1 || precision > 38 || scale > precision) {
                throw this.fault("decimal takes 1 to 38 digits, and no more of them after the point", "decimal(12,2)");
            }
        } else if (measure !== undefined) {
            const [length = 0] = lengths;
            if (lengths.length !== 1 || length < 1 || length > measure.most) {
                throw this.fault(`${name} takes a length of 1 to ${measure.most}`, measure.example);
            }
        } else if (!plain.includes(name)) {
            const meant = foreign[name] ?? nearest(name, known);
            throw new Error(
                `"${name}" is no Hive type${meant === undefined ? `: it must be one of ${known.join(", ")}` : `; did you mean ${meant}?`}`,
            );
        } else if (lengths.length > 0) {
            throw this.fault(`${name} takes no length`, name);
        }
        return lengths;
    }

    private numbers(): number[] {
        const inside = /^(\d+(?:,\d+)*)\)/.exec(this.text.slice(this.position))?.[1];
        if (inside === undefined) throw this.fault("whole numbers and a closing bracket must follow the opening one");
        this.position += inside.length + 1;
        return inside.split(",").map(Number);
    }

    private word(what: string, example?: string): string {
        const word = /^[a-z0-9_]+/.exec(this.text.slice(this.position))?.[0];
        if (word === undefined) throw this.fault(`${what} is missing at character ${this.position + 1}`, example);
        this.position += word.length;
        return word;
    }

    private take(character: string): boolean {
        const there = this.text[this.position] === character;
        if (there) this.position += 1;
        return there;
    }

    private expect(character: string, example: string): void {
        if (!this.take(character)) {
            throw this.fault(`"${character}" is missing at character ${this.position + 1}`, example);
        }
    }

    private fault(reason: string, example?: string): Error {
        return new Error(
            `"${this.text}" is no Hive type: ${reason}${example === undefined ? "" : `; write ${example}`}`,
        );
    }
}

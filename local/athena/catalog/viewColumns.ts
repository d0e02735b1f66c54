/** A view's columns in the catalog, from the definition that Trino keeps in its text. */
import type { Column, Table } from "@aws-sdk/client-glue";

interface ViewDefinition {
    readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string; readonly comment?: string }>;
}

/** @returns undefined for what is no view of Athena's */
export function viewColumns({ ViewOriginalText }: Table): Column[] | undefined {
    const encoded = /^\/\* Presto View: (.*) \*\/$/s.exec(ViewOriginalText ?? "")?.[1];
    if (encoded === undefined) return undefined;
    const { columns } = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as ViewDefinition;
    return columns.map(({ name, type, comment }) => ({ Name: name, Type: hiveTypeOf(type), Comment: comment }));
}

/** Types that Hive has under the same name. */
const same = /^(?:boolean|tinyint|smallint|bigint|double|date|decimal\(\d+,\d+\)|(?:var)?char\(\d+\))$/;

const renamed: Readonly<Record<string, string>> = { integer: "int", real: "float", varbinary: "binary" };

/** Hive's name of one of Trino's types; what Hive lacks, e.g. `json`, is a string to it. */
export function hiveTypeOf(type: string): string {
    const [, kind, inside = ""] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
    if (kind === "array") return `array<${hiveTypeOf(inside)}>`;
    if (kind === "map") return `map<${parts(inside).map(hiveTypeOf).join(",")}>`;
    if (kind === "row") return `struct<${parts(inside).map(fieldOf).join(",")}>`;
    if (kind === "timestamp" || type === "timestamp") return "timestamp";
    return same.test(type) ? type : (renamed[type] ?? "string");
}

/** Hive's names have no blanks and are never left out, as Trino's may be. */
function fieldOf(field: string, at: number): string {
    const [, quoted, bare, type = field] =
        /^(?:"((?:[^"]|"")*)"|(\w+)) (?!with(?:out)? time zone)(.*)$/s.exec(field) ?? [];
    const name = quoted ?? bare ?? `field${at}`;
    return `${name.replace(/\W/g, "_")}:${hiveTypeOf(type)}`;
}

/** Split at the commas that are in no brackets and no quotes. */
function parts(text: string): string[] {
    const found = [""];
    let depth = 0;
    let quoted = false;
    for (const character of text) {
        if (character === '"') quoted = !quoted;
        if (!quoted && character === "(") depth += 1;
        if (!quoted && character === ")") depth -= 1;
        if (!quoted && depth === 0 && character === ",") found.push("");
        else found[found.length - 1] += character;
    }
    return found.map((part) => part.trim());
}

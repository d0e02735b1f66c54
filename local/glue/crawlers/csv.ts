/**
 * The built-in CSV classifier: layout and schema of delimited text from the beginning of an object.
 * @see https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-builtin-rules
 */
import { parseCsv, type CsvField } from "./csvText";
import { isNumeric, mergeTypes, nullType, scalar, type InferredType, type Schema } from "./types";

export interface CsvLayout {
    readonly delimiter: string;
    /** Is the first line of each file the columns' names? */
    readonly header: boolean;
    /** Read by OpenCSVSerDe, with this quote symbol. @default by LazySimpleSerDe, which knows no quotes */
    readonly openCsvQuote?: string;
}

export interface CsvSample {
    readonly layout: CsvLayout;
    readonly schema: Schema;
    /** Rows of data. */
    readonly records: number;
    /** Lines that have another number of columns. */
    readonly malformed: number;
    readonly quoted: boolean;
}

/** In the order in which AWS lists them. */
const delimiters = [",", "|", "\t", ";", "\u0001"];

const longestHeader = 150;
const [smallestBigint, largestBigint] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * @param complete does the sample end where the object ends? If not, its last line may be cut
 * @returns undefined when it is not CSV: it needs two columns and two rows of data, and most of its lines must have the
 * same number of columns.
 */
export function sampleCsv(text: string, complete: boolean): CsvSample | undefined {
    if (text.includes("\0")) return undefined;
    for (const delimiter of delimiters) {
        const rows = text.includes(delimiter) ? parseCsv(text.replace(/^\uFEFF/, ""), delimiter) : [];
        if (!complete && rows.length > 1) rows.pop();
        const sample = sampleRows(rows, delimiter);
        if (sample !== undefined) return sample;
    }
    return undefined;
}

function sampleRows(rows: readonly CsvField[][], delimiter: string): CsvSample | undefined {
    const width = mostFrequent(rows.map((row) => row.length));
    const [first] = rows;
    const whole = rows.filter((row) => row.length === width);
    if (first === undefined || width < 2 || whole.length * 2 < rows.length) return undefined;
    const below = typesOf(whole.slice(1), width);
    const header = first.length === width && isHeader(first) && below.some(isNumeric);
    const data = header ? whole.slice(1) : whole;
    if (data.length < 2) return undefined;
    const columns = header ? below : typesOf(whole, width);
    const names = columns.map((_, column) => (header && first[column]?.text.toLowerCase()) || `col${column}`);
    return {
        layout: { delimiter, header },
        schema: new Map(names.map((name, column) => [name, columns[column] ?? nullType])),
        records: data.length,
        malformed: rows.length - whole.length,
        quoted: data.some((row) => row.some((field) => field.quoted)),
    };
}

/** The type of each column. */
export function typesOf(data: readonly CsvField[][], width: number): InferredType[] {
    return Array.from({ length: width }, (_, column) =>
        data.map((row) => typeOf(row[column] as CsvField)).reduce(mergeTypes, nullType),
    );
}

/** Could the line be the columns' names? The last may be empty, for a delimiter at the end of each line. */
export function isHeader(row: readonly CsvField[]): boolean {
    const names = row.map(({ text }) => text.toLowerCase());
    return (
        new Set(names).size === row.length &&
        row.every((field, column) => {
            const last = column === row.length - 1;
            if (field.text === "") return last;
            // A catalog's column name is one line: any text but control characters.
            return (
                !isNumeric(typeOf(field)) && !/\p{Cc}/u.test(field.text) && (last || field.text.length < longestHeader)
            );
        })
    );
}

/** Text in quotes is text to the SerDe, whatever stands in them. */
function typeOf({ text, quoted }: CsvField): InferredType {
    return quoted && text !== "" ? scalar("string") : typeOfText(text);
}

/** Of text there are bigint, double and string. */
export function typeOfText(text: string): InferredType {
    if (text === "") return nullType;
    if (/^[+-]?\d+$/.test(text)) {
        const value = BigInt(text.replace(/^\+/, ""));
        return scalar(value >= smallestBigint && value <= largestBigint ? "bigint" : "string");
    }
    return scalar(/^[+-]?(\d+\.\d*|\.?\d+)(e[+-]?\d+)?$/i.test(text) ? "double" : "string");
}

export function mostFrequent(numbers: readonly number[]): number {
    const counts = new Map<number, number>();
    for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

/**
 * Custom CSV classifiers: what the crawler's user says of the layout, instead of what the built-in rules find.
 * @see https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-csv
 */
import { csvDatatypes } from "../classifiers/csvDatatypes";
import type { Csv } from "../classifiers/kinds";
import { isHeader, mostFrequent, typesOf, type CsvSample } from "./csv";
import { parseCsv, type CsvField } from "./csvText";
import { isNumeric, nullType, scalar } from "./types";

/**
 * @param complete does the sample end where the object ends? If not, its last line may be cut
 * @returns undefined when the classifier does not recognize it: two columns, or one where that is allowed, one row of
 * data, most lines with the same number of columns, and as many of those as a given Header and CustomDatatypes name
 */
export function sampleCustomCsv(text: string, complete: boolean, classifier: Csv): CsvSample | undefined {
    if (text.includes("\0")) return undefined;
    const { Delimiter: delimiter = ",", QuoteSymbol, AllowSingleColumn: single = false, Header: given } = classifier;
    const parsed = parseCsv(text.replace(/^\uFEFF/, ""), delimiter, QuoteSymbol ?? '"');
    if (!complete && parsed.length > 1) parsed.pop();
    const rows = classifier.DisableValueTrimming ? parsed : parsed.map((row) => row.map(trimmed));
    const width = mostFrequent(rows.map((row) => row.length));
    const whole = rows.filter((row) => row.length === width);
    if (width < (single ? 1 : 2) || whole.length * 2 < rows.length) return undefined;
    if (given !== undefined && given.length > 0 && given.length !== width) return undefined;
    const header = hasHeader(classifier, rows[0] ?? [], whole);
    const data = header ? whole.slice(1) : whole;
    if (data.length === 0) return undefined;
    const spelled = given?.length === width ? given : header ? (rows[0] ?? []).map((field) => field.text) : [];
    const open = usesOpenCsv(classifier);
    const declared = classifier.CustomDatatypeConfigured ? (classifier.CustomDatatypes ?? []) : undefined;
    if (declared !== undefined && declared.length !== width) return undefined;
    const types =
        declared?.map((type) => scalar(csvDatatypes[type.toUpperCase()] ?? "string")) ??
        typesOf(data, width).map((type) => (open ? scalar("string") : type));
    const names = types.map((_, column) => {
        const name = spelled[column]?.trim().toLowerCase() ?? "";
        return name === "" ? `col${column}` : name;
    });
    return {
        layout: { delimiter, header, openCsvQuote: open ? (QuoteSymbol ?? '"') : undefined },
        schema: new Map(names.map((name, column) => [name, types[column] ?? nullType])),
        records: data.length,
        malformed: rows.length - whole.length,
        quoted: data.some((row) => row.some((field) => field.quoted)),
    };
}

/** A QuoteSymbol is of use to OpenCSVSerDe alone: without a Serde that says otherwise it is the one that reads it. */
function usesOpenCsv({ Serde: serde = "None", QuoteSymbol: quote }: Csv): boolean {
    return serde === "OpenCSVSerDe" || (serde === "None" && quote !== undefined);
}

function hasHeader(
    { ContainsHeader, Header: given = [] }: Csv,
    first: readonly CsvField[],
    whole: readonly CsvField[][],
): boolean {
    if (ContainsHeader === "PRESENT") return true;
    if (ContainsHeader === "ABSENT") return false;
    if (given.length > 0) return first.every(({ text }, column) => text.toLowerCase() === given[column]?.toLowerCase());
    return isHeader(first) && typesOf(whole.slice(1), first.length).some(isNumeric);
}

function trimmed({ text, quoted }: CsvField): CsvField {
    return { text: text.trim(), quoted };
}

/** Delimited text as rows of fields. @see https://www.rfc-editor.org/rfc/rfc4180 */

export interface CsvField {
    readonly text: string;
    /** Does it stand in quotes? */
    readonly quoted: boolean;
}

/** Blank lines are no rows. The last row may be cut off, where the text is. @param quote one character */
export function parseCsv(text: string, delimiter: string, quote = '"'): CsvField[][] {
    const rows: CsvField[][] = [];
    for (let at = 0; at < text.length;) {
        const row: CsvField[] = [];
        for (let more = true; more;) {
            const field = fieldAt(text, at, delimiter, quote);
            row.push(field);
            more = text[field.end] === delimiter;
            at = field.end + 1;
        }
        const [first] = row;
        if (row.length > 1 || first?.text !== "" || first.quoted) rows.push(row);
    }
    return rows;
}

function fieldAt(
    text: string,
    start: number,
    delimiter: string,
    quoteSymbol: string,
): CsvField & { readonly end: number } {
    if (text[start] !== quoteSymbol) return plainField(text, start, delimiter);
    let value = "";
    for (let at = start + 1; ;) {
        const quote = text.indexOf(quoteSymbol, at);
        if (quote < 0) return { text: value + text.slice(at), quoted: true, end: text.length };
        value += text.slice(at, quote);
        if (text[quote + 1] !== quoteSymbol) {
            const rest = plainField(text, quote + 1, delimiter);
            return { text: value + rest.text, quoted: true, end: rest.end };
        }
        value += quoteSymbol;
        at = quote + 2;
    }
}

/** Up to the next delimiter or the line's end, which may be CR LF. */
function plainField(text: string, start: number, delimiter: string): CsvField & { readonly end: number } {
    let end = start;
    while (end < text.length && text[end] !== delimiter && text[end] !== "\n") end += 1;
    const value = text.slice(start, end);
    return { text: text[end] === delimiter ? value : value.replace(/\r$/, ""), quoted: false, end };
}

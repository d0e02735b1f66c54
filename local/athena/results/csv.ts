/** Athena's result files: CSV in which every value is quoted and NULL is nothing at all. */

export type Cells = readonly (string | undefined)[];

export function csvLine(cells: Cells): string {
    return `${cells.map((cell) => (cell === undefined ? "" : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`;
}

export interface ParsedLine {
    readonly cells: Cells;
    /** Bytes from the file's start to the line's end. */
    readonly end: number;
}

const quote = 0x22;
const comma = 0x2c;
const newline = 0x0a;

/**
 * Reads what `csvLine` wrote, line by line, in constant memory.
 * @param offset the byte at which the chunks begin
 */
export async function* csvLines(chunks: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<ParsedLine> {
    for await (const { bytes, end } of lines(chunks, offset, true)) yield { cells: parseCells(bytes), end };
}

/** Reads a text result, whose lines are single values. */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<ParsedLine> {
    for await (const { bytes, end } of lines(chunks, offset, false)) yield { cells: [bytes.toString("utf8")], end };
}

/** Splits at the newlines that are outside quotes. */
async function* lines(chunks: AsyncIterable<Uint8Array>, offset: number, quoted: boolean) {
    let rest: Buffer = Buffer.alloc(0);
    let scanned = 0;
    let inQuotes = false;
    let end = offset;
    for await (const chunk of chunks) {
        rest = Buffer.concat([rest, chunk]);
        let start = 0;
        for (let at = scanned; at < rest.length; at++) {
            const byte = rest[at];
            if (quoted && byte === quote) inQuotes = !inQuotes;
            if (byte !== newline || inQuotes) continue;
            end += at + 1 - start;
            yield { bytes: rest.subarray(start, at), end };
            start = at + 1;
        }
        rest = rest.subarray(start);
        scanned = rest.length;
    }
    if (rest.length > 0) yield { bytes: rest, end: end + rest.length };
}

function parseCells(line: Buffer): Cells {
    const cells: (string | undefined)[] = [];
    for (let at = 0; at <= line.length; at++) {
        if (line[at] !== quote) {
            cells.push(undefined);
            continue;
        }
        let close = at + 1;
        while (line[close] !== quote || line[close + 1] === quote) close += line[close] === quote ? 2 : 1;
        cells.push(line.toString("utf8", at + 1, close).replaceAll('""', '"'));
        at = close + 1;
        if (at < line.length && line[at] !== comma)
            throw new Error(`A result file has text after a closing quote at byte ${at}.`);
    }
    return cells;
}

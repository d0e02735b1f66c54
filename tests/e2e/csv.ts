/** One line of CSV by RFC 4180, character by character. */

/** @returns undefined for a line that is not exactly one record */
export function readCsvLine(line: string): string[] | undefined {
    const fields: string[] = [];
    let at = 0;
    for (;;) {
        let text = "";
        if (line[at] === '"') {
            for (at += 1; line[at] !== '"' || line[at + 1] === '"'; at += 1) {
                if (at >= line.length) return undefined;
                text += line[at];
                if (line[at] === '"') at += 1;
            }
            at += 1;
        } else {
            for (; at < line.length && line[at] !== ","; at += 1) {
                if (line[at] === '"') return undefined;
                text += line[at];
            }
        }
        fields.push(text);
        if (at === line.length) return fields;
        if (line[at] !== ",") return undefined;
        at += 1;
    }
}

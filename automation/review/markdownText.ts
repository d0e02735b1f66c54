/** Text in GitHub's Markdown that stays text, whatever is in it. */

/** A character that breaks no mention, link or number of an issue, and is not seen. */
const joiner = "\u2060";

/**
 * One line of text: Markdown's and HTML's marks show as themselves, `@name` pings nobody, `#1` and URLs link nowhere.
 * HTML's marks become entities, since a backslash before `<` is not enough for every reader; `$` would begin a formula.
 */
export function escaped(text: string): string {
    return text
        .replace(/\p{Cc}+/gu, " ")
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;")
        .replace(/[\\`*_[\]|~$#]/g, "\\$&")
        .replace(/@/g, `@${joiner}`)
        .replace(/#(?=\d)/g, `#${joiner}`)
        .replace(/\b(https?|ftp|www)(?=[:.])/gi, `$1${joiner}`)
        .replace(/^\s*(?=[-+=])|^\s*\d+(?=[.)](\s|$))/, `$&${joiner}`);
}

/** Code on one line: a fence longer than any in the text. In a table's cell a bar would end the cell even in code. */
export function code(text: string): string {
    const line = text
        .replace(/[\s\p{Cc}]+/gu, " ")
        .replace(/\|/g, "¦")
        .trim();
    if (line === "") return "";
    const fence = fenceOf(line, 1);
    const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text of several lines as it is. */
export function block(text: string): string[] {
    const fence = fenceOf(text, 3);
    return [`${fence}text`, ...text.split(/\r?\n/), fence];
}

/** Backticks that the text does not have in a row. */
function fenceOf(text: string, least: number): string {
    const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
    return "`".repeat(Math.max(least, longest + 1));
}

/** A link; only to the web, as a `javascript:` URL would come from whoever wrote the rule. */
export function link(text: string, url: string): string {
    return /^https:\/\/[^\s<>()"]+$/.test(url) ? `[${escaped(text)}](${url})` : escaped(text);
}

/** A part that is closed until it is clicked. The summary is HTML, in which Markdown's marks mean nothing. */
export function details(summary: string, body: readonly string[]): string[] {
    const text = summary.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/@/g, `@${joiner}`);
    return ["<details>", `<summary>${text}</summary>`, "", ...body, "", "</details>"];
}

/** A part of a document. */
export interface Part {
    readonly lines: readonly string[];
    /** What it is, for the note that says it was left out: "the changes". */
    readonly name: string;
    /** The highest goes first where the document is too long; 0 is never left out whole. */
    readonly rank: number;
}

/**
 * The document in at most that many bytes of UTF-8.
 * @param limit at least what the parts of rank 0 need, or the last of them is cut
 */
export function fitted(parts: readonly Part[], limit: number): string {
    const kept = parts.filter(({ lines }) => lines.length > 0);
    const left: string[] = [];
    const whole = () => {
        const note = `_Left out for the size of a comment: ${left.join(", ")}. The JSON report has everything._`;
        return [...kept.map(({ lines }) => lines.join("\n")), ...(left.length > 0 ? [note] : [])].join("\n\n");
    };
    for (;;) {
        const rank = Math.max(...kept.map((part) => part.rank));
        if (rank === 0 || Buffer.byteLength(whole()) <= limit) break;
        left.push(
            kept.splice(
                kept.findLastIndex((part) => part.rank === rank),
                1,
            )[0]!.name,
        );
    }
    const text = whole();
    if (Buffer.byteLength(text) <= limit) return text;
    const end = "\n\n_… cut here for the size of a comment._";
    return `${Buffer.from(text)
        .subarray(0, limit - Buffer.byteLength(end) - 3)
        .toString("utf8")
        .replace(/\uFFFD+$/, "")}${end}`;
}

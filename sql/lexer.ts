/** Tokens of Athena's two SQL dialects: Trino's for queries, Hive's for tables and partitions. */

export interface Token {
    /**
     * `word` is a bare identifier or keyword; `quoted` is `"…"`, an identifier in Trino and a string in Hive;
     * `backquoted` is Hive's quoted identifier; `symbol` is any other single character.
     */
    readonly kind: "word" | "quoted" | "backquoted" | "string" | "number" | "symbol" | "end";
    /** The token without its quotes and escapes. */
    readonly value: string;
    /** Half-open range in the source. */
    readonly start: number;
    readonly end: number;
}

/** A statement that does not follow the grammar, worded as Athena words it: `line 1:8: …`. */
export class SyntaxFault extends Error {
    constructor(source: string, position: number, what: string) {
        const before = source.slice(0, position).split("\n");
        super(`line ${before.length}:${(before.at(-1) ?? "").length + 1}: ${what}`);
    }
}

const closers: Readonly<Record<string, Token["kind"]>> = { "'": "string", '"': "quoted", "`": "backquoted" };

/**
 * @param backslashEscapes Hive's strings know `\t`, `\n`, `\\`, `\'`; Trino's take a backslash as itself
 * @throws SyntaxFault for a quote or a comment that is never closed
 */
export function tokenize(source: string, backslashEscapes: boolean): Token[] {
    const end: Token = { kind: "end", value: "", start: source.length, end: source.length };
    return [...scan(source, backslashEscapes), end];
}

/** The first words in upper case, before the dialect is known: they look the same in both. */
export function leadingWords(source: string, count: number): string[] {
    const words: string[] = [];
    for (const token of scan(source, false)) {
        if (token.kind !== "word" || words.push(token.value.toUpperCase()) === count) break;
    }
    return words;
}

/** The first of these words and symbols that the source has outside quotes and comments, in upper case. */
export function firstOf(source: string, ...wanted: string[]): string | undefined {
    for (const { kind, value } of scan(source, false)) {
        const word = value.toUpperCase();
        if ((kind === "word" || kind === "symbol") && wanted.includes(word)) return word;
    }
    return undefined;
}

function* scan(source: string, backslashEscapes: boolean): Generator<Token> {
    let at = 0;
    while (at < source.length) {
        const start = at;
        const char = source.charAt(at);
        if (isSpace(char)) at++;
        else if (source.startsWith("--", at)) at = indexOrEnd(source, "\n", at);
        else if (source.startsWith("/*", at)) at = closeComment(source, at);
        else if (closers[char] !== undefined) {
            const { value, end } = readQuoted(source, at, char, backslashEscapes && char !== "`");
            at = end;
            yield { kind: closers[char], value, start, end };
        } else if (isWordPart(char)) {
            while (at < source.length && isWordPart(source.charAt(at))) at++;
            const value = source.slice(start, at);
            yield { kind: isAllDigits(value) ? "number" : "word", value, start, end: at };
        } else {
            at += char.length;
            yield { kind: "symbol", value: char, start, end: at };
        }
    }
}

const hiveEscapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", "0": "\0", b: "\b", Z: "\x1a" };

function readQuoted(source: string, start: number, quote: string, escapes: boolean): { value: string; end: number } {
    let value = "";
    for (let at = start + 1; at < source.length; at++) {
        const char = source.charAt(at);
        if (escapes && char === "\\" && at + 1 < source.length) {
            const unicode = source.charAt(at + 1) === "u" ? Number.parseInt(source.slice(at + 2, at + 6), 16) : NaN;
            const next = source.charAt(at + 1);
            value += Number.isNaN(unicode) ? (hiveEscapes[next] ?? next) : String.fromCharCode(unicode);
            at += Number.isNaN(unicode) ? 1 : 5;
        } else if (char !== quote) value += char;
        else if (source.charAt(at + 1) === quote) {
            value += quote;
            at++;
        } else return { value, end: at + 1 };
    }
    throw new SyntaxFault(source, start, `mismatched input '${quote}'. The quote is never closed`);
}

function closeComment(source: string, start: number): number {
    const end = source.indexOf("*/", start + 2);
    if (end < 0) throw new SyntaxFault(source, start, "mismatched input '/*'. The comment is never closed");
    return end + 2;
}

function indexOrEnd(source: string, what: string, from: number): number {
    const found = source.indexOf(what, from);
    return found < 0 ? source.length : found;
}

const isSpace = (char: string) => char === " " || char === "\n" || char === "\r" || char === "\t" || char === "\ufeff";
const isDigit = (char: string) => char >= "0" && char <= "9";
const isAllDigits = (text: string) => [...text].every(isDigit);

/** Letters outside ASCII are refused by both grammars unless quoted; taking them as words gives the better message. */
function isWordPart(char: string): boolean {
    return (
        isDigit(char) || (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || char === "_" || char > "\x7f"
    );
}

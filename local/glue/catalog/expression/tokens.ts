/** Words of a partition filter: `year = 2024 AND region IN ('EU', 'US')`. */
import { AwsError } from "../../../protocol/operations";

export type Token =
    | { readonly kind: "word"; readonly text: string; readonly at: number }
    | { readonly kind: "quoted"; readonly text: string; readonly at: number }
    | { readonly kind: "string"; readonly text: string; readonly at: number }
    | { readonly kind: "number"; readonly text: string; readonly at: number }
    | { readonly kind: "symbol"; readonly text: string; readonly at: number }
    | { readonly kind: "end"; readonly text: ""; readonly at: number };

const patterns: readonly [Token["kind"], RegExp][] = [
    ["string", /'(?:[^']|'')*'/y],
    ["quoted", /`[^`]+`|"[^"]+"/y],
    ["number", /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
    ["word", /[A-Za-z_][\w$]*/y],
    ["symbol", /<=|>=|<>|!=|[=<>(),]/y],
];

/** @throws InvalidInputException at a character that starts no token. */
export function tokensOf(expression: string): Token[] {
    const tokens: Token[] = [];
    const space = /\s*/y;
    for (let at = 0; ;) {
        space.lastIndex = at;
        at += space.exec(expression)?.[0].length ?? 0;
        if (at >= expression.length) return [...tokens, { kind: "end", text: "", at }];
        const token = tokenAt(expression, at);
        tokens.push({ ...token, text: bare(token) });
        at += token.text.length;
    }
}

function tokenAt(expression: string, at: number): Exclude<Token, { kind: "end" }> {
    for (const [kind, pattern] of patterns) {
        pattern.lastIndex = at;
        const text = pattern.exec(expression)?.[0];
        if (text !== undefined) return { kind, text, at } as Exclude<Token, { kind: "end" }>;
    }
    throw filterError(expression, at, "nothing known starts here");
}

function bare({ kind, text }: Token): string {
    if (kind === "string") return text.slice(1, -1).replaceAll("''", "'");
    return kind === "quoted" ? text.slice(1, -1) : text;
}

export function filterError(expression: string, at: number, why: string): AwsError {
    return new AwsError(
        "InvalidInputException",
        `Unsupported expression '${expression}': ${why}, at position ${at + 1}.`,
    );
}

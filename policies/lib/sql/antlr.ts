/** What the two grammars share: errors that end the reading, texts without quotes. */
import type * as Antlr from "antlr4ng";

/** A text that a grammar does not take. */
export class SqlSyntaxError extends Error {}

export function unexpected(text: string | null | undefined, line: number, column: number): SqlSyntaxError {
    return new SqlSyntaxError(`line ${line}, column ${column + 1}: "${text ?? ""}" is not expected there`);
}

/** Ends the reading at the first error, which parsers only print otherwise. */
export function failingListener(antlr: typeof Antlr): Antlr.ANTLRErrorListener {
    return new (class extends antlr.BaseErrorListener {
        override syntaxError(...[, token, line, column]: Parameters<Antlr.ANTLRErrorListener["syntaxError"]>): never {
            throw unexpected(token?.text, line, column);
        }
    })();
}

export function terminals(antlr: typeof Antlr, tree: Antlr.ParseTree): readonly Antlr.Token[] {
    if (tree instanceof antlr.TerminalNode) {
        return [tree.symbol];
    }
    const children = Array.from({ length: tree.getChildCount() }, (_, index) => tree.getChild(index)!);
    return children.flatMap((child) => terminals(antlr, child));
}

/** Without the quotes around it, and with the doubled ones inside it single: `'it''s'`, `"a ""b"""`, `` `c` ``. */
export function unquote(text: string): string {
    const quote = text[0];
    return quote === "'" || quote === '"' || quote === "`" ? text.slice(1, -1).replaceAll(quote + quote, quote) : text;
}

/** A name of several parts without quotes: `"awsdatacatalog"."lake"."sales"` → `awsdatacatalog.lake.sales`. */
export function plainName(antlr: typeof Antlr, tree: Antlr.ParseTree): string {
    return terminals(antlr, tree)
        .map((token) => unquote(token.text ?? ""))
        .join("");
}

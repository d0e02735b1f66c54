/** A position in a statement's tokens, with the few moves that a recursive-descent grammar needs. */
import { SyntaxFault, tokenize, type Token } from "../../../sql/lexer";

/** A table's or view's name; the database where the statement gives one. */
export interface TableName {
    readonly database?: string;
    readonly table: string;
}

export class Cursor {
    private readonly tokens: readonly Token[];
    private index = 0;

    constructor(
        readonly source: string,
        backslashEscapes: boolean,
    ) {
        this.tokens = tokenize(source, backslashEscapes);
    }

    get token(): Token {
        return this.peek(0);
    }

    peek(ahead: number): Token {
        return this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)] as Token;
    }

    next(): Token {
        const token = this.token;
        if (token.kind !== "end") this.index++;
        return token;
    }

    /** Are the next tokens these keywords or symbols, in any case? */
    at(...words: string[]): boolean {
        return words.every((word, ahead) => isKeyword(this.peek(ahead), word));
    }

    /** Consumes them if they are next. */
    accept(...words: string[]): boolean {
        if (!this.at(...words)) return false;
        this.index += words.length;
        return true;
    }

    expect(...words: string[]): void {
        for (const word of words) if (!this.accept(word)) throw this.fault(`'${word}'`);
    }

    /** Consumes up to the next one of these keywords outside parentheses; stops there. @returns was there one? */
    skipTo(...words: string[]): boolean {
        for (let depth = 0; this.token.kind !== "end"; this.index++) {
            if (depth === 0 && words.some((word) => this.at(word))) return true;
            if (this.at("(")) depth++;
            if (this.at(")")) depth--;
        }
        return false;
    }

    identifier(): string {
        const { kind, value } = this.token;
        if (kind !== "word" && kind !== "quoted" && kind !== "backquoted") throw this.fault("<identifier>");
        this.index++;
        // The Glue catalog keeps names in lower case.
        return value.toLowerCase();
    }

    tableName(): TableName {
        const parts = [this.identifier()];
        while (this.accept(".")) parts.push(this.identifier());
        // A leading catalog can only be Athena's own.
        if (parts.length === 3 && parts[0] === "awsdatacatalog") parts.shift();
        const [first, second, ...more] = parts as [string, ...string[]];
        if (more.length > 0) throw this.fault("a name of at most two parts");
        return second === undefined ? { table: first } : { database: first, table: second };
    }

    /** A Hive string: in single or double quotes. */
    text(): string {
        const { kind, value } = this.token;
        if (kind !== "string" && kind !== "quoted") throw this.fault("<string>");
        this.index++;
        return value;
    }

    /** The statement's end. */
    finish(): void {
        if (this.token.kind !== "end") throw this.fault("<EOF>");
    }

    fault(expected: string): SyntaxFault {
        const { kind, start, end } = this.token;
        const found = kind === "end" ? "<EOF>" : this.source.slice(start, end);
        return new SyntaxFault(this.source, start, `mismatched input '${found}'. Expecting: ${expected}`);
    }
}

function isKeyword(token: Token, word: string): boolean {
    return (token.kind === "word" || token.kind === "symbol") && token.value.toUpperCase() === word.toUpperCase();
}

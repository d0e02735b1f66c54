/**
 * The grammar of GetPartitions' Expression, by recursive descent:
 *   or    := and ("OR" and)*          and  := not ("AND" not)*          not := "NOT" not | "(" or ")" | test
 *   test  := key op literal | literal op key | key ["NOT"] "IN" "(" literal, … ")" | key ["NOT"] "BETWEEN" literal "AND" literal
 *          | key ["NOT"] "LIKE" literal | key "IS" ["NOT"] "NULL"
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
 */
import { filterError, tokensOf, type Token } from "./tokens";
import {
    between,
    compare,
    conjunction,
    disjunction,
    isNull,
    like,
    negation,
    oneOf,
    type Condition,
} from "./conditions";
import type { Key } from "./values";

const mirrored: Record<string, string> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

/** @throws InvalidInputException with the position, for text outside of the grammar or an unknown key. */
export function parseFilter(expression: string, keys: ReadonlyMap<string, Key>): Condition {
    return new Parser(expression, keys).whole();
}

class Parser {
    private readonly tokens: Token[];
    private position = 0;

    constructor(
        private readonly expression: string,
        private readonly keys: ReadonlyMap<string, Key>,
    ) {
        this.tokens = tokensOf(expression);
    }

    whole(): Condition {
        const condition = this.or();
        if (this.token.kind !== "end") throw this.fault("AND, OR or the end is expected");
        return condition;
    }

    private or(): Condition {
        const parts = [this.and()];
        while (this.takeWord("OR")) parts.push(this.and());
        return disjunction(parts);
    }

    private and(): Condition {
        const parts = [this.not()];
        while (this.takeWord("AND")) parts.push(this.not());
        return conjunction(parts);
    }

    private not(): Condition {
        if (this.takeWord("NOT")) return negation(this.not());
        if (this.takeSymbol("(")) {
            const inner = this.or();
            this.expectSymbol(")");
            return inner;
        }
        return this.test();
    }

    private test(): Condition {
        if (this.atLiteral()) {
            const literal = this.literal();
            const operator = this.operator();
            return compare(this.key(), mirrored[operator] ?? operator, literal);
        }
        const key = this.key();
        if (this.takeWord("IS")) {
            const negated = this.takeWord("NOT");
            this.expectWord("NULL");
            return negated ? negation(isNull(key)) : isNull(key);
        }
        const negated = this.takeWord("NOT");
        if (this.takeWord("IN")) return this.maybe(negated, oneOf(key, this.list()));
        if (this.takeWord("LIKE")) return this.maybe(negated, like(key, this.literal()));
        if (this.takeWord("BETWEEN")) {
            const low = this.literal();
            this.expectWord("AND");
            return this.maybe(negated, between(key, low, this.literal()));
        }
        if (negated) throw this.fault("IN, LIKE or BETWEEN is expected after NOT");
        const operator = this.operator();
        return compare(key, operator, this.literal());
    }

    private maybe(negated: boolean, condition: Condition): Condition {
        return negated ? negation(condition) : condition;
    }

    private list(): string[] {
        this.expectSymbol("(");
        const literals = [this.literal()];
        while (this.takeSymbol(",")) literals.push(this.literal());
        this.expectSymbol(")");
        return literals;
    }

    private operator(): string {
        const { kind, text } = this.token;
        if (kind !== "symbol" || !/^(=|<>|!=|<=?|>=?)$/.test(text)) throw this.fault("a comparison is expected");
        this.position += 1;
        return text === "!=" ? "<>" : text;
    }

    /** A key may have a type's name (`date`): a word is a literal's type only when text follows. */
    private atLiteral(): boolean {
        const { kind, text } = this.token;
        if (kind === "string" || kind === "number") return true;
        return kind === "word" && /^(DATE|TIMESTAMP)$/i.test(text) && this.tokens[this.position + 1]?.kind === "string";
    }

    private literal(): string {
        if (!this.atLiteral()) throw this.fault("a number or a text in single quotes is expected");
        if (this.token.kind === "word") this.position += 1;
        const { text } = this.token;
        this.position += 1;
        return text;
    }

    private key(): Key {
        const { kind, text } = this.token;
        if (kind !== "word" && kind !== "quoted") throw this.fault("a partition key is expected");
        const key = this.keys.get(text.toLowerCase());
        if (key === undefined) throw this.fault(`${text} is not a partition key (${[...this.keys.keys()].join(", ")})`);
        this.position += 1;
        return key;
    }

    private get token(): Token {
        return this.tokens[this.position] ?? { kind: "end", text: "", at: this.expression.length };
    }

    private takeWord(word: string): boolean {
        return this.take(this.token.kind === "word" && this.token.text.toUpperCase() === word);
    }

    private takeSymbol(symbol: string): boolean {
        return this.take(this.token.kind === "symbol" && this.token.text === symbol);
    }

    private take(found: boolean): boolean {
        if (found) this.position += 1;
        return found;
    }

    private expectWord(word: string): void {
        if (!this.takeWord(word)) throw this.fault(`${word} is expected`);
    }

    private expectSymbol(symbol: string): void {
        if (!this.takeSymbol(symbol)) throw this.fault(`${symbol} is expected`);
    }

    private fault(why: string): Error {
        return filterError(this.expression, this.token.at, why);
    }
}

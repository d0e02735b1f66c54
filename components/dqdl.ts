/**
 * Reads rules of the Data Quality Definition Language as far as slips show before a job runs: brackets and quotes, rule
 * types, parameters, columns, conditions. Pure. https://docs.aws.amazon.com/glue/latest/dg/dqdl.html
 */
import { ruleTypes, type RuleType } from "./dqdlRules";
import { nearest } from "./nearMiss";

/** The rules as one ruleset. */
export function rulesetOf(rules: readonly string[]): string {
    return `Rules = [\n${rules.map((rule) => `    ${rule}`).join(",\n")}\n]`;
}

/**
 * @param columns that the rules may name; undefined where they are not known
 * @returns why the text is no rule and what to write instead; undefined where it is one
 */
export function ruleFault(rule: string, columns: readonly string[] | undefined): string | undefined {
    try {
        new Reader(tokensOf(rule), columns).rule();
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

interface Token {
    readonly kind: "string" | "word" | "operator" | "bracket" | "comma";
    readonly text: string;
}

const tokenPattern =
    /\s+|(?<string>"(?:\\.|[^"\\])*")|(?<operator><=|>=|!=|[<>=!+*/-])|(?<bracket>[()[\]])|(?<comma>,)|(?<word>[^\s"<>=!+*/()[\],-]+)/gy;

function tokensOf(rule: string): Token[] {
    const tokens: Token[] = [];
    tokenPattern.lastIndex = 0;
    while (tokenPattern.lastIndex < rule.length) {
        const start = tokenPattern.lastIndex;
        const groups = tokenPattern.exec(rule)?.groups;
        if (groups === undefined) {
            throw new Error(`a quote is not closed: ${rule.slice(start)}`);
        }
        const found = Object.entries(groups).find(([, text]) => text !== undefined);
        if (found !== undefined) {
            tokens.push({ kind: found[0] as Token["kind"], text: found[1] });
        }
    }
    checkBrackets(tokens);
    return tokens;
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]" };

function checkBrackets(tokens: readonly Token[]): void {
    const open: string[] = [];
    for (const { kind, text } of tokens) {
        if (kind !== "bracket") continue;
        const close = closing[text];
        if (close !== undefined) open.push(close);
        else if (open.pop() !== text) throw new Error(`"${text}" closes no bracket`);
    }
    const last = open.pop();
    if (last !== undefined) throw new Error(`"${last}" is missing: a bracket is not closed`);
}

const comparisons = ["=", "!=", ">", ">=", "<", "<=", "!"];

class Reader {
    private position = 0;

    constructor(
        private readonly tokens: readonly Token[],
        private readonly columns: readonly string[] | undefined,
    ) {}

    /** One rule, or rules in brackets joined by `and` or `or`. */
    rule(): void {
        this.joined();
        if (this.next?.kind === "comma") throw new Error("holds more than one rule: give each a text of its own");
        if (this.next !== undefined) throw new Error(`"${this.next.text}" does not belong here`);
    }

    private joined(): void {
        do {
            if (this.takes("(")) {
                this.joined();
                this.position += 1;
            } else {
                this.single();
            }
        } while (this.takes("and") || this.takes("or"));
    }

    private single(): void {
        const token = this.next;
        if (token?.kind !== "word") {
            throw new Error("must begin with a rule type, for example IsComplete");
        }
        const type = Object.hasOwn(ruleTypes, token.text) ? ruleTypes[token.text] : undefined;
        if (type === undefined) throw new Error(unknownType(token.text));
        this.position += 1;
        this.checkParameters(token.text, type, this.parameters());
        const conditioned = this.condition();
        if (conditioned && type.condition === "none") {
            throw new Error(`${token.text} takes no condition; write ${type.example}`);
        }
        if (!conditioned && type.condition === "needed") {
            throw new Error(`${token.text} needs a condition; write ${type.example}`);
        }
        this.clauses();
    }

    private parameters(): string[] {
        const parameters: string[] = [];
        for (;;) {
            const connector =
                ["and", "AND", "of", "OF"].includes(this.next?.text ?? "") && this.at(1)?.kind === "string" ? 1 : 0;
            const token = this.at(connector);
            if (token === undefined || !isParameter(token)) return parameters;
            parameters.push(token.text.replace(/^"|"$/g, ""));
            this.position += connector + 1;
        }
    }

    private checkParameters(name: string, type: RuleType, found: readonly string[]): void {
        const [least, most] = type.parameters;
        if (found.length < least || found.length > most) {
            const wanted = least === most ? `${least}` : `${least} to ${most}`;
            throw new Error(
                `${name} takes ${wanted} parameter${wanted === "1" ? "" : "s"}, not ${found.length}; write ${type.example}`,
            );
        }
        for (const parameter of type.columns ? found : []) {
            if (this.columns !== undefined && !this.columns.includes(parameter)) {
                const meant = nearest(parameter, this.columns);
                throw new Error(
                    `"${parameter}" is no column of the table${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
                );
            }
        }
    }

    /** @returns whether there was one */
    private condition(): boolean {
        const start = this.position;
        this.takes("not");
        const operator = this.next;
        if (this.takes("between")) {
            this.value("between");
            if (!this.takes("and")) throw new Error("between needs two values: between 1 and 9");
            this.value("between");
        } else if (this.takes("in")) {
            if (this.next?.text !== "[" && !(this.next?.text ?? "").startsWith("$")) {
                throw new Error('in needs a list: in ["x", "y"]');
            }
            this.value("in");
        } else if (operator !== undefined && (comparisons.includes(operator.text) || operator.text === "matches")) {
            this.position += 1;
            this.value(operator.text);
        }
        return this.position > start;
    }

    /** `where "…"`, and any number of `with threshold …`. */
    private clauses(): void {
        if (this.takes("where")) this.value("where");
        while (this.takes("with")) {
            if (this.next?.kind !== "word") throw new Error("with needs a name and a condition: with threshold > 0.9");
            this.position += 1;
            if (!this.condition()) throw new Error("with needs a condition: with threshold > 0.9");
        }
    }

    /** Passes over a value up to what may follow it. */
    private value(after: string): void {
        const start = this.position;
        const ends = ["and", "AND", "or", "OR", "where", "with", ")"];
        while (this.next !== undefined && this.next.kind !== "comma" && !ends.includes(this.next.text)) {
            this.position = this.next.kind === "bracket" ? this.afterBracket() : this.position + 1;
        }
        if (this.position === start) throw new Error(`a value is missing after ${after}`);
    }

    private afterBracket(): number {
        let depth = 0;
        let position = this.position;
        do {
            const text = this.tokens[position]?.text ?? "";
            depth += closing[text] !== undefined ? 1 : text === ")" || text === "]" ? -1 : 0;
            position += 1;
        } while (depth > 0 && position < this.tokens.length);
        return position;
    }

    private get next(): Token | undefined {
        return this.at(0);
    }

    private at(distance: number): Token | undefined {
        return this.tokens[this.position + distance];
    }

    private takes(text: string): boolean {
        // The grammar takes these two in capitals as well, and no other word.
        const spellings = text === "and" || text === "or" ? [text, text.toUpperCase()] : [text];
        const there = this.next?.kind !== "string" && spellings.includes(this.next?.text ?? "");
        if (there) this.position += 1;
        return there;
    }
}

const keywords = ["between", "in", "matches", "not", "and", "AND", "or", "OR", "of", "OF", "where", "with"];

function isParameter({ kind, text }: Token): boolean {
    return kind === "string" || (kind === "word" && !keywords.includes(text));
}

function unknownType(name: string): string {
    if (name === "AllStatistics") {
        return "AllStatistics is an analyzer: it collects figures and tests nothing";
    }
    const names = Object.keys(ruleTypes);
    const meant = names.find((known) => known.toLowerCase() === name.toLowerCase()) ?? nearest(name, names);
    return `"${name}" is no rule type${meant === undefined ? `: it must be one of ${names.join(", ")}` : `; did you mean ${meant}?`}`;
}

/** The statement of a query file: what kind it is, what it creates, and where its parameters are. */
import { SyntaxFault, tokenize, type Token } from "../sql/lexer";
import { fault, type Fault } from "./faults";
import { lineOfPositional, placeParameters } from "./parameters";
import type { Query } from "./query";

/** https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const longestQueryBytes = 262_144;

export type QueryStatement = Pick<Query, "kind" | "creates" | "sql" | "placeholders" | "select">;

/**
 * @param source what follows the front matter
 * @param file for the faults' paths
 */
export function readStatement(source: string, file: string): { statement?: QueryStatement; faults: Fault[] } {
    const sql = source.trim().replace(/;$/, "").trimEnd();
    const bytes = Buffer.byteLength(sql);
    const tooLong =
        bytes > longestQueryBytes ? `has ${bytes} bytes; Athena takes at most ${longestQueryBytes}.` : undefined;
    try {
        const tokens = tokenize(sql, false);
        const head = headOf(tokens);
        if (head === undefined) return { faults: fault(file, notAStatement) };
        const positional = lineOfPositional(sql);
        const faults = [
            ...fault(file, tooLong),
            ...fault(file, tokens.some((token) => isSymbol(token, ";")) ? "must hold one statement alone." : undefined),
            ...fault(
                file,
                positional === undefined
                    ? undefined
                    : `line ${positional} of the statement: "?" has no name; write :name and declare it under parameters.`,
            ),
        ];
        const { sql: placed, placeholders } = placeParameters(sql);
        const select = sql.slice(head.selectStart);
        return {
            statement: {
                kind: head.kind,
                creates: head.creates,
                sql: placed,
                placeholders,
                select: placeParameters(select).sql,
            },
            faults,
        };
    } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
        return { faults: fault(file, `${error.message}.`) };
    }
}

const notAStatement =
    "must hold one statement after its front matter that begins with SELECT, WITH, " +
    "CREATE OR REPLACE VIEW <name> AS, or CREATE TABLE <name> … AS.";

interface Head extends Pick<Query, "kind" | "creates"> {
    readonly selectStart: number;
}

function headOf(tokens: readonly Token[]): Head | undefined {
    const begins = (...words: string[]) => words.every((word, index) => isWord(tokens[index], word));
    if (begins("SELECT") || begins("WITH")) return { kind: "select", selectStart: 0 };
    if (begins("CREATE", "OR", "REPLACE", "VIEW")) return creatorOf("view", tokens, 4);
    return begins("CREATE", "TABLE") ? creatorOf("ctas", tokens, 2) : undefined;
}

/** The name at a token, and the SELECT after the first AS outside parentheses. */
function creatorOf(kind: "view" | "ctas", tokens: readonly Token[], at: number): Head | undefined {
    let depth = 0;
    for (let index = at + 1; index < tokens.length - 1; index++) {
        const token = tokens[index]!;
        if (isSymbol(token, "(")) depth++;
        else if (isSymbol(token, ")")) depth--;
        else if (depth === 0 && isWord(token, "AS"))
            return { kind, creates: tokens[at]!.value, selectStart: tokens[index + 1]!.start };
    }
    return undefined;
}

function isWord(token: Token | undefined, word: string): boolean {
    return token?.kind === "word" && token.value.toUpperCase() === word;
}

function isSymbol({ kind, value }: Token, symbol: string): boolean {
    return kind === "symbol" && value === symbol;
}

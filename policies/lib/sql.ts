/** What an Athena statement writes, read by Trino's grammar. */
import type * as Antlr from "antlr4ng";
import type * as Lexer from "dt-sql-parser/dist/lib/trino/TrinoSqlLexer";
import type * as Parser from "dt-sql-parser/dist/lib/trino/TrinoSqlParser";
import { loadTrinoGrammar } from "./trinoGrammar";

/** The properties of a statement's WITH clause by lower-case name; `undefined` is a value that is no literal. */
export type Properties = ReadonlyMap<string, string | readonly string[] | undefined>;

export type Statement =
    | { readonly kind: "ctas"; readonly table: string; readonly properties: Properties }
    | { readonly kind: "unload"; readonly properties: Properties }
    /** Creates a table or unloads, but in words that the grammar lacks, Hive's DDL among them. */
    | { readonly kind: "unread"; readonly problem: string };

type Grammar = typeof Antlr & typeof Lexer & typeof Parser;

/**
 * The statements of a query text that choose the format or the layout of what they write. All others (SELECT, views,
 * INSERT into a table that exists, SHOW …) are left out.
 * https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html
 * https://docs.aws.amazon.com/athena/latest/ug/unload.html
 */
export async function readStatements(text: string): Promise<readonly Statement[]> {
    const grammar = (await loadTrinoGrammar()) as Grammar;
    const lexer = new grammar.TrinoSqlLexer(grammar.CharStreams.fromString(text));
    lexer.removeErrorListeners();
    const stream = new grammar.CommonTokenStream(lexer);
    stream.fill();
    const tokens = stream.getTokens().filter((token) => token.channel === grammar.Token.DEFAULT_CHANNEL);
    if (!writes(grammar, tokens)) {
        return [];
    }
    const parser = new grammar.TrinoSqlParser(stream);
    parser.removeErrorListeners();
    parser.addErrorListener(failingListener(grammar));
    try {
        if (isUnload(tokens[0])) {
            return [readUnload(grammar, parser)];
        }
        return parser
            .program()
            .statements()
            .flatMap((each) => readCtas(grammar, each.singleStatement().statement()));
    } catch (error) {
        if (!(error instanceof SqlSyntaxError)) {
            throw error;
        }
        return [{ kind: "unread", problem: error.message }];
    }
}

class SqlSyntaxError extends Error {}

function unexpected(text: string | null | undefined, line: number, column: number): SqlSyntaxError {
    return new SqlSyntaxError(`line ${line}, column ${column + 1}: "${text ?? ""}" is not expected there`);
}

function failingListener(grammar: Grammar): Antlr.ANTLRErrorListener {
    return new (class extends grammar.BaseErrorListener {
        override syntaxError(...[, token, line, column]: Parameters<Antlr.ANTLRErrorListener["syntaxError"]>): never {
            throw unexpected(token?.text, line, column);
        }
    })();
}

function readCtas(grammar: Grammar, statement: Parser.StatementContext): readonly Statement[] {
    if (!(statement instanceof grammar.CreateTableAsSelectContext)) {
        return [];
    }
    const table = statement.tableNameCreate().getText().replaceAll('"', "");
    return [{ kind: "ctas", table, properties: readProperties(grammar, statement.properties()) }];
}

function isUnload(token: Antlr.Token | undefined): boolean {
    return token?.text?.toUpperCase() === "UNLOAD";
}

/** UNLOAD (query) TO 'location' [WITH (properties)]: Athena's own addition to Trino's grammar, made of its rules. */
function readUnload(grammar: Grammar, parser: Parser.TrinoSqlParser): Statement {
    const { IDENTIFIER, KW_TO, KW_WITH, STRING, literalNames } = grammar.TrinoSqlParser;
    const expect = (type: number): void => {
        const token = parser.getCurrentToken();
        if (token.type !== type) {
            throw unexpected(token.text, token.line, token.column);
        }
        if (type !== grammar.Token.EOF) {
            parser.inputStream.consume();
        }
    };
    expect(IDENTIFIER);
    expect(literalNames.indexOf("'('"));
    parser.query();
    expect(literalNames.indexOf("')'"));
    expect(KW_TO);
    expect(STRING);
    let properties: Properties = new Map();
    if (parser.getCurrentToken().type === KW_WITH) {
        expect(KW_WITH);
        properties = readProperties(grammar, parser.properties());
    }
    if (parser.getCurrentToken().text === ";") {
        parser.inputStream.consume();
    }
    expect(grammar.Token.EOF);
    return { kind: "unload", properties };
}

function readProperties(grammar: Grammar, clause: Parser.PropertiesContext | null): Properties {
    const properties = clause?.propertyAssignments().property() ?? [];
    return new Map(
        properties.map((property) => [
            unquote(property.identifier().getText()).toLowerCase(),
            readLiteral(grammar, terminals(grammar, property.propertyValue())),
        ]),
    );
}

/** `'text'`, `true`, `10` or `ARRAY['text', …]`. */
function readLiteral(grammar: Grammar, tokens: readonly Antlr.Token[]): string | readonly string[] | undefined {
    const { KW_ARRAY, STRING } = grammar.TrinoSqlParser;
    const [first, ...rest] = tokens;
    if (first?.type === KW_ARRAY) {
        const elements = rest.filter((token) => !["[", "]", ","].includes(token.text ?? ""));
        return elements.every((token) => token.type === STRING)
            ? elements.map((token) => unquote(token.text ?? ""))
            : undefined;
    }
    return first !== undefined && rest.length === 0 ? unquote(first.text ?? "") : undefined;
}

function terminals(grammar: Grammar, tree: Antlr.ParseTree): readonly Antlr.Token[] {
    if (tree instanceof grammar.TerminalNode) {
        return [tree.symbol];
    }
    const children = Array.from({ length: tree.getChildCount() }, (_, index) => tree.getChild(index)!);
    return children.flatMap((child) => terminals(grammar, child));
}

/** Without the quotes around it, and with the doubled ones inside it single: `'it''s'`, `"a ""b"""`. */
function unquote(text: string): string {
    const quote = text[0];
    return quote === "'" || quote === '"' ? text.slice(1, -1).replaceAll(quote + quote, quote) : text;
}

/** Does the text create a table or unload, as far as its words tell? */
function writes(grammar: Grammar, tokens: readonly Antlr.Token[]): boolean {
    const { KW_CREATE, KW_TABLE } = grammar.TrinoSqlParser;
    const creates = tokens.some(
        (token, index) =>
            token.type === KW_CREATE && tokens.slice(index + 1, index + 4).some((next) => next.type === KW_TABLE),
    );
    return creates || tokens.some(isUnload);
}

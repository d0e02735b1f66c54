/** Statements of Trino's grammar, which is that of Athena's queries: CTAS, INSERT, and Athena's UNLOAD. */
import type * as Antlr from "antlr4ng";
import type * as Parser from "dt-sql-parser/dist/lib/trino/TrinoSqlParser";
import { failingListener, plainName, SqlSyntaxError, terminals, unexpected, unquote } from "./antlr";
import { loadTrino, type Trino } from "./grammars";
import type { Properties, Statement, Unload } from "./statement";

/** @returns `"ddl"` where the text creates a table in other words than Trino's */
export async function readTrino(text: string): Promise<readonly Statement[] | "ddl"> {
    const grammar = await loadTrino();
    const lexer = new grammar.TrinoSqlLexer(grammar.CharStreams.fromString(text));
    lexer.removeErrorListeners();
    const stream = new grammar.CommonTokenStream(lexer);
    stream.fill();
    const tokens = stream.getTokens().filter((token) => token.channel === grammar.Token.DEFAULT_CHANNEL);
    const creates = createsTable(grammar, tokens);
    const writes =
        creates || tokens.some((token) => isUnload(token) || token.type === grammar.TrinoSqlParser.KW_INSERT);
    if (!writes) {
        return [];
    }
    const parser = new grammar.TrinoSqlParser(stream);
    parser.removeErrorListeners();
    parser.addErrorListener(failingListener(grammar));
    try {
        if (isUnload(tokens[0])) {
            return [readUnload(grammar, parser)];
        }
        const statements = parser
            .program()
            .statements()
            .map((each) => each.singleStatement().statement());
        // Trino creates empty tables in these words; Athena takes them for Hive's, which say more.
        return statements.some((each) => each instanceof grammar.CreateTableContext)
            ? "ddl"
            : statements.flatMap((each) => readStatement(grammar, each));
    } catch (error) {
        if (!(error instanceof SqlSyntaxError)) {
            throw error;
        }
        return creates && !tokens.some(isUnload) ? "ddl" : [{ kind: "unread", problem: error.message }];
    }
}

function readStatement(grammar: Trino, statement: Parser.StatementContext): readonly Statement[] {
    if (statement instanceof grammar.CreateTableAsSelectContext) {
        const table = plainName(grammar, statement.tableNameCreate());
        return [{ kind: "ctas", table, properties: readProperties(grammar, statement.properties()) }];
    }
    if (statement instanceof grammar.InsertIntoContext) {
        return [{ kind: "insert", table: plainName(grammar, statement.tableRef()) }];
    }
    return [];
}

function isUnload(token: Antlr.Token | undefined): boolean {
    return token?.text?.toUpperCase() === "UNLOAD";
}

/** UNLOAD (query) TO 'location' [WITH (properties)]: Athena's own addition to Trino's grammar, made of its rules. */
function readUnload(grammar: Trino, parser: Parser.TrinoSqlParser): Unload {
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

function readProperties(grammar: Trino, clause: Parser.PropertiesContext | null): Properties {
    const properties = clause?.propertyAssignments().property() ?? [];
    return new Map(
        properties.map((property) => [
            unquote(property.identifier().getText()).toLowerCase(),
            readLiteral(grammar, terminals(grammar, property.propertyValue())),
        ]),
    );
}

/** `'text'`, `true`, `10` or `ARRAY['text', …]`. */
function readLiteral(grammar: Trino, tokens: readonly Antlr.Token[]): string | readonly string[] | undefined {
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

function createsTable(grammar: Trino, tokens: readonly Antlr.Token[]): boolean {
    const { KW_CREATE, KW_TABLE } = grammar.TrinoSqlParser;
    return tokens.some(
        (token, index) =>
            token.type === KW_CREATE && tokens.slice(index + 1, index + 4).some((next) => next.type === KW_TABLE),
    );
}

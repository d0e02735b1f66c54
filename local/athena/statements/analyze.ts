/**
 * What kind of statement a text is, by Athena's grammar as far as it goes: Trino's own parser judges the rest.
 * https://docs.aws.amazon.com/athena/latest/ug/ddl-sql-reference.html
 */
import { parseAlterTable } from "./alterTable";
import { Cursor } from "./cursor";
import { parseCtas } from "./ctas";
import { parseAlterDatabase, parseCreateDatabase, parseDescribe, parseDrop, parseRepair, parseShow } from "./ddl";
import { parseCreateTable } from "./hiveTable";
import { parseCreateIcebergTable } from "./icebergTable";
import { parseOptimize, parseVacuum } from "./maintenance";
import { parseUnload } from "./unload";
import { firstOf, leadingWords, SyntaxFault } from "../../../sql/lexer";
import type { EngineStatement, PreparedStatement, ResultKind, Statement, StatementType } from "./types";

export interface Analysis {
    readonly statement: Statement;
    /** The text without a closing semicolon, which Trino does not take. Positions are the source's. */
    readonly text: string;
}

/** @throws SyntaxFault where Athena refuses the text before it runs */
export function analyze(sql: string): Analysis {
    const hive = isHive(sql);
    const text = onlyStatement(new Cursor(sql, hive));
    return { statement: classify(new Cursor(text, hive)), text };
}

function classify(cursor: Cursor): Statement {
    const head = cursor.token.value.toUpperCase();
    if (cursor.at("(")) return engine("DML", "SELECT", "csv");
    if (cursor.token.kind === "word" && Object.hasOwn(grammar, head)) return (grammar[head] as Rule)(cursor);
    throw cursor.fault(
        Object.keys(grammar)
            .map((word) => `'${word}'`)
            .join(", "),
    );
}

type Rule = (cursor: Cursor) => Statement;

const query: Rule = () => engine("DML", "SELECT", "csv");

/** By the first keyword. */
const grammar: Readonly<Record<string, Rule>> = {
    SELECT: query,
    WITH: query,
    VALUES: query,
    TABLE: query,
    INSERT: (cursor) => rowChange(cursor, "INSERT", "INTO"),
    EXPLAIN: () => engine("UTILITY", "EXPLAIN", "txt"),
    CREATE: create,
    DROP: (cursor) =>
        cursor.peek(1).value.toUpperCase() === "VIEW" ? engine("DDL", "DROP_VIEW", "txt") : parseDrop(cursor),
    ALTER: (cursor) => {
        if (isWord(cursor, 1, "DATABASE") || isWord(cursor, 1, "SCHEMA")) return parseAlterDatabase(cursor);
        return parseAlterTable(cursor);
    },
    MSCK: parseRepair,
    SHOW: (cursor) => {
        if (isWord(cursor, 1, "CREATE") && isWord(cursor, 2, "VIEW"))
            return engine("UTILITY", "SHOW_CREATE_VIEW", "txt");
        if (isWord(cursor, 1, "FUNCTIONS")) return engine("UTILITY", "SHOW_FUNCTIONS", "txt");
        return parseShow(cursor);
    },
    DESCRIBE: parseDescribe,
    DESC: parseDescribe,
    PREPARE: prepared,
    EXECUTE: prepared,
    DEALLOCATE: prepared,
    UNLOAD: parseUnload,
    MERGE: (cursor) => rowChange(cursor, "MERGE", "INTO"),
    UPDATE: (cursor) => rowChange(cursor, "UPDATE"),
    DELETE: (cursor) => rowChange(cursor, "DELETE", "FROM"),
    OPTIMIZE: parseOptimize,
    VACUUM: parseVacuum,
};

function create(cursor: Cursor): Statement {
    const view =
        isWord(cursor, 1, "VIEW") ||
        (isWord(cursor, 1, "OR") && isWord(cursor, 2, "REPLACE") && isWord(cursor, 3, "VIEW"));
    if (view) {
        cursor.expect("CREATE");
        cursor.accept("OR", "REPLACE");
        cursor.expect("VIEW");
        return { ...engine("DDL", "CREATE_VIEW", "txt"), view: cursor.tableName() };
    }
    if (isWord(cursor, 1, "DATABASE") || isWord(cursor, 1, "SCHEMA")) return parseCreateDatabase(cursor);
    if (isWord(cursor, 1, "EXTERNAL")) return parseCreateTable(cursor);
    if (isWord(cursor, 1, "TABLE")) {
        return parseCtas(cursor) ?? parseCreateIcebergTable(new Cursor(cursor.source, true));
    }
    cursor.next();
    throw cursor.fault("'DATABASE', 'EXTERNAL', 'OR', 'SCHEMA', 'TABLE', 'VIEW'");
}

function rowChange(cursor: Cursor, verb: string, ...words: string[]): EngineStatement {
    cursor.expect(verb, ...words);
    return { ...engine("DML", verb, "none"), target: cursor.tableName() };
}

function prepared(cursor: Cursor): PreparedStatement {
    const verb = cursor.next().value.toUpperCase() as PreparedStatement["verb"];
    if (verb === "DEALLOCATE") cursor.expect("PREPARE");
    const name = cursor.identifier();
    if (verb === "EXECUTE") {
        const using = cursor.accept("USING") ? cursor.source.slice(cursor.token.start) : undefined;
        return { kind: "prepared", type: "DML", subtype: verb, result: "csv", verb, name, using };
    }
    let body: string | undefined;
    if (verb === "PREPARE") {
        cursor.expect("FROM");
        body = cursor.source.slice(cursor.token.start);
    } else cursor.finish();
    return { kind: "prepared", type: "DDL", subtype: verb, result: "txt", verb, name, body };
}

function engine(type: StatementType, subtype: string, result: ResultKind): EngineStatement {
    return { kind: "engine", type, subtype, result };
}

function isWord(cursor: Cursor, ahead: number, word: string): boolean {
    const token = cursor.peek(ahead);
    return token.kind === "word" && token.value.toUpperCase() === word;
}

/** Hive's statements have Hive's strings. */
function isHive(sql: string): boolean {
    const [first, second] = leadingWords(sql, 2);
    // Columns in front of everything else: no CTAS.
    if (first === "CREATE" && second === "TABLE") return firstOf(sql, "(", "WITH", "AS") === "(";
    if (first === "CREATE") return second === "EXTERNAL" || second === "DATABASE" || second === "SCHEMA";
    return first === "ALTER" || first === "MSCK" || first === "SHOW";
}

function onlyStatement(cursor: Cursor): string {
    if (!cursor.skipTo(";")) return cursor.source;
    const end = cursor.next().start;
    if (cursor.token.kind !== "end") throw new OneStatementFault(cursor.source);
    return cursor.source.slice(0, end);
}

/** Athena takes one statement at a time and says so without a position. */
class OneStatementFault extends SyntaxFault {
    constructor(source: string) {
        super(source, 0, "");
        this.message = `Only one sql statement is allowed. Got: ${source}`;
    }
}

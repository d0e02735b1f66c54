/** Prepared statements and execution parameters, which Trino knows as `EXECUTE name USING …`. */
import { SyntaxFault } from "../../../sql/lexer";
import { analyze, type Analysis } from "../statements/analyze";
import type { PreparedStatements } from "../queries";
import type { EngineStatement, PreparedStatement, Statement } from "../statements/types";
import type { TrinoRequest } from "../trino/client";
import { QueryFault } from "./faults";
import type { Execution } from "./record";

const parameterized = "athena_statement";

/**
 * What an EXECUTE runs, where that does not answer in rows: the prepared statement itself, with its values. Everything else runs
 * as it is asked.
 */
export function whatRuns(
    prepared: PreparedStatements,
    workGroup: string,
    asked: Analysis,
): { analysis: Analysis; using?: string } {
    const { statement } = asked;
    const found =
        statement.kind === "prepared" && statement.verb === "EXECUTE"
            ? prepared.find(workGroup, statement.name)
            : undefined;
    if (found === undefined || statement.kind !== "prepared") return { analysis: asked };
    try {
        const analysis = inspect(found.query);
        return analysis.statement.result === "csv" ? { analysis: asked } : { analysis, using: statement.using };
    } catch {
        // It fails when it runs, with the reason.
        return { analysis: asked };
    }
}

/**
 * @returns what Trino is to run; undefined where nothing is left to run
 * @throws QueryFault
 */
export function planPrepared(
    prepared: PreparedStatements,
    execution: Execution,
    statement: EngineStatement | PreparedStatement,
    text: string,
): Pick<TrinoRequest, "sql" | "prepared"> | undefined {
    if (statement.kind === "engine") return withParameters(execution, text);
    const { workGroup, parameters = [] } = execution;
    const { verb, name, body = "" } = statement;
    if (verb === "PREPARE") {
        inspect(body);
        prepared.put({ workGroup, name, query: body });
        return undefined;
    }
    const found = prepared.find(workGroup, name);
    if (!found) throw QueryFault.ofUser(`NOT_FOUND: Prepared statement not found: ${name}`);
    if (verb === "DEALLOCATE") {
        prepared.remove(workGroup, name);
        return undefined;
    }
    const using = parameters.length > 0 ? ` USING ${parameters.join(", ")}` : "";
    const { text: sql, statement: meant } = inspect(found.query);
    if (meant.result === "csv") return { sql: `${text}${using}`, prepared: { name, sql } };
    // Known when it was submitted, it would have run as what it is: see whatRuns.
    throw QueryFault.ofUser(
        `NOT_FOUND: Prepared statement ${name} was made or changed after this EXECUTE was submitted.`,
    );
}

/** @returns what Trino is to run for a statement that may have the execution's parameters, or values of an EXECUTE */
export function withParameters(
    { parameters = [], using }: Execution,
    sql: string,
): Pick<TrinoRequest, "sql" | "prepared"> {
    const values = [...(using === undefined ? [] : [using]), ...parameters];
    if (values.length === 0) return { sql };
    const execute = `EXECUTE ${parameterized} USING ${values.join(", ")}`;
    return { sql: execute, prepared: { name: parameterized, sql } };
}

/** @throws QueryFault for what cannot be prepared */
function inspect(query: string): Analysis {
    try {
        const analysis = analyze(query);
        if (isPreparable(analysis.statement)) return analysis;
    } catch (error) {
        if (error instanceof SyntaxFault) throw QueryFault.ofUser(`SYNTAX_ERROR: ${error.message}`);
        throw error;
    }
    throw QueryFault.notSupported("prepared statements other than SELECT, INSERT INTO, CREATE TABLE AS and UNLOAD");
}

/** https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html */
function isPreparable({ kind, result, subtype }: Statement): boolean {
    if (kind === "engine") return result === "csv" || subtype === "INSERT";
    return kind === "ctas" || kind === "unload";
}

/** Prepared statements and execution parameters, which Trino knows as `EXECUTE name USING …`. */
import { SyntaxFault } from "../../../sql/lexer";
import { analyze } from "../statements/analyze";
import type { PreparedStatements } from "../queries";
import type { EngineStatement, PreparedStatement } from "../statements/types";
import type { TrinoRequest } from "../trino/client";
import { QueryFault } from "./faults";
import type { Execution } from "./record";

const parameterized = "athena_statement";

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
    const using = parameters.length > 0 ? ` USING ${parameters.join(", ")}` : "";
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
    return { sql: `${text}${using}`, prepared: { name, sql: inspect(found.query) } };
}

/** @returns what Trino is to run for a statement that may have the execution's parameters */
export function withParameters({ parameters = [] }: Execution, sql: string): Pick<TrinoRequest, "sql" | "prepared"> {
    if (parameters.length === 0) return { sql };
    const execute = `EXECUTE ${parameterized} USING ${parameters.join(", ")}`;
    return { sql: execute, prepared: { name: parameterized, sql } };
}

/** Only what Trino runs as it stands and answers in rows can be prepared here. @returns its text */
function inspect(query: string): string {
    try {
        const { statement, text } = analyze(query);
        if (statement.kind === "engine" && statement.result === "csv") return text;
    } catch (error) {
        if (error instanceof SyntaxFault) throw QueryFault.ofUser(`SYNTAX_ERROR: ${error.message}`);
        throw error;
    }
    throw QueryFault.notSupported("prepared statements other than SELECT");
}

/** Reads query texts by the grammars of the engines that Athena is made of: Trino's, and for DDL Hive's as Spark has it. */
import { readCreateTable } from "./ddl";
import type { Statement } from "./statement";
import { readTrino } from "./trino";

export * from "./statement";

/** Statements that were read before: each rule on queries asks for the same texts. */
const readBefore = new Map<string, Promise<readonly Statement[]>>();

/**
 * The statements of a query text that choose the format or the layout of what they write, or add to a table. All others
 * (SELECT, views, SHOW …) are left out.
 */
export function readStatements(text: string): Promise<readonly Statement[]> {
    let statements = readBefore.get(text);
    if (statements === undefined) {
        statements = read(text);
        readBefore.set(text, statements);
    }
    return statements;
}

async function read(text: string): Promise<readonly Statement[]> {
    // Most queries only read: without these words nothing is worth a grammar.
    if (!/\b(create|unload|insert)\b/i.test(text)) {
        return [];
    }
    const statements = await readTrino(text);
    return statements === "ddl" ? [await readCreateTable(text)] : statements;
}

/** The modules antlr4ng, TrinoSqlLexer and TrinoSqlParser in one object. */
export function loadTrinoGrammar(): Promise<unknown>;

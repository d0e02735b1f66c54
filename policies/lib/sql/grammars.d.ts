import type * as Antlr from "antlr4ng";
import type * as SparkLexer from "dt-sql-parser/dist/lib/spark/SparkSqlLexer";
import type * as SparkParser from "dt-sql-parser/dist/lib/spark/SparkSqlParser";
import type * as TrinoLexer from "dt-sql-parser/dist/lib/trino/TrinoSqlLexer";
import type * as TrinoParser from "dt-sql-parser/dist/lib/trino/TrinoSqlParser";

/** A grammar's modules and the parser runtime's in one object. */
export type Trino = typeof Antlr & typeof TrinoLexer & typeof TrinoParser;
export type Spark = typeof Antlr & typeof SparkLexer & typeof SparkParser;

export function loadTrino(): Promise<Trino>;
export function loadSpark(): Promise<Spark>;

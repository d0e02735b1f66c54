/** Whole statements with their rows or their failure, by https://docs.aws.amazon.com/athena/latest/ug/ddl-sql-reference.html */

export interface StatementCase {
    readonly sql: string;
    /** Without the header; null is NULL. Not looked at where it is missing. */
    readonly rows?: readonly (readonly (string | null)[])[];
    /** The rows come in no order that is documented. */
    readonly unordered?: boolean;
    readonly parameters?: readonly string[];
    /** `AthenaError.ErrorCategory` and what the reason is to match. */
    readonly fails?: { readonly category: number; readonly reason: RegExp; readonly type?: number };
    /** Refused by StartQueryExecution, before it runs. */
    readonly refused?: RegExp;
    readonly scanned?: number;
    /** Of all lines of the answer. */
    readonly matches?: RegExp;
}

const numbers = "(VALUES (1, 'a'), (2, 'a'), (3, 'b')) t(x, k)";

export const queries: readonly StatementCase[] = [
    {
        sql: `SELECT k, sum(x) FROM ${numbers} GROUP BY k ORDER BY k`,
        rows: [
            ["a", "3"],
            ["b", "3"],
        ],
    },
    {
        sql: `SELECT k, sum(x) FROM ${numbers} GROUP BY ROLLUP (k) ORDER BY k NULLS LAST`,
        rows: [
            ["a", "3"],
            ["b", "3"],
            [null, "6"],
        ],
    },
    { sql: `SELECT count(*) FROM (SELECT k, x FROM ${numbers} GROUP BY CUBE (k, x))`, rows: [["9"]] },
    {
        sql: `SELECT grouping(k), sum(x) FROM ${numbers} GROUP BY GROUPING SETS ((k), ()) ORDER BY 1, 2`,
        rows: [
            ["0", "3"],
            ["0", "3"],
            ["1", "6"],
        ],
    },
    { sql: `SELECT k FROM ${numbers} GROUP BY k HAVING count(*) > 1`, rows: [["a"]] },
    {
        sql: `SELECT x, row_number() OVER (PARTITION BY k ORDER BY x DESC) FROM ${numbers} ORDER BY x`,
        rows: [
            ["1", "2"],
            ["2", "1"],
            ["3", "1"],
        ],
    },
    {
        sql: `SELECT x, lag(x) OVER (ORDER BY x), sum(x) OVER (ORDER BY x) FROM ${numbers} ORDER BY x`,
        rows: [
            ["1", null, "1"],
            ["2", "1", "3"],
            ["3", "2", "6"],
        ],
    },
    {
        sql: `SELECT first_value(x) OVER w FROM ${numbers} WINDOW w AS (ORDER BY x DESC) ORDER BY 1`,
        rows: [["3"], ["3"], ["3"]],
    },
    { sql: "SELECT n FROM UNNEST(ARRAY[1, 2]) WITH ORDINALITY t(v, n)", rows: [["1"], ["2"]] },
    {
        sql: "SELECT a.x, b.y FROM (VALUES 1, 2) a(x) LEFT JOIN (VALUES 2) b(y) ON a.x = b.y ORDER BY 1",
        rows: [
            ["1", null],
            ["2", "2"],
        ],
    },
    { sql: "SELECT count(*) FROM (VALUES 1, 2) a(x) CROSS JOIN (VALUES 1, 2, 3) b(y)", rows: [["6"]] },
    { sql: "SELECT x, y FROM (VALUES 1) a(x) CROSS JOIN LATERAL (SELECT a.x + 1) l(y)", rows: [["1", "2"]] },
    {
        sql: "WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM t",
        rows: [["10"]],
    },
    { sql: "WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT y FROM b", rows: [["2"]] },
    {
        sql: "VALUES (1, 'a'), (2, NULL)",
        rows: [
            ["1", "a"],
            ["2", null],
        ],
    },
    { sql: "(SELECT 1 UNION SELECT 1) UNION ALL SELECT 2 ORDER BY 1", rows: [["1"], ["2"]] },
    { sql: "SELECT 1 INTERSECT SELECT 1", rows: [["1"]] },
    { sql: "SELECT x FROM (VALUES 1, 2) t(x) EXCEPT SELECT 1", rows: [["2"]] },
    { sql: `SELECT x FROM ${numbers} WHERE x > ALL (SELECT 1 UNION SELECT 2)`, rows: [["3"]] },
    { sql: `SELECT x FROM ${numbers} ORDER BY x OFFSET 1 LIMIT 1`, rows: [["2"]] },
    { sql: `SELECT x FROM ${numbers} ORDER BY k DESC FETCH FIRST 1 ROW WITH TIES`, rows: [["3"]] },
    { sql: `SELECT count(*) FROM ${numbers} TABLESAMPLE BERNOULLI (100)`, rows: [["3"]] },
    { sql: `SELECT approx_distinct(k), approx_percentile(x, 0.5) FROM ${numbers}`, rows: [["2", "2"]] },
    {
        sql: `SELECT array_agg(x ORDER BY x DESC), max_by(k, x), count_if(x > 1) FROM ${numbers}`,
        rows: [["[3, 2, 1]", "b", "2"]],
    },
    { sql: `SELECT listagg(k, '-') WITHIN GROUP (ORDER BY x) FROM ${numbers}`, rows: [["a-a-b"]] },
    {
        sql: `SELECT sum(x) FILTER (WHERE k = 'a'), avg(x), stddev_pop(x) FROM (VALUES (2, 'a'), (4, 'b')) t(x, k)`,
        rows: [["2", "3.0", "1.0"]],
    },
    { sql: `SELECT map_agg(k, x) FROM (VALUES (1, 'a')) t(x, k)`, rows: [["{a=1}"]] },
    {
        sql:
            "SELECT * FROM (VALUES (1, 90), (2, 80), (3, 85)) t(d, p) MATCH_RECOGNIZE (ORDER BY d " +
            "MEASURES A.p AS top, LAST(B.p) AS bottom, LAST(C.p) AS end_price ONE ROW PER MATCH PATTERN (A B+ C+) " +
            "DEFINE B AS B.p < PREV(B.p), C AS C.p > PREV(C.p))",
        rows: [["90", "80", "85"]],
    },
    { sql: 'SELECT "x y" FROM (VALUES 1) t("x y")', rows: [["1"]] },
    { sql: 'SELECT 1 AS "select" -- a comment; not a statement\n;', rows: [["1"]] },
    { sql: "SELECT ? + ?", parameters: ["1", "2"], rows: [["3"]] },
    { sql: "SELECT ?", parameters: ["'it''s'"], rows: [["it's"]] },
    { sql: "PREPARE plus FROM SELECT ? + 1" },
    { sql: "EXECUTE plus USING 41", rows: [["42"]] },
    { sql: "EXECUTE plus", parameters: ["1"], rows: [["2"]] },
    { sql: "DEALLOCATE PREPARE plus" },
    { sql: "EXECUTE plus USING 1", fails: { category: 2, reason: /plus/ } },
    {
        sql: "EXPLAIN SELECT sum(x) FROM (VALUES 1, 2) t(x)",
        matches: /Fragment 0 \[[^]*Output\[columnNames = \[_col0\]\][^]*Aggregate/,
    },
    { sql: "EXPLAIN (FORMAT JSON) SELECT 1 AS one", matches: /^\{[^]*"name" : "Output"[^]*"\[one\]"[^]*\}$/ },
    { sql: "EXPLAIN (TYPE LOGICAL) SELECT 1", matches: /^(?!.*Fragment)[^]*Output\[/ },
    { sql: "EXPLAIN (TYPE DISTRIBUTED, FORMAT GRAPHVIZ) SELECT 1", matches: /^digraph distributed_plan \{/ },
    { sql: "EXPLAIN (TYPE VALIDATE) SELECT 1", matches: /true/ },
    { sql: "EXPLAIN (TYPE IO, FORMAT JSON) SELECT 1", matches: /"inputTableColumnInfos"/ },
    { sql: "EXPLAIN SELECT nothing", fails: { category: 2, reason: /COLUMN_NOT_FOUND/ } },
    {
        sql: "EXPLAIN ANALYZE SELECT count(*) FROM (VALUES 1, 2) t(x)",
        matches: /Queued: [^]*Execution: [^]*CPU: [^]*Output: 1 row/,
    },
    {
        sql: "EXPLAIN ANALYZE VERBOSE SELECT count(*) FROM (VALUES 1, 2) t(x)",
        matches: /CPU: [^]*metrics:/,
    },
];

export const failures: readonly StatementCase[] = [
    { sql: "SELEC 1", refused: /line 1:1: mismatched input 'SELEC'/ },
    { sql: "SELECT 1; SELECT 2", refused: /Only one sql statement is allowed/ },
    { sql: "CREATE TABLE t (x int", refused: /mismatched input '<EOF>'/ },
    { sql: "SELECT FROM t", fails: { category: 2, reason: /^SYNTAX_ERROR: line 1:8: mismatched input 'FROM'/ } },
    {
        sql: "SELECT nothing",
        fails: { category: 2, reason: /^COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved/ },
    },
    {
        sql: "SELECT * FROM nodb.t",
        fails: { category: 2, reason: /^SCHEMA_NOT_FOUND: line 1:15: Schema 'nodb' does not exist/ },
    },
    {
        sql: "SELECT nofunction(1)",
        fails: { category: 2, reason: /^FUNCTION_NOT_FOUND: line 1:8: Function 'nofunction' not registered/ },
    },
    {
        sql: "SELECT 1 = 'a'",
        fails: { category: 2, reason: /^TYPE_MISMATCH: line 1:10: Cannot apply operator: integer = varchar\(1\)/ },
    },
    { sql: "SELECT 1 / 0", fails: { category: 2, type: 1000, reason: /^DIVISION_BY_ZERO: / } },
    {
        sql: "SELECT CAST('x' AS integer)",
        fails: { category: 2, reason: /^INVALID_CAST_ARGUMENT: Cannot cast 'x' to INT/ },
    },
    {
        sql: "SELECT CAST(300 AS tinyint)",
        fails: { category: 2, reason: /^NUMERIC_VALUE_OUT_OF_RANGE: Out of range for tinyint: 300/ },
    },
    {
        sql: "SELECT 9223372036854775807 + 1",
        fails: { category: 2, reason: /^NUMERIC_VALUE_OUT_OF_RANGE: bigint addition overflow/ },
    },
    {
        sql: "SELECT ARRAY[1][2]",
        fails: {
            category: 2,
            reason: /^INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length/,
        },
    },
    { sql: "SELECT x, count(*) FROM (VALUES 1) t(x)", fails: { category: 2, reason: /^EXPRESSION_NOT_AGGREGATE: / } },
    { sql: "SELECT (SELECT x FROM (VALUES 1, 2) t(x))", fails: { category: 2, reason: /^SUBQUERY_MULTIPLE_ROWS: / } },
    {
        sql: "SELECT x FROM (VALUES 1) a(x), (VALUES 1) b(x)",
        fails: { category: 2, reason: /^AMBIGUOUS_NAME: line 1:8: Column 'x' is ambiguous/ },
    },
    {
        sql: "SELECT json_parse('{')",
        fails: { category: 2, reason: /^INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON/ },
    },
    { sql: "SELECT regexp_like('a', '(')", fails: { category: 2, reason: /^INVALID_FUNCTION_ARGUMENT: / } },
    {
        sql: "SELECT DATE '2023-02-29'",
        fails: { category: 2, reason: /^INVALID_LITERAL: line 1:8: '2023-02-29' is not a valid DATE literal/ },
    },
    { sql: "SELECT ?", fails: { category: 2, type: 1000, reason: /^INVALID_PARAMETER_USAGE: / } },
    { sql: "SELECT FROM", fails: { category: 2, type: 1006, reason: /^SYNTAX_ERROR: / } },
    // Trino's functions of geometry are no part of the local Athena.
    { sql: "SELECT ST_Point(1, 2)", fails: { category: 2, type: 1000, reason: /^FUNCTION_NOT_FOUND: / } },
    { sql: "SHOW PARTITIONS nowhere", fails: { category: 2, reason: /Table not found/ } },
    { sql: "DROP TABLE nowhere", fails: { category: 2, reason: /Table not found/ } },
    { sql: "GRANT SELECT ON t TO u", refused: /mismatched input 'GRANT'/ },
    { sql: "CREATE FUNCTION f() RETURNS int RETURN 1", refused: /mismatched input 'FUNCTION'/ },
];

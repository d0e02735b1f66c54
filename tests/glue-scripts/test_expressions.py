"""Every expression that is translated gives in DuckDB what it gives in Spark; the others are refused by name."""

from __future__ import annotations

import math
import unittest
from collections.abc import Callable
from typing import Any

from lakeworks.column_types import engine_type
from lakeworks.engine import workspace
from lakeworks.expressions import UnsupportedExpressionError, supported, translate
from session import session

TYPES = {
    "s": "string",
    "t": "string",
    "i": "int",
    "b": "bigint",
    "p": "decimal(10,2)",
    "q": "decimal(12,4)",
    "x": "double",
    "f": "boolean",
    "d": "date",
    "at": "timestamp",
}
ROWS = [
    ("'abc'", "'b'", "3", "10000000000", "19.90", "1.2345", "2.5", "true", "'2024-02-29'", "'2024-02-29 23:59:59.5'"),
    ("''", "''", "-3", "-7", "-0.05", "-0.5000", "-2.5", "false", "'1999-12-31'", "'2024-12-31 00:00:00'"),
    ("'  é😀x '", "'x'", "0", "0", "0.00", "0.0001", "0", "true", "'2024-03-31'", "'2021-01-03 01:30:00'"),
    (
        "'a%b_c'",
        "'%'",
        "2147483647",
        "7",
        "99999999.99",
        "1.0000",
        "1e9",
        "false",
        "'2023-01-01'",
        "'1969-12-31 12:00:00'",
    ),
    ("'ABC'", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"),
    ("NULL", "'b'", "12", "3", "2.50", "2.5000", "0.1", "NULL", "'2024-01-01'", "'2020-01-01 00:00:00'"),
]
EXPRESSIONS = [
    *(f"{name}(at)" for name in ("year", "quarter", "month", "day", "dayofmonth", "dayofweek", "dayofyear")),
    *(f"{name}(d)" for name in ("year", "weekofyear", "dayofweek", "last_day", "to_date", "date")),
    *("hour(at)", "minute(at)", "second(at)", "to_date(at)", "weekofyear(at)", "last_day(at)"),
    *(f"date_trunc('{unit}', at)" for unit in ("YEAR", "quarter", "month", "week", "day", "hour", "minute", "second")),
    *("datediff(at, d)", "datediff(d, at)", "date_add(d, 3)", "date_sub(d, 2)", "date_add(at, 1)"),
    *("upper(s)", "lower(s)", "length(s)", "char_length(s)", "reverse(t)", "trim(s)", "ltrim(s)", "rtrim(s)"),
    *(
        "startswith(s, t)",
        "endswith(s, t)",
        "contains(s, t)",
        "left(s, 2)",
        "right(s, 2)",
        "left(s, i)",
        "right(s, -1)",
    ),
    *("instr(s, t)", "locate(t, s)", "substring(s, 2)", "substring(s, 2, 2)", "substr(s, 1, i)", "concat(s, '-', t)"),
    *("s || t", "nullif(s, 'abc')", "coalesce(t, s, 'z')", "greatest(i, 5)", "least(i, b)", "nvl(i, -1)", "abs(i)"),
    *("abs(p)", "abs(x)", "ceil(p)", "floor(p)", "ceil(x)", "floor(x)", "ceil(i)", "ceiling(q)"),
    *("i + b", "i - p", "i * p", "p * q", "p + q", "x * i", "-p", "-x", "i / b", "x / i", "b % 3", "b % i", "i div 2"),
    *("b div i", "(i * 1.5) * p", "i = 3", "p > 1.5", "p >= i", "x < p", "s = 'abc'", "s <> t", "s < t", "i <=> b"),
    *("t <=> null", "at >= '2024-01-01'", "d < '2024-03-31'", "at > d", "d = '2024-02-29'", "f", "not f", "f = true"),
    *("i in (3, 12)", "s in ('abc', 'ABC')", "p in (19.90, 2.5)", "s not in ('abc')", "i between 0 and 12"),
    *("d between '2024-01-01' and '2024-03-31'", "s like 'a%'", "s like '_bc'", r"s like 'a\\%b%'", "s not like '%b%'"),
    *("s rlike '^[a-z]+$'", r"s rlike '\\d|\\w'", "s rlike 'b|B'", "s regexp '^(a|A)'", "i is null", "i is not null"),
    *("regexp_extract(s, '([a-c]+)', 1)", "regexp_extract(s, '(b)?c')", "regexp_extract(s, '[^a/?#]+$', 0)"),
    *("f is true", "f is not true", "i > 1 and p > 1", "i > 1 or f", "not (i > 1 or f)", "if(i > 0, s, t)"),
    *("case when i > 2 then 'big' when i > 0 then 'small' else 'none' end", "case i when 3 then 1 when 12 then 2 end"),
    *("case when f then i else p end", "cast(p as int)", "cast(q as bigint)", "cast(x as int)", "cast(i as double)"),
    *("cast(p as decimal(12,1))", "cast(q as decimal(10,2))", "cast(i as decimal(4,2))", "cast(i as string)"),
    *("cast(p as string)", "cast(d as string)", "cast(at as date)", "cast(f as int)", "cast('2024-05-01' as date)"),
    *(
        "date '2024-05-01'",
        "timestamp '2024-05-01 10:00:00'",
        "1.5",
        "'it''s'",
        "true",
        "null",
        "1e3",
        "cast(d as timestamp)",
    ),
]
REFUSED = {
    "p / 2": "p / 2",
    "foo(s)": "foo(s)",
    "rand()": "RAND()",
    "current_date()": "CURRENT_DATE",
    "sum(i)": "SUM(i)",
    "(select 1)": "SELECT 1",
    "cast(s as int)": "CAST(s AS INT)",
    "cast(x as string)": "CAST(x AS STRING)",
    "s > 5": "s > 5",
    "year(s)": "YEAR(s)",
    r"s rlike '(?<n>a)'": "RLIKE",
    r"s rlike 'a(?=b)'": "RLIKE",
    "trunc(d, 'MM')": "TRUNC",
    "s rlike t": "RLIKE",
    "if(f, s, i)": "IF(f, s, i)",
    "at + interval 1 day": "INTERVAL",
    "locate(t, s, 2)": "LOCATE",
    "q * q * q * q": "q * q * q * q",
    "s like any ('a', 'b')": "LIKE ANY",
    "trim(both 'x' from s)": "TRIM",
    "s like 'a!%' escape '!'": "ESCAPE",
    "round(p, 1)": "ROUND",
}


def table(type_name: Callable[[str], str]) -> str:
    """The rows as SQL that both engines read."""

    def row(values: tuple[str, ...]) -> str:
        pairs = zip(values, TYPES.items(), strict=True)
        return "SELECT " + ", ".join(f"CAST({value} AS {type_name(kind)}) AS {name}" for value, (name, kind) in pairs)

    return " UNION ALL ".join(row(values) for values in ROWS)


def in_spark(expression: str) -> list[Any]:
    session().sql(table(str)).createOrReplaceTempView("things")
    return [row[0] for row in session().sql(f"SELECT {expression} FROM things").collect()]


class Expressions(unittest.TestCase):
    maxDiff = None

    def test_the_same_in_both_engines(self) -> None:
        with workspace() as (connection, _):
            connection.execute(f"CREATE TABLE things AS {table(engine_type)}")
            for expression in EXPRESSIONS:
                with self.subTest(expression):
                    sql = f"SELECT TRY({translate(expression, TYPES)}) FROM things"
                    ours = [row[0] for row in connection.execute(sql).fetchall()]
                    self.assertEqual([plain(value) for value in ours], [plain(value) for value in in_spark(expression)])

    def test_refused_by_name(self) -> None:
        for expression, part in REFUSED.items():
            with self.subTest(expression), self.assertRaises(UnsupportedExpressionError) as caught:
                translate(expression, TYPES)
            self.assertIn(part.lower(), str(caught.exception).lower())

    def test_no_column(self) -> None:
        with self.assertRaisesRegex(UnsupportedExpressionError, "names nope, which is no column that it can use: s, t"):
            translate("nope > 1", TYPES)

    def test_no_sql(self) -> None:
        for expression in ("i >", "i > 1; drop table x", "", "select"):
            with self.subTest(expression), self.assertRaises(UnsupportedExpressionError):
                translate(expression, TYPES)

    def test_every_supported_function_is_compared(self) -> None:
        spoken = " ".join(EXPRESSIONS)
        self.assertEqual([name for name in supported() if name not in spoken], [])


def plain(value: Any) -> Any:
    """Numbers by value: the engines differ in types that are cast to the column's at the end."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float) or hasattr(value, "as_tuple"):
        number = float(value)
        return 0.0 if math.isclose(number, 0.0, abs_tol=1e-300) else number
    return str(value)


if __name__ == "__main__":
    unittest.main()

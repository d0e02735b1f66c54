"""Functions of Spark SQL and what they are in DuckDB, where both give the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from lakeworks.expressions.kinds import ALL, MOMENTS, NUMBERS, Kind, Value, common, wider


@dataclass(frozen=True)
class Function:
    #: As Spark calls it.
    name: str
    #: The arguments' places in the parsed call, and the kinds that each may have.
    arguments: tuple[tuple[str, tuple[Kind, ...]], ...]
    #: None: that of the arguments together.
    kind: Kind | None
    #: DuckDB's SQL, `{0}` for the first argument.
    sql: str | Callable[..., str]


_TEXT, _WHOLE = (Kind.TEXT,), (Kind.WHOLE,)
_ONE = "this"


def _of_moment(name: str, sql: str) -> Function:
    return Function(name, ((_ONE, MOMENTS),), Kind.WHOLE, sql)


def _of_text(name: str, sql: str, kind: Kind = Kind.TEXT) -> Function:
    return Function(name, ((_ONE, _TEXT),), kind, sql)


def _of_texts(name: str, sql: str) -> Function:
    return Function(name, ((_ONE, _TEXT), ("expression", _TEXT)), Kind.TRUTH, sql)


#: Spark's week begins on Sunday with 1, DuckDB's with 0.
FUNCTIONS: dict[type[exp.Expression], Function] = {
    exp.Year: _of_moment("year", "year({0})"),
    exp.Quarter: _of_moment("quarter", "quarter({0})"),
    exp.Month: _of_moment("month", "month({0})"),
    exp.Day: _of_moment("day", "day({0})"),
    exp.DayOfMonth: _of_moment("dayofmonth", "day({0})"),
    exp.DayOfWeek: _of_moment("dayofweek", "(dayofweek({0}) + 1)"),
    exp.DayOfYear: _of_moment("dayofyear", "dayofyear({0})"),
    exp.WeekOfYear: _of_moment("weekofyear", "weekofyear({0})"),
    exp.Hour: Function("hour", ((_ONE, (Kind.TIME,)),), Kind.WHOLE, "hour({0})"),
    exp.Minute: Function("minute", ((_ONE, (Kind.TIME,)),), Kind.WHOLE, "minute({0})"),
    exp.Second: Function("second", ((_ONE, (Kind.TIME,)),), Kind.WHOLE, "second({0})"),
    exp.TsOrDsToDate: Function("to_date", ((_ONE, MOMENTS),), Kind.DATE, "CAST({0} AS DATE)"),
    exp.LastDay: Function("last_day", ((_ONE, MOMENTS),), Kind.DATE, "last_day({0})"),
    exp.DateDiff: Function(
        "datediff",
        ((_ONE, MOMENTS), ("expression", MOMENTS)),
        Kind.WHOLE,
        "CAST(CAST({0} AS DATE) - CAST({1} AS DATE) AS INTEGER)",
    ),
    exp.Upper: _of_text("upper", "upper({0})"),
    exp.Lower: _of_text("lower", "lower({0})"),
    exp.Length: _of_text("length", "length({0})", Kind.WHOLE),
    exp.Reverse: _of_text("reverse", "reverse({0})"),
    exp.StartsWith: _of_texts("startswith", "starts_with({0}, {1})"),
    exp.EndsWith: _of_texts("endswith", "ends_with({0}, {1})"),
    exp.Contains: _of_texts("contains", "contains({0}, {1})"),
    exp.Left: Function(
        "left", ((_ONE, _TEXT), ("expression", _WHOLE)), Kind.TEXT, "left({0}, CASE WHEN {1} < 0 THEN 0 ELSE {1} END)"
    ),
    exp.Right: Function(
        "right", ((_ONE, _TEXT), ("expression", _WHOLE)), Kind.TEXT, "right({0}, CASE WHEN {1} < 0 THEN 0 ELSE {1} END)"
    ),
    exp.StrPosition: Function("instr", ((_ONE, _TEXT), ("substr", _TEXT)), Kind.WHOLE, "strpos({0}, {1})"),
    exp.Abs: Function("abs", ((_ONE, NUMBERS),), None, "abs({0})"),
    exp.Ceil: Function("ceil", ((_ONE, NUMBERS),), Kind.WHOLE, "CAST(ceil({0}) AS BIGINT)"),
    exp.Floor: Function("floor", ((_ONE, NUMBERS),), Kind.WHOLE, "CAST(floor({0}) AS BIGINT)"),
    exp.Nullif: Function("nullif", ((_ONE, ALL), ("expression", ALL)), None, "nullif({0}, {1})"),
}

#: Functions of any number of arguments of one kind, which ignore NULL or give the first that is none.
SETS: dict[type[exp.Expression], str] = {exp.Coalesce: "coalesce", exp.Greatest: "greatest", exp.Least: "least"}

#: Units of date_trunc.
_UNITS = ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND")


def date_trunc(node: exp.TimestampTrunc, moment: Value) -> Value | None:
    """None for a unit that is none of the names above."""
    unit = node.text("unit").upper()
    if unit not in _UNITS or moment.kind not in MOMENTS:
        return None
    return Value(f"date_trunc('{unit.lower()}', CAST({moment.sql} AS TIMESTAMP))", Kind.TIME)


def add_days(moment: Value, days: Value) -> Value | None:
    if moment.kind not in MOMENTS or days.kind is not Kind.WHOLE:
        return None
    return Value(f"(CAST({moment.sql} AS DATE) + CAST({days.sql} AS INTEGER))", Kind.DATE)


def substring(text: Value, start: Value, length: Value | None) -> Value | None:
    """Literals alone: Spark counts from the end for a negative start and takes 0 for 1."""
    if text.kind is not Kind.TEXT or start.literal is None or int(start.literal) < 1:
        return None
    rest = f", CASE WHEN {length.sql} < 0 THEN 0 ELSE {length.sql} END" if length else ""
    return Value(f"substring({text.sql}, {start.sql}{rest})", Kind.TEXT)


def chosen(name: str, values: list[Value]) -> Value:
    sql = f"{name}({', '.join(value.sql for value in values)})"
    return Value(sql, common([value.kind for value in values]), digits=wider(values))

"""CAST within expressions, where both engines give the same."""

from __future__ import annotations

from sqlglot import exp

from lakeworks.expressions.kinds import MOMENTS, NUMBERS, Kind, Value

_TYPE = exp.DataType.Type
_WHOLE = {_TYPE.INT: "INTEGER", _TYPE.BIGINT: "BIGINT"}


def cast(value: Value, to: exp.DataType) -> Value | None:
    """None where Spark and DuckDB differ: texts to numbers and times, doubles to texts."""
    if to.this in _WHOLE and value.kind in (*NUMBERS, Kind.TRUTH):
        # Spark cuts off what DuckDB would round.
        number = f"trunc({value.sql})" if value.kind in (Kind.DECIMAL, Kind.DOUBLE) else value.sql
        return Value(f"TRY_CAST({number} AS {_WHOLE[to.this]})", Kind.WHOLE)
    if to.this is _TYPE.DECIMAL and value.kind in (Kind.WHOLE, Kind.DECIMAL):
        precision, scale = ([int(part.name) for part in to.expressions] + [10, 0][len(to.expressions) :])[:2]
        digits = (precision - scale, scale)
        return Value(f"TRY_CAST({value.sql} AS DECIMAL({precision}, {scale}))", Kind.DECIMAL, digits=digits)
    if to.this is _TYPE.DOUBLE and value.kind in NUMBERS:
        return Value(f"CAST({value.sql} AS DOUBLE)", Kind.DOUBLE)
    if to.this is _TYPE.DATE and (value.kind in MOMENTS or _is_day(value)):
        return Value(f"CAST({value.sql} AS DATE)", Kind.DATE)
    if to.this in (_TYPE.TIMESTAMP, _TYPE.TIMESTAMPTZ) and (value.kind in MOMENTS or _is_moment(value)):
        return Value(f"CAST({value.sql} AS TIMESTAMP)", Kind.TIME)
    if to.this in (_TYPE.TEXT, _TYPE.VARCHAR) and value.kind in (Kind.TEXT, Kind.WHOLE, Kind.DECIMAL, Kind.DATE):
        return Value(f"CAST({value.sql} AS VARCHAR)", Kind.TEXT)
    return None


def _is_day(value: Value) -> bool:
    return value.kind is Kind.TEXT and value.literal is not None and len(value.literal) == len("2024-01-31")


def _is_moment(value: Value) -> bool:
    return value.kind is Kind.TEXT and value.literal is not None and len(value.literal) == len("2024-01-31 10:00:00")

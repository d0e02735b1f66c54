"""Kinds of values: as much of a type as a translation has to know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    TEXT = "string"
    WHOLE = "int or bigint"
    DECIMAL = "decimal"
    DOUBLE = "double"
    TRUTH = "boolean"
    DATE = "date"
    TIME = "timestamp"
    #: NULL, of any type.
    NOTHING = "null"


NUMBERS = (Kind.WHOLE, Kind.DECIMAL, Kind.DOUBLE)
MOMENTS = (Kind.DATE, Kind.TIME)
ALL = tuple(Kind)

_KINDS = {
    "string": Kind.TEXT,
    "int": Kind.WHOLE,
    "bigint": Kind.WHOLE,
    "double": Kind.DOUBLE,
    "boolean": Kind.TRUTH,
    "date": Kind.DATE,
    "timestamp": Kind.TIME,
}


def kind_of(contract_type: str) -> Kind:
    return _KINDS.get(contract_type, Kind.DECIMAL)


@dataclass(frozen=True)
class Value:
    """A part of an expression, as DuckDB's SQL."""

    sql: str
    kind: Kind
    #: The value of a literal.
    literal: str | None = None
    #: Most digits before and after the point, of whole numbers and decimals. Whole numbers are bigints at most.
    digits: tuple[int, int] = (20, 0)


#: Of whole numbers as decimals.
_DIGITS = {"int": (10, 0), "bigint": (20, 0)}


def digits_of(contract_type: str) -> tuple[int, int]:
    """Of a number that is exact."""
    shape = re.fullmatch(r"decimal\((\d+),(\d+)\)", contract_type)
    return (int(shape[1]) - int(shape[2]), int(shape[2])) if shape else _DIGITS.get(contract_type, (20, 0))


def wider(values: Sequence[Value]) -> tuple[int, int]:
    """Digits that hold any of the values."""
    return max(value.digits[0] for value in values), max(value.digits[1] for value in values)


def common(kinds: list[Kind]) -> Kind:
    """Of values that stand for each other: the widest of numbers, else the first that is one."""
    known = [kind for kind in kinds if kind is not Kind.NOTHING]
    for wide in (Kind.DOUBLE, Kind.DECIMAL, Kind.TIME):
        if wide in known:
            return wide
    return known[0] if known else Kind.NOTHING

"""Strict casts from text: a value that the type can't hold exactly is null, never rounded, wrapped or guessed."""

from __future__ import annotations

import re

from pyspark.sql import Column
from pyspark.sql import functions as f

_NUMBER = r"^[+-]?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?$"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
#: ISO 8601 with seconds; without an offset the time is UTC.
_TIMESTAMP = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$"

_MAX_PRECISION = 38


def cast_text(text: Column, type_name: str) -> Column:
    """The text as a value of the contract's type; null where it is not exactly one. The session's time zone is UTC."""
    if type_name == "string":
        return text
    if type_name in ("int", "bigint"):
        return _exact(text, "decimal(38,18)" if type_name == "int" else "decimal(38,10)", type_name)
    if type_name == "double":
        value = f.when(text.rlike(_NUMBER), text.cast("double"))
        return f.when(~f.isnan(value) & (f.abs(value) != f.lit(float("inf"))), value)
    if type_name == "boolean":
        return f.when(text.isin("true", "false"), text == "true")
    if type_name == "date":
        return f.when(text.rlike(_DATE), text.cast("date"))
    if type_name == "timestamp":
        return f.when(text.rlike(_TIMESTAMP), text.cast("timestamp"))
    precision, scale = decimal_shape(type_name)
    return _exact(text, f"decimal({_MAX_PRECISION},{_MAX_PRECISION - precision + scale})", type_name)


def decimal_shape(type_name: str) -> tuple[int, int]:
    """Precision and scale. Raises ValueError for a type that is not of the contract's."""
    shape = re.fullmatch(r"decimal\((\d+),(\d+)\)", type_name)
    if shape is None:
        raise ValueError(f'"{type_name}" is not a column type of the contract')
    return int(shape[1]), int(shape[2])


def _exact(text: Column, wide: str, type_name: str) -> Column:
    """Through a decimal with room for every digit: a cast that changes the value is refused."""
    exact = f.when(text.rlike(_NUMBER), text.cast(wide))
    value = exact.cast(type_name)
    return f.when(value.cast(wide) == exact, value)

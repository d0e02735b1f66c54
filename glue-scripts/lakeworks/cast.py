"""Strict casts from text: a value that the type can't hold exactly is null, never rounded, wrapped or guessed."""

from __future__ import annotations

import re

from pyspark.sql import Column
from pyspark.sql import functions as f

_NUMBER = r"^[+-]?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?$"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
#: ISO 8601 with seconds; without an offset the time is UTC.
_TIMESTAMP = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$"

#: Digits before the point that any value of the type can have, and the decimal type with room for all of its values.
_WHOLE = {"int": (9, "decimal(38,18)"), "bigint": (18, "decimal(38,18)")}


def cast_text(text: Column, type_name: str) -> Column:
    """The text as a value of the contract's type; null where it is not exactly one. The session's time zone is UTC."""
    if type_name == "string":
        return text
    if type_name in _WHOLE:
        digits, wide = _WHOLE[type_name]
        return _exact(text, rf"^-?\d{{1,{digits}}}$", wide, type_name)
    if type_name == "double":
        value = f.when(text.rlike(_NUMBER), text.cast("double"))
        return f.when(f.abs(value) != f.lit(float("inf")), value)
    if type_name == "boolean":
        return f.when(text.isin("true", "false"), text == "true")
    if type_name == "date":
        return f.when(text.rlike(_DATE), text.cast("date"))
    if type_name == "timestamp":
        return f.when(text.rlike(_TIMESTAMP), text.cast("timestamp"))
    precision, scale = decimal_shape(type_name)
    plain = rf"^-?\d{{1,{precision - scale}}}(\.\d{{1,{scale}}})?$" if 0 < scale < precision else None
    return _exact(text, plain, f"decimal(38,{38 - precision + scale})", type_name)


def decimal_shape(type_name: str) -> tuple[int, int]:
    """Precision and scale. Raises ValueError for a type that is not one of the contract's."""
    shape = re.fullmatch(r"decimal\((\d+),(\d+)\)", type_name)
    if shape is None:
        raise ValueError(f'"{type_name}" is not a column type of the contract')
    return int(shape[1]), int(shape[2])


def _exact(text: Column, plain: str | None, wide: str, type_name: str) -> Column:
    """A cast that changes the value is refused: it goes through a decimal with room for every digit, where the text
    is not of the plain form whose every value fits."""
    exact = text.cast(wide)
    value = exact.cast(type_name)
    checked = f.when(text.rlike(_NUMBER) & (value.cast(wide) == exact), value)
    return checked if plain is None else f.when(text.rlike(plain), text.cast(type_name)).otherwise(checked)

"""Strict casts from text, as DuckDB's SQL: a value that the type can't hold exactly is NULL, never rounded, wrapped or
guessed. Of a second's fraction the first six digits count, which is what a timestamp holds."""

from __future__ import annotations

import re

from lakeworks.column_types import engine_type

_DATE = r"\d{4}-\d{2}-\d{2}"
_MOMENT = rf"{_DATE}[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
#: ISO 8601 with seconds. Without an offset the time is UTC.
_ZONED = rf"{_MOMENT}(\.\d{{1,9}})?(Z|[+-](0\d|1[0-8]):[0-5]\d)?"
_DOUBLE = r"[+-]?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?"
#: Up to 15 digits are the same in a double, which hence tells whether a cast has changed them.
_SCIENTIFIC = r"[+-]?\d{1,8}(\.\d{1,7})?[eE][+-]?\d{1,3}"
#: Years that every reader of Parquet knows.
_FIRST, _END = "TIMESTAMP '0001-01-01'", "TIMESTAMP '10000-01-01'"

#: Digits that a double keeps.
_SURE_DIGITS = 15
_MOST_DIGITS = 38
_WHOLE_DIGITS = {"int": 10, "bigint": 19}


def cast_text(text: str, type_name: str, written: str) -> str:
    """The text as a value of the contract's type.

    :param text: SQL of the text.
    :param written: SQL of the number as it is written in the record, where the text is a double's.
    """
    match type_name:
        case "string":
            return text
        case "int" | "bigint":
            return _whole(text, type_name, written if type_name == "bigint" else text)
        case "double":
            value = f"TRY_CAST({text} AS DOUBLE)"
            return f"CASE WHEN {_is(_DOUBLE, text)} AND isfinite({value}) THEN {value} END"
        case "boolean":
            return f"CASE {text} WHEN 'true' THEN true WHEN 'false' THEN false END"
        case "date":
            return f"CASE WHEN {_is(_DATE, text)} AND {text} >= '0001' THEN TRY_CAST({text} AS DATE) END"
        case "timestamp":
            return _timestamp(text)
    precision, scale = decimal_shape(type_name)
    return _decimal(text, precision, scale, text if precision <= _SURE_DIGITS else written)


def decimal_shape(type_name: str) -> tuple[int, int]:
    """Precision and scale. Raises ValueError for a type that is not one of the contract's."""
    shape = re.fullmatch(r"decimal\((\d+),(\d+)\)", type_name)
    if shape is None:
        raise ValueError(f'"{type_name}" is not a column type of the contract')
    return int(shape[1]), int(shape[2])


def _is(pattern: str, text: str) -> str:
    return f"regexp_full_match({text}, '{pattern}')"


def _whole(text: str, type_name: str, written: str) -> str:
    kind = engine_type(type_name)
    value = f"TRY_CAST({text} AS {kind})"
    exact = _exact(written, kind, _WHOLE_DIGITS[type_name], 0)
    return f"CASE WHEN CAST({value} AS VARCHAR) = {text} THEN {value} ELSE {exact} END"


def _decimal(text: str, precision: int, scale: int, written: str) -> str:
    kind, whole = f"DECIMAL({precision}, {scale})", precision - scale
    sure = f"{{1,{scale}}}" if scale > 0 and written == text else ""
    plain = rf"-?\d{{1,{whole}}}" + (rf"(\.\d{sure})?" if sure else "")
    exact = _exact(written, kind, whole, scale)
    return f"CASE WHEN {_is(plain, text)} THEN CAST({text} AS {kind}) ELSE {exact} END" if whole else exact


def _exact(text: str, kind: str, whole: int, scale: int) -> str:
    """By a decimal with room for every digit; what the cast from there would change is refused."""
    room = min(_MOST_DIGITS - max(whole, 1), _MOST_DIGITS - 1)
    wide = f"DECIMAL({_MOST_DIGITS}, {room})"
    number = f"TRY_CAST({text} AS {wide})"
    value = f"TRY_CAST({number} AS {kind})"
    same = f"CAST({value} AS {wide}) = {number}"
    plain = rf"[+-]?\d{{1,400}}(\.\d{{1,{room}}}0*)?" if room >= max(scale, 1) else r"[+-]?\d{1,400}"
    same_double = f"CAST({value} AS DOUBLE) = TRY_CAST({text} AS DOUBLE)"
    return (
        f"CASE WHEN {_is(plain, text)} AND {same} THEN {value} "
        f"WHEN {_is(_SCIENTIFIC, text)} AND {same} AND {same_double} THEN {value} END"
    )


def _timestamp(text: str) -> str:
    zoned = f"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)"
    return (
        f"CASE WHEN {_is(_MOMENT + 'Z?', text)} AND {text} >= '0001' THEN TRY_CAST({text} AS TIMESTAMP) "
        f"WHEN {_is(_ZONED, text)} AND {zoned} >= {_FIRST} AND {zoned} < {_END} THEN {zoned} END"
    )

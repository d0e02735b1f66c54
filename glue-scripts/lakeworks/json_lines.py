"""Strict JSON: one object a line and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from lakeworks.contract import Column as ContractColumn
from lakeworks.names import LINE, RECORD

#: Spark's reader allows these by default; JSON does not.
_STRICT = {"allowSingleQuotes": "false", "allowNonNumericNumbers": "false", "mode": "PERMISSIVE"}

_ITEMS, _BOXED, _OBJECTS, _ARRAYS = "_items", "_boxed", "_objects", "_arrays"


def parse_lines(lines: DataFrame, columns: Sequence[ContractColumn]) -> DataFrame:
    """Adds the record, and what `is_nested` needs.

    Spark's JSON functions stop at the end of the first value and take what follows for granted. Hence the line is
    parsed as the one element of an array: what follows the object must then be the array's end. That could only be
    forged by a `]` in the line itself, so that such a line is also parsed as a field of an object, where a `]` after
    the value is an error.

    Each parse is a column of its own step: Spark would else parse anew for every use of the result.
    """
    line = f.col(LINE)
    items = f.from_json(f.concat(f.lit("["), line, f.lit("]")), f"array<{_struct(columns, 'string')}>", _STRICT)
    boxed = f.from_json(f.concat(f.lit('{"r":'), line, f.lit("}")), "struct<r: map<string,string>>", _STRICT)
    parsed = lines.select("*", items.alias(_ITEMS), f.when(line.contains("]"), boxed).alias(_BOXED))
    is_object = line.startswith("{") | line.rlike(r"^\s*\{")
    alone = ~line.contains("]") | f.col(_BOXED)["r"].isNotNull()
    record = f.when(is_object & (f.size(_ITEMS) == 1) & alone, f.col(_ITEMS)[0])
    records = parsed.select(*lines.columns, record.alias(RECORD))
    return records.select("*", *_nested_values(columns))


def line_faults() -> list[Column]:
    """The faults of a line as a whole."""
    return [f.when(f.isnull(RECORD), f.lit("malformed_json"))]


def is_nested(column: ContractColumn) -> Column:
    """Whether the field's value is an object or an array, of which the record holds the JSON text."""
    text = f.col(RECORD)[column.source]
    return f.when(text.startswith("{"), f.col(_OBJECTS)[column.source].isNotNull()).otherwise(
        text.startswith("[") & f.col(_ARRAYS)[column.source].isNotNull()
    )


def _nested_values(columns: Sequence[ContractColumn]) -> list[Column]:
    """The objects and the arrays among the fields; parsed only for lines with a text that looks like one."""
    texts = [column for column in columns if column.type == "string"]
    parsed = []
    for name, opening, type_name in ((_OBJECTS, "{", "map<string,string>"), (_ARRAYS, "[", "array<string>")):
        suspect = f.lit(False)
        for column in texts:
            suspect = suspect | f.coalesce(f.col(RECORD)[column.source].startswith(opening), f.lit(False))
        values = f.from_json(LINE, _struct(texts, type_name), _STRICT)
        parsed.append(f.when(suspect, values).alias(name))
    return parsed


def _struct(columns: Sequence[ContractColumn], type_name: str) -> str:
    fields = (f"`{column.source.replace('`', '``')}`: {type_name}" for column in columns)
    return f"struct<{', '.join(fields)}>"

"""Strict JSON: one object a line and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column
from pyspark.sql import functions as f

from lakeworks.contract import Column as ContractColumn

#: Spark's reader allows these by default; JSON does not.
_STRICT = {"allowSingleQuotes": "false", "allowNonNumericNumbers": "false", "mode": "PERMISSIVE"}


def parse_object(line: Column, columns: Sequence[ContractColumn]) -> Column:
    """The line's fields as a struct of texts by column name; null unless the line is exactly one JSON object.

    Spark's JSON functions stop at the end of the first value and take what follows for granted. Hence the line is
    parsed as the one element of an array: what follows the object must then be the array's end. That could only be
    forged by a `]` in the line itself, so that such a line is also parsed as a field of an object, where a `]` after
    the value is an error.
    """
    fields = ",".join(f"`{_escaped(column.source)}` string" for column in columns)
    items = f.from_json(f.concat(f.lit("["), line, f.lit("]")), f"array<struct<{fields}>>", _STRICT)
    boxed = f.from_json(f.concat(f.lit('{"r":'), line, f.lit("}")), "struct<r: map<string,string>>", _STRICT)
    alone = ~line.contains("]") | boxed["r"].isNotNull()
    # `[]` and `[…]` as a line would else read as an object without fields.
    return f.when(line.rlike(r"^\s*\{") & (f.size(items) == 1) & alone, items[0])


def is_nested(line: Column, column: ContractColumn, text: Column) -> Column:
    """Whether the field's value is an object or an array, of which Spark gives the JSON text."""
    name = _escaped(column.source)
    as_map = f.from_json(line, f"struct<`{name}`: map<string,string>>", _STRICT)[column.source].isNotNull()
    as_array = f.from_json(line, f"struct<`{name}`: array<string>>", _STRICT)[column.source].isNotNull()
    return f.when(text.startswith("{"), as_map).when(text.startswith("["), as_array).otherwise(False)


def _escaped(name: str) -> str:
    return name.replace("`", "``")

"""Strict CSV: a line is exactly one record, with as many fields as its object's header."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from lakeworks.contract import Column as ContractColumn
from lakeworks.csv_headers import INSIDE, PLACES, WIDTH
from lakeworks.csv_syntax import FIELD
from lakeworks.names import LINE, RECORD

_FIELDS, _TEXTS = "_fields", "_texts"


def parse_lines(lines: DataFrame, columns: Sequence[ContractColumn]) -> DataFrame:
    """Adds the record; the lines are those of `with_headers`.

    The fields are what the pattern finds after each comma, one before the line among them. They are all there is when
    they and their commas are as long as the line: what the pattern passed over is no CSV. Unquoted empty text is null.
    """
    line = f.col(LINE)
    fields = f.regexp_extract_all(f.concat(f.lit(","), line), f.lit(f",({FIELD})"), f.lit(1))
    parsed = lines.withColumn(_FIELDS, fields)
    whole = (f.length(f.concat_ws(",", _FIELDS)) == f.length(line)) & (f.size(_FIELDS) == f.col(WIDTH))
    # In the order of the columns. Functions over arrays keep Spark's generated code short: it gives up on long code.
    own = f.transform(PLACES, lambda place: f.get(_FIELDS, place))
    parsed = parsed.withColumn(_TEXTS, f.when(whole & ~f.col(INSIDE), f.transform(own, _text)))
    texts = [f.get(_TEXTS, f.lit(index)).alias(column.source) for index, column in enumerate(columns)]
    return parsed.withColumn(RECORD, f.when(f.isnotnull(_TEXTS), f.struct(*texts))).drop(_FIELDS, _TEXTS)


def line_faults() -> list[Column]:
    """The faults of a line as a whole."""
    return [
        f.when(f.isnull(WIDTH), f.lit("header_invalid")),
        f.when(f.isnull(RECORD), f.lit("malformed_csv")),
    ]


def is_nested(_column: ContractColumn) -> Column:
    """CSV holds texts alone."""
    return f.lit(False)


def _text(field: Column) -> Column:
    """The field's text without its quotes."""
    inner = field.substr(f.lit(2), f.length(field) - 2)
    return f.when(field.startswith('"'), f.replace(inner, f.lit('""'), f.lit('"'))).when(field != "", field)

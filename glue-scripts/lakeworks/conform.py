"""Raw lines to the contract's columns, each row good or with the reason why not."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from lakeworks.cast import cast_text
from lakeworks.contract import Contract
from lakeworks.names import LINE, REASON, SOURCE_OBJECT
from lakeworks.parse import is_nested, parse_object


def conform(lines: DataFrame, contract: Contract) -> DataFrame:
    """One row per line: the contract's columns and partition columns, the line, its object and the reason."""
    parsed = lines.select(LINE, SOURCE_OBJECT, parse_object(f.col(LINE), contract.read_columns).alias("_record"))
    typed = parsed.select(LINE, SOURCE_OBJECT, *_typed(contract), _field_faults(contract).alias(REASON))
    computed = [column for column in contract.columns if column.expression is not None]
    values = typed.select("*", *(f.expr(f"cast({c.expression} as {c.type})").alias(c.name) for c in computed))
    places = [f.expr(f"cast({p.expression} as {p.type})").alias(p.name) for p in contract.partitions]
    placed = values.select("*", *places)
    faults = [
        REASON,
        *(f.when(f.isnull(c.name), f.lit(f"{c.name}_invalid")) for c in computed if not c.nullable),
        *(f.when(f.isnull(p.name), f.lit(f"{p.name}_invalid")) for p in contract.partitions),
        *(f.when(~f.coalesce(f.expr(r.condition), f.lit(False)), f.lit(r.name)) for r in contract.row_rules),
    ]
    names = [*contract.column_names, *contract.partition_names]
    return placed.select(*names, LINE, SOURCE_OBJECT, f.coalesce(*faults).alias(REASON))


def _typed(contract: Contract) -> list[Column]:
    record = f.col("_record")
    return [cast_text(record[column.source], column.type).alias(column.name) for column in contract.read_columns]


def _field_faults(contract: Contract) -> Column:
    """The first fault of the fields; empty text counts as missing, a nested value is no text."""
    record = f.col("_record")
    faults = [f.when(record.isNull(), f.lit("malformed_json"))]
    for column in contract.read_columns:
        text = record[column.source]
        missing = text.isNull() | (f.trim(text) == "")
        if not column.nullable:
            faults.append(f.when(missing, f.lit(f"{column.name}_missing")))
        if column.type == "string":
            invalid = is_nested(f.col(LINE), column, text)
        else:
            invalid = cast_text(text, column.type).isNull()
        faults.append(f.when(~missing & invalid, f.lit(f"{column.name}_invalid")))
    return f.coalesce(*faults)

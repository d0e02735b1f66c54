"""Raw lines to the contract's columns, each row good or with the reason why not."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from lakeworks import csv_lines, json_lines
from lakeworks.cast import cast_text
from lakeworks.contract import Contract
from lakeworks.names import LINE, REASON, RECORD, SOURCE_OBJECT

#: How a line of each raw format becomes a record, and what can be wrong with it.
_FORMATS = {"json": json_lines, "csv": csv_lines}


def conform(lines: DataFrame, contract: Contract) -> DataFrame:
    """One row per line: the contract's columns and partition columns, the line, its object and the reason."""
    rows = _FORMATS[contract.raw_format].parse_lines(lines, contract.read_columns)
    rows = rows.withColumns({c.name: cast_text(f.col(RECORD)[c.source], c.type) for c in contract.read_columns})
    computed = {
        c.name: f.expr(f"cast({c.expression} as {c.type})") for c in contract.columns if c.expression is not None
    }
    rows = rows.withColumns(computed) if computed else rows
    rows = rows.withColumns({p.name: f.expr(f"cast({p.expression} as {p.type})") for p in contract.partitions})
    reason = f.coalesce(*_field_faults(contract), *_row_faults(contract))
    return rows.select(*contract.column_names, *contract.partition_names, LINE, SOURCE_OBJECT, reason.alias(REASON))


def _field_faults(contract: Contract) -> list[Column]:
    """The faults of the fields in the contract's order; empty text counts as missing, a nested value is no text."""
    raw = _FORMATS[contract.raw_format]
    faults = raw.line_faults()
    for column in contract.read_columns:
        text = f.col(RECORD)[column.source]
        missing = text.isNull() | (f.trim(text) == "")
        invalid = raw.is_nested(column) if column.type == "string" else f.isnull(column.name)
        if not column.nullable:
            faults.append(f.when(missing, f.lit(f"{column.name}_missing")))
        faults.append(f.when(~missing & invalid, f.lit(f"{column.name}_invalid")))
    return faults


def _row_faults(contract: Contract) -> list[Column]:
    """What shows only with all columns cast: a rule that is neither true nor false is broken as well."""
    computed = [column for column in contract.computed_columns if not column.nullable]
    return [
        *(f.when(f.isnull(item.name), f.lit(f"{item.name}_invalid")) for item in (*computed, *contract.partitions)),
        *(f.when(~f.coalesce(f.expr(r.condition), f.lit(False)), f.lit(r.name)) for r in contract.row_rules),
    ]

"""Records to rows of the contract, each good or with the reason why not, as one query of DuckDB.

Each step is a query over the one before, so that nothing is computed twice.
"""

from __future__ import annotations

from lakeworks.cast import cast_text
from lakeworks.column_types import engine_type
from lakeworks.contract import EXTRA_FIELDS, Column, Contract
from lakeworks.engine import name, names, text
from lakeworks.expressions import translate
from lakeworks.json_syntax import ends_loosely, is_loose, is_object, may_be_loose
from lakeworks.names import KEYS, RAW, REASON, SHAPE
from lakeworks.read.records import Records
from lakeworks.records_sql import DOCUMENT, FAULT, FOUND, LINE, USUAL, Fields, text_query
from lakeworks.survey import Survey, extra_fields

_GOOD = "_good"
_MALFORMED = "malformed_json"


def conform_query(contract: Contract, records: Records, relation: str, survey: Survey) -> str:
    """A SELECT with one row per record: the contract's columns, partition columns, extra fields where they are kept,
    RAW and REASON, which are NULL for a good row, SHAPE and KEYS.

    :param relation: the reader's lines, in one column `line`.

    Raises UnsupportedExpressionError for an expression that is not translated.
    """
    fields = Fields.of(contract, survey)
    query = text_query(records, relation, fields)
    query = _with(query, {column.name: _read(column, fields) for column in contract.read_columns})
    types = {column.name: column.type for column in contract.read_columns}
    computed = {
        column.name: _computed(column.expression or "", column.type, types) for column in contract.computed_columns
    }
    query = _with(query, computed)
    types |= {column.name: column.type for column in contract.computed_columns}
    query = _with(query, {key.name: _computed(key.expression, key.type, types) for key in contract.partitions})
    types |= {key.name: key.type for key in contract.partitions}
    row_faults = _row_faults(contract, types)
    good = [FOUND, *_looks_good(contract, fields, survey), *(f"NOT {fault}" for _, fault in row_faults)]
    query = _with(query, {_GOOD: f"coalesce({' AND '.join(good)}, false)"})
    cases = " ".join(
        f"WHEN {fault} THEN {text(reason)}"
        for reason, fault in [*_record_faults(fields), *_field_faults(contract, fields), *row_faults]
    )
    reason = f"CASE WHEN {_GOOD} THEN NULL WHEN {FAULT} IS NOT NULL THEN {FAULT} {cases} END"
    query = _with(query, {REASON: reason})
    columns = names([*contract.column_names, *contract.partition_names])
    if contract.schema_change == "append":
        columns += f", {_extra_fields(contract, fields, survey)} AS {name(EXTRA_FIELDS)}"
    raw = f"CASE WHEN {REASON} IS NOT NULL THEN {LINE} END AS {RAW}"
    return f"SELECT {columns}, {REASON}, {raw}, {SHAPE}, {KEYS} FROM ({query})"


def _with(query: str, columns: dict[str, str]) -> str:
    added = "".join(f", {sql} AS {name(column)}" for column, sql in columns.items())
    return f"SELECT *{added} FROM ({query})"


def _extra_fields(contract: Contract, fields: Fields, survey: Survey) -> str:
    """They are cut out of the few records that have any."""
    any_other = "".join(f" OR {fields.text(other)} IS NOT NULL" for other in survey.others)
    has_any = f"{REASON} IS NULL AND (NOT {USUAL}{any_other})"
    return f"CASE WHEN {has_any} THEN {extra_fields(contract, fields.object)} END"


def _read(column: Column, fields: Fields) -> str:
    return cast_text(fields.value(column), column.type, fields.written(column))


def _computed(expression: str, type_name: str, types: dict[str, str]) -> str:
    """NULL where it overflows or does not fit."""
    return f"TRY(TRY_CAST({translate(expression, types)} AS {engine_type(type_name)}))"


def _looks_good(contract: Contract, fields: Fields, survey: Survey) -> list[str]:
    """What is true of a good record at first sight, at one look at each field; the others are looked at closely."""
    checks = []
    if fields.raw:
        checks = [USUAL, f"starts_with({DOCUMENT}, '{{')", f"NOT {ends_loosely(DOCUMENT)}"]
        checks += [f"NOT {may_be_loose(fields.text(other))}" for other in survey.others]
    for column in contract.read_columns:
        value = fields.value(column)
        if column.type != "string":
            empty = f" OR {value} IS NULL" if column.nullable else ""
            checks.append(f"({name(column.name)} IS NOT NULL{empty})")
        elif column.nullable:
            checks.append(f"(NOT {may_be_loose(value)})")
        else:
            # A text that begins with white space may be empty.
            checks.append(f"CASE WHEN ascii({value}) > 32 THEN NOT {may_be_loose(value)} ELSE false END")
    return checks


def _record_faults(fields: Fields) -> list[tuple[str, str]]:
    """What is wrong with a record as a whole."""
    checks = [f"NOT {FOUND}", f"NOT {is_object(DOCUMENT)}", is_loose(DOCUMENT)] if fields.raw else []
    return [(_MALFORMED, check) for check in checks]


def _field_faults(contract: Contract, fields: Fields) -> list[tuple[str, str]]:
    """The faults of the fields in the contract's order; empty text counts as missing, a nested value is no text."""
    faults = []
    for column in contract.read_columns:
        value = fields.value(column)
        # Most texts do not begin with white space: one look at the first character tells that they are not empty.
        missing = f"CASE WHEN ascii({value}) > 32 THEN false ELSE coalesce(trim({value}), '') = '' END"
        invalid = fields.is_nested(column) if column.type == "string" else f"{name(column.name)} IS NULL"
        if not column.nullable:
            faults.append((f"{column.name}_missing", missing))
        present = f" AND NOT {missing}" if column.nullable else ""
        faults.append((f"{column.name}_invalid", f"({invalid}{present})"))
    return faults


def _row_faults(contract: Contract, types: dict[str, str]) -> list[tuple[str, str]]:
    """What shows only with all columns cast: a rule that is neither true nor false is broken as well."""
    required = [column.name for column in contract.computed_columns if not column.nullable]
    return [
        *((f"{column}_invalid", f"{name(column)} IS NULL") for column in [*required, *contract.partition_names]),
        *((rule.name, f"NOT coalesce(TRY({translate(rule.condition, types)}), false)") for rule in contract.row_rules),
    ]

"""The fields of a sample's records as the job's readers give them, and which types take all of their values."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
from lakeworks.cast import cast_text
from lakeworks.contract import Contract
from lakeworks.engine import text as literal
from lakeworks.engine import workspace
from lakeworks.read import read_records
from sample_format import RefusedError, SampleFormat

#: Types that values are tried on, by the job's own casts.
_TYPES = ("boolean", "bigint", "double", "date", "timestamp")
#: A column with more different values than these is no category.
_CATEGORY = 20
#: Fields among which a key of two is looked for.
_KEY_FIELDS = 12
#: Share of records that are none above which the file is of several formats, or of another one.
_MOST_FAULTS = 0.1


class _Number(str):
    """A number of JSON as it is written."""

    __slots__ = ()


@dataclass
class Sample:
    records: list[dict[str, Any]] = field(default_factory=list)
    #: Reasons of what is no record, and the beginning of the first such.
    faults: Counter[str] = field(default_factory=Counter)
    first_fault: str = ""


def read_sample(path: Path, found: SampleFormat, work: Path) -> Sample:
    """Raises RefusedError where the file has no records, or many that are none."""
    columns = [{"name": name, "type": "string"} for name in found.header or ("any",)]
    raw = {"name": "sample", "raw": found.raw, "columns": columns, "businessKey": [], "eventTime": "", "partitions": []}
    rest = {"rowRules": [], "quality": {"rules": [], "onFailure": "warn"}, "targetFileMiB": 128}
    contract = Contract.parse(json.dumps({**raw, **rest}))
    lines = read_records(path, path.name, contract, work)
    sample = Sample()
    with lines.path.open(encoding="utf-8", newline="\n", errors="surrogateescape") as file:
        for line in file:
            _add(sample, line.rstrip("\n"), lines.boxed)
    faults = sample.faults.total()
    if faults > _MOST_FAULTS * (faults + len(sample.records)):
        raise RefusedError(
            f"{faults:,} of {faults + len(sample.records):,} records are no {found.raw['format']} "
            f"({', '.join(sample.faults)}): the file is damaged, or of more than one format. "
            f"The first such begins with {sample.first_fault[:60]!r}.",
            "Give a file of one format" + (", one object a line: jq -c ." if found.raw["format"] == "json" else "."),
        )
    if not sample.records:
        raise RefusedError("The file has no records.", "Give a file with some hundred records.")
    return sample


def _add(sample: Sample, line: str, boxed: bool) -> None:
    reason = "malformed_json"
    try:
        box = json.loads(line) if boxed else {"r": line}
        reason = box.get("e", reason)
        if "e" not in box:
            record = box["f"] if "f" in box else json.loads(box["r"], parse_float=_Number, parse_int=_Number)
            if isinstance(record, dict):
                sample.records.append(record)
                return
        line = box["r"]
    except (json.JSONDecodeError, RecursionError):
        pass
    sample.first_fault = sample.first_fault or line
    sample.faults[reason] += 1


def parquet_types(path: Path) -> dict[str, str]:
    """DuckDB's type of each column, as a Parquet file declares it."""
    with duckdb.connect() as connection:
        relation = connection.sql(f"FROM read_parquet({literal(str(path))}, hive_partitioning = false)")
        return {name: str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)}


def distinct(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without exact copies, which the job drops."""
    return list({json.dumps(record, sort_keys=True): record for record in records}.values())


def describe_fields(records: list[dict[str, Any]], header: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """What is known of each field, in the order of the header, or else that in which they come up."""
    names = list(dict.fromkeys([*header, *(name for record in records for name in record)]))
    with workspace() as (connection, folder):
        values = folder / "values"
        with values.open("w", encoding="utf-8") as out:
            for record in records:
                for name, value in record.items():
                    if value is not None and value != "":
                        kind, written = _kind_of(value)
                        out.write(json.dumps({"name": name, "kind": kind, "value": written}) + "\n")
        columns = "{'name': 'VARCHAR', 'kind': 'VARCHAR', 'value': 'VARCHAR'}"
        source = f"read_json({literal(str(values))}, columns = {columns}, format = 'newline_delimited')"
        connection.execute(f"CREATE TABLE found AS FROM {source}")
        known = {row["name"]: row for row in _figures(connection)}
    empty = {"present": 0, "distinct": 0, "kinds": {}, "types": {}, "values": []}
    return [known.get(name, {**empty, "name": name}) for name in names]


def _kind_of(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return "boolean", str(value).lower()
    if isinstance(value, _Number):
        return "number", value
    return ("text", value) if isinstance(value, str) else ("nested", json.dumps(value))


def _figures(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    fits = ", ".join(f"'{kind}': count({cast_text('value', kind, 'value')})" for kind in _TYPES)
    number, moment = cast_text("value", "double", "value"), cast_text("value", "timestamp", "value")
    day = cast_text("value", "date", "value")
    time = f"coalesce({moment}, CAST({day} AS TIMESTAMP))"
    query = f"""
        SELECT name, count(*) AS present, count(DISTINCT value) AS distinct,
            {{{fits}}} AS types, histogram(kind) AS kinds,
            count(*) FILTER (regexp_full_match(value, '[+-]?0\\d.*')) AS padded,
            count(*) FILTER (regexp_full_match(value, '[+-]?\\d+(\\.\\d+)?')) AS plain,
            max(length(regexp_extract(value, '^[+-]?(\\d+)', 1))) AS whole,
            max(length(regexp_extract(value, '^[+-]?\\d+\\.(\\d+)$', 1))) AS scale,
            min({number}) AS least, max({number}) AS most,
            CAST(min({time}) AS VARCHAR) AS first, CAST(max({time}) AS VARCHAR) AS last,
            min(length(value)) AS shortest, max(length(value)) AS longest,
            CASE WHEN count(DISTINCT value) <= {_CATEGORY} THEN list_sort(list(DISTINCT value)) ELSE [] END AS values,
            any_value(value) AS example
        FROM found GROUP BY name"""
    result = connection.execute(query)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def unique_pairs(records: list[dict[str, Any]], fields: list[dict[str, Any]]) -> list[list[str]]:
    """Pairs of fields that tell all records apart, where each has a value in every record."""
    complete = [each["name"] for each in fields if each["present"] == len(records) and "nested" not in each["kinds"]]
    pairs = combinations(complete[:_KEY_FIELDS], 2)
    return [
        list(pair) for pair in pairs if len({tuple(str(each[n]) for n in pair) for each in records}) == len(records)
    ]

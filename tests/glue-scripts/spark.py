"""One real Spark session for all tests, and a contract with a column of every type."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from lakeworks.conform import conform
from lakeworks.contract import Contract
from lakeworks.csv_headers import with_headers
from lakeworks.names import LINE, REASON, SOURCE_OBJECT
from lakeworks.settings import configure
from pyspark.sql import DataFrame, Row, SparkSession

ROOT = Path(__file__).resolve().parents[2]


@cache
def session() -> SparkSession:
    toolchain = json.loads((ROOT / ".lakeworks" / "toolchain.json").read_text(encoding="utf-8"))
    os.environ["JAVA_HOME"] = toolchain["java17"]
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    configure(spark)
    return spark


def contract(**changes: Any) -> Contract:
    """A small contract; `changes` replace its top-level fields."""
    raw = {
        "name": "things",
        "raw": {"format": "json", "arrivalKey": "ingest_date"},
        "columns": [
            {"name": "id", "type": "string"},
            {"name": "at", "source": "timestamp", "type": "timestamp"},
            {"name": "count", "type": "int"},
            {"name": "price", "type": "decimal(10,2)"},
            {"name": "total", "type": "decimal(12,2)", "expression": "count * price"},
            {"name": "note", "type": "string", "nullable": True},
            {"name": "big", "type": "bigint", "nullable": True},
            {"name": "ratio", "type": "double", "nullable": True},
            {"name": "flag", "type": "boolean", "nullable": True},
            {"name": "due", "type": "date", "nullable": True},
        ],
        "businessKey": ["id"],
        "eventTime": "at",
        "partitions": [
            {"name": "year", "type": "int", "expression": "year(at)"},
            {"name": "month", "type": "int", "expression": "month(at)"},
            {"name": "day", "type": "int", "expression": "day(at)"},
        ],
        "rowRules": [
            {"name": "count_not_positive", "condition": "count > 0"},
            {"name": "ratio_too_high", "condition": "ratio is null or ratio < 100"},
        ],
        "quality": {"rules": [], "onFailure": "fail", "metrics": False},
        "targetFileMiB": 128,
        **changes,
    }
    return Contract.parse(json.dumps(raw))


#: A good record of the contract above, as JSON texts by field.
GOOD = {"id": '"a"', "timestamp": '"2024-01-31T23:59:59Z"', "count": "2", "price": "1.25"}


def line(**changes: str | None) -> str:
    """A record as JSON text; a change to None leaves the field out."""
    fields = {**GOOD, **changes}
    return "{" + ",".join(f'"{name}":{text}' for name, text in fields.items() if text is not None) + "}"


def lines_frame(lines: list[str], source: str = "s3://bronze/part-0000.jsonl") -> DataFrame:
    return session().createDataFrame([(text, source) for text in lines], f"{LINE} string, {SOURCE_OBJECT} string")


def conformed(lines: list[str], with_contract: Contract | None = None) -> list[Row]:
    """The conformed rows in the order of the lines."""
    rows = conform(lines_frame(list(dict.fromkeys(lines))), with_contract or contract()).collect()
    by_line = {row[LINE]: row for row in rows}
    return [by_line[text] for text in lines]


def csv_frame(objects: dict[str, str], with_contract: Contract) -> DataFrame:
    """The objects' lines as the job reads them: in no order, without blank lines, with their headers found."""
    lines = [
        (text, name)
        for name, body in objects.items()
        for text in reversed(list(io.StringIO(body, newline=None)))
        if text.strip()
    ]
    frame = session().createDataFrame(
        [(text.rstrip("\n"), name) for text, name in lines], f"{LINE} string, {SOURCE_OBJECT} string"
    )

    @contextmanager
    def open_lines(name: str) -> Iterator[Iterator[str]]:
        yield (text.rstrip("\n") for text in io.StringIO(objects[name], newline=None))

    return with_headers(frame, with_contract, open_lines)


def csv_contract(**changes: Any) -> Contract:
    return contract(raw={"format": "csv", "arrivalKey": "ingest_date"}, **changes)


def csv_conformed(objects: dict[str, str], with_contract: Contract | None = None) -> list[Row]:
    """The conformed rows of CSV objects, by object and line."""
    chosen = with_contract or csv_contract()
    rows = conform(csv_frame(objects, chosen), chosen).collect()
    return sorted(rows, key=lambda row: (row[SOURCE_OBJECT], row[LINE]))


def reasons(lines: list[str]) -> list[str | None]:
    return [row[REASON] for row in conformed(lines)]

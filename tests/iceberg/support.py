"""Spark with Iceberg on a folder: a table as the stack makes it, and runs of rows."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
import unittest
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from lakeworks.arguments import JobArguments
from lakeworks.catalog import Version
from lakeworks.contract import Contract
from lakeworks.fragments import Fragment, Published, Span, Staged
from lakeworks.iceberg import IcebergLoad
from lakeworks.iceberg.catalog import CATALOG, EXTENSIONS
from lakeworks.iceberg.table import stored_type
from lakeworks.layout import rows_folder, silver_types, span_of, stored_columns
from lakeworks.leftovers import staging_of
from lakeworks.report import RunReport
from lakeworks.settings import configure
from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[2]
WAREHOUSE = Path(tempfile.mkdtemp(prefix="lakeworks-iceberg-"))
atexit.register(shutil.rmtree, WAREHOUSE, ignore_errors=True)

COLUMNS = [
    {"name": "id", "type": "string"},
    {"name": "happened", "type": "timestamp"},
    {"name": "amount", "type": "int", "nullable": True},
    {"name": "price", "type": "decimal(5,2)", "nullable": True},
]
DAY = [{"name": "day", "type": "date", "expression": "to_date(happened)"}]


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
        .config("spark.driver.extraClassPath", f"{toolchain['icebergJars']}/*")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.extensions", EXTENSIONS)
        .config(f"spark.sql.catalog.{CATALOG}", "org.apache.iceberg.spark.SparkCatalog")
        .config(f"spark.sql.catalog.{CATALOG}.type", "hadoop")
        .config(f"spark.sql.catalog.{CATALOG}.warehouse", f"file://{WAREHOUSE}")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    configure(spark)
    return spark


def contract_of(**changes: Any) -> Contract:
    return Contract.parse(json.dumps(raw_contract(**changes)))


def raw_contract(**changes: Any) -> dict[str, Any]:
    return {
        "name": "things",
        "raw": {"format": "json"},
        "columns": COLUMNS,
        "businessKey": ["id"],
        "eventTime": "happened",
        "partitions": DAY,
        "rowRules": [],
        "quality": {"rules": [], "onFailure": "warn"},
        "targetFileMiB": 128,
        "tableFormat": "iceberg",
        **changes,
    }


class MemoryCatalog:
    """The partitions of one gold table."""

    def __init__(self) -> None:
        self.published: dict[str, Version] = {}

    def partitions(self) -> list[Published]:
        return [Published(each.partition, each.location, each.size, None) for each in self.published.values()]

    def sources(self) -> dict[str, str]:
        return {partition: version.sources for partition, version in self.published.items()}

    def publish(self, versions: Sequence[Version]) -> None:
        self.published |= {version.partition: version for version in versions}

    def remove(self, partitions: Sequence[str]) -> None:
        for partition in partitions:
            del self.published[partition]


#: id, happened, amount, price, source_object
Row = tuple[Any, ...]


class IcebergTestCase(unittest.TestCase):
    """A fresh table per test, `things`."""

    number = 0

    def setUp(self) -> None:
        IcebergTestCase.number += 1
        self.spark = session()
        self.folder = Path(tempfile.mkdtemp(prefix="lakeworks-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.database = f"lake{IcebergTestCase.number}"
        self.name = f"{CATALOG}.{self.database}.things"
        self.contract = contract_of()
        self.runs = 0
        self.create()

    def create(self) -> None:
        """As components/lakeTableIceberg.ts declares it."""
        columns = [*self.contract.columns, *self.contract.partitions]
        ddl = ", ".join(f"`{column.name}` {stored_type(column.type)}" for column in columns)
        keys = ", ".join(self.contract.partition_names)
        self.spark.sql(
            f"CREATE TABLE {self.name} ({ddl}, source_object string) USING iceberg PARTITIONED BY ({keys}) "
            "TBLPROPERTIES ('format-version' = '2')"
        )

    def arguments(self, **given: Any) -> JobArguments:
        self.runs += 1
        at = f"file://{self.folder}/"
        return JobArguments(
            **{
                **dict.fromkeys(("contract", "source", "target", "quarantine", "reports"), at),
                "staging": f"{at}staging/",
                "state": f"{at}state/",
                "database": self.database,
                "table": "things",
                "run_id": f"jr_{self.runs}",
                "job_name": "job",
                **given,
            }
        )

    def load(self, *tasks: list[Row], audit: Any = lambda rows: None) -> RunReport:
        """Runs the rows, which lie in fragments as stage.py writes them, one list per task."""
        arguments = self.arguments()
        report = RunReport(arguments.run_id, "things", "run")
        staged = [self._staged(number, rows, arguments) for number, rows in enumerate(tasks)]
        IcebergLoad(self.spark, arguments, self.contract, report).load(staged, audit)
        return report

    def _staged(self, number: int, rows: list[Row], arguments: JobArguments) -> Staged:
        fragments = []
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            types = silver_types(self.contract)
            ddl = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
            connection.execute(f"CREATE TABLE rows ({ddl})")
            connection.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(types))})", rows)
            connection.execute("CREATE MACRO to_date(moment) AS CAST(moment AS DATE)")
            keys = " || '/' || ".join(f"'{key.name}=' || ({key.expression})" for key in self.contract.partitions)
            for (partition,) in connection.execute(f"SELECT DISTINCT {keys} FROM rows").fetchall():
                folder = rows_folder(staging_of(arguments), partition)
                path = Path(folder.removeprefix("file://")) / f"task-{number}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                mine = f"FROM rows WHERE {keys} = '{partition}'"
                connection.execute(f"COPY (SELECT {stored_columns(self.contract)} {mine}) TO '{path}' (FORMAT parquet)")
                found = connection.execute(f"SELECT count(*), {span_of(self.contract)} {mine}").fetchall()[0]
                fragments.append(Fragment(partition, f"file://{path}", found[0], path.stat().st_size, Span(*found[1:])))
        return Staged(len(rows), 0, fragments, None, {}, None, {}, [], 0)

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        """The table's rows in order, times as text."""
        found = self.spark.table(self.name).select(*(columns or ("id", "happened", "amount", "price", "source_object")))
        return sorted(tuple(_plain(value) for value in row) for row in found.collect())

    def meta(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Of one of the table's metadata tables: snapshots, files, …"""
        return [tuple(row) for row in self.spark.table(f"{self.name}.{table}").select(*columns).collect()]

    def snapshots(self) -> int:
        return len(self.meta("snapshots", "snapshot_id"))

    def files(self) -> list[Path]:
        return sorted((WAREHOUSE / self.database / "things").rglob("*.parquet"))


def _plain(value: Any) -> Any:
    return value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else value

"""A small lake in a folder: silver partitions made of rows, gold kept by the job's code, and DuckDB to compare with."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import unittest
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from lakeworks.arguments import JobArguments
from lakeworks.catalog import Version
from lakeworks.contract import Contract
from lakeworks.fragments import Published, Span
from lakeworks.gold import refresh_gold
from lakeworks.layout import values_of
from lakeworks.report import RunReport
from lakeworks.silver import ParquetSilver
from session import ROOT, session

SPAN = Span("a", "z", 0, 0)


class FileCatalog:
    """A table's partitions in a JSON file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        #: How many more partitions are published before the process "dies"; None: it lives.
        self.dies_after: int | None = None

    def _read(self) -> dict[str, dict[str, Any]]:
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def _write(self, entries: dict[str, dict[str, Any]]) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(entries))
        os.replace(fresh, self._file)

    def partitions(self) -> list[Published]:
        return [Published(partition, entry["location"], 1, SPAN) for partition, entry in self._read().items()]

    def sources(self) -> dict[str, str]:
        return {partition: entry["sources"] for partition, entry in self._read().items()}

    def counted(self) -> dict[str, int]:
        """Rows by partition, as published."""
        return {partition: entry["rows"] for partition, entry in self._read().items()}

    def publish(self, versions: Sequence[Version]) -> None:
        for number, version in enumerate(versions):
            if self.dies_after is not None and number >= self.dies_after:
                raise KeyboardInterrupt
            entry = {"location": version.location, "rows": version.rows, "sources": version.sources}
            self._write({**self._read(), version.partition: entry})

    def remove(self, partitions: Sequence[str]) -> None:
        self._write({partition: entry for partition, entry in self._read().items() if partition not in partitions})


class GoldTestCase(unittest.TestCase):
    """Subclasses name the contract and the types of silver's files."""

    contract: Contract
    #: Name and type in DuckDB of the columns of a silver file.
    files: dict[str, str]

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lakeworks-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.catalogs: dict[str, FileCatalog] = {}
        self.run = 0

    def catalog(self, table: str) -> FileCatalog:
        return self.catalogs.setdefault(table, FileCatalog(self.folder / f"{table}.json"))

    def publish(self, partition: str, *rows: tuple[Any, ...]) -> None:
        """Makes the rows silver's partition, as a run does; none remove it."""
        self.run += 1
        if not rows:
            self.catalog("silver").remove([partition])
            return
        folder = self.folder / "silver" / partition / f"jr_{self.run}"
        folder.mkdir(parents=True)
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            columns = ", ".join(f'"{name}" {kind}' for name, kind in self.files.items())
            connection.execute(f"CREATE TABLE t ({columns})")
            connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(self.files))})", rows)
            connection.execute(f"COPY t TO '{folder}/part-0000.parquet' (FORMAT parquet, COMPRESSION zstd)")
        self.catalog("silver").publish([Version(partition, f"file://{folder}/", len(rows), 1, 1, SPAN)])

    def refresh(self, contract: Contract | None = None, **arguments: Any) -> dict[str, list[str]]:
        """Runs gold; what the report says of it."""
        self.run += 1
        chosen = contract or self.contract
        at = f"file://{self.folder}/"
        fixed = {"gold": f"{at}gold/", **arguments}
        given = JobArguments(
            **dict.fromkeys(("contract", "source", "quarantine", "reports", "state"), at),
            target=f"{at}silver/",
            staging=f"{at}staging/",
            database="lake",
            table=chosen.name,
            run_id=f"jr_{self.run}",
            job_name="job",
            **fixed,
        )
        report = RunReport(given.run_id, chosen.name, "run")
        silver = ParquetSilver(session(), chosen, given.target, self.catalog("silver"))
        refresh_gold(session(), chosen, given, silver, lambda _, table: self.catalog(table), report)
        return report.gold

    def gold(self, table: str, select: str = "*") -> list[tuple[Any, ...]]:
        """The table as a reader of the catalog finds it, in order."""
        return self._query(self._relation(table), select)

    def oracle(self, query: str) -> list[tuple[Any, ...]]:
        """DuckDB's answer from all of silver's rows, the view `silver`."""
        return self._query(query.replace("FROM silver", f"FROM {self._relation('silver')}"))

    def files_of(self, table: str) -> list[Path]:
        return sorted((self.folder / "gold" / table).rglob("*.parquet"))

    def _query(self, query: str, select: str = "*") -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.execute(f"SELECT {select} FROM ({query}) ORDER BY ALL").fetchall()

    def _relation(self, table: str) -> str:
        names = self.contract.partition_names if table == "silver" else self._keys(table)
        types = {part.name: part.type for part in self.contract.partitions}
        parts = []
        for found in self.catalog(table).partitions():
            pairs = zip(names, values_of(found.partition), strict=True)
            values = ", ".join(f"CAST('{value}' AS {types[name]}) AS \"{name}\"" for name, value in pairs)
            path = found.location.removeprefix("file://")
            parts.append(f"SELECT *, {values} FROM read_parquet('{path}*.parquet', hive_partitioning = false)")
        return f"({' UNION ALL BY NAME '.join(parts)})"

    def _keys(self, table: str) -> tuple[str, ...]:
        return next(each.partition_keys for each in self.contract.gold if each.name == table)


def sql_of(dataset: str, table: str) -> str:
    return (ROOT / "datasets" / dataset / "gold" / f"{table}.sql").read_text(encoding="utf-8")


def contract_of(
    name: str, columns: dict[str, str], partitions: dict[str, tuple[str, str]], gold: list[dict[str, Any]]
) -> Contract:
    """:param partitions: type and expression by name."""
    first, second = list(columns)[:2]
    return Contract.parse(
        json.dumps(
            {
                "name": name,
                "raw": {"format": "json"},
                "columns": [{"name": column, "type": kind} for column, kind in columns.items()],
                "businessKey": [first],
                "eventTime": second,
                "partitions": [
                    {"name": key, "type": kind, "expression": sql} for key, (kind, sql) in partitions.items()
                ],
                "rowRules": [],
                "quality": {"rules": [], "onFailure": "warn"},
                "targetFileMiB": 128,
                "gold": gold,
            }
        )
    )


def gold_table(name: str, columns: dict[str, str], keys: Sequence[str], sql: str) -> dict[str, Any]:
    return {
        "name": name,
        "columns": [{"name": column, "type": kind} for column, kind in columns.items()],
        "partitionKeys": list(keys),
        "sql": sql,
    }

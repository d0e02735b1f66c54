"""A lake in a folder, on which the job runs as it does on S3 and Glue; its catalog is a file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from lakeworks.arguments import JobArguments
from lakeworks.bookmark import BookmarkHead
from lakeworks.catalog import Version
from lakeworks.contract import Contract
from lakeworks.fragments import Published, Span
from lakeworks.layout import in_order
from lakeworks.pipeline import Services, run_pipeline


def replace(file: Path, document: Any) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(document))
    os.replace(fresh, file)


class FileCatalog:
    """A table's partitions in a JSON file; each of them changes at once, as in Glue."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def entries(self) -> dict[str, dict[str, Any]]:
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def _save(self, entries: dict[str, dict[str, Any]]) -> None:
        replace(self._file, entries)

    def partitions(self) -> list[Published]:
        return [
            Published(path, entry["location"], entry["size"], Span(*entry["span"]) if entry["span"] else None)
            for path, entry in self.entries().items()
        ]

    def sources(self) -> dict[str, str]:
        return {path: entry["sources"] for path, entry in self.entries().items()}

    def publish(self, versions: Sequence[Version]) -> None:
        for each in versions:
            span = each.span and [each.span.key_min, each.span.key_max, each.span.day_min, each.span.day_max]
            entry = {"location": each.location, "rows": each.rows, "size": each.size, "span": span}
            self._save({**self.entries(), each.partition: {**entry, "sources": each.sources}})

    def remove(self, partitions: Sequence[str]) -> None:
        self._save({path: entry for path, entry in self.entries().items() if path not in partitions})


class FolderLake:
    """One dataset's lake. A run's bookmark is committed as etl.py does it, unless the run failed."""

    def __init__(self, folder: Path, contract: str, glue_context: Any) -> None:
        self.folder = folder
        self.contract = Contract.parse(contract)
        self._glue_context = glue_context
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "contract.json").write_text(contract)

    def catalog(self, table: str) -> FileCatalog:
        return FileCatalog(self.folder / f"catalog-{table}.json")

    def arrive(self, key: str, content: bytes | str) -> None:
        """An object in bronze, `ingest_date=2024-01-05/part-0000.jsonl`."""
        path = self.folder / "bronze" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(
        self, mode: str = "run", first: str | None = None, last: str | None = None, **changes: Any
    ) -> dict[str, Any]:
        """The run's report."""
        number = self._job["runs"] + 1
        self._note(runs=number)
        self.last_run = run_id = f"jr_{number:04}"
        at = f"file://{self.folder}/"
        given: dict[str, Any] = {
            **{name: f"{at}{name}/" for name in ("target", "quarantine", "reports", "staging", "state", "gold")},
            "contract": f"{at}contract.json",
            "source": f"{at}bronze/",
            "database": "lake",
            "table": self.contract.name,
            "job_name": "job",
            "bookmark": "job-bookmark-enable",
            "from_day": first and date.fromisoformat(first),
            "to_day": last and date.fromisoformat(last),
        }
        arguments = JobArguments(run_id=run_id, mode=mode, **{**given, **changes})
        services = Services(lambda _, table: self.catalog(table), lambda _: self._bookmark(), lambda _: None)
        report = run_pipeline(self._glue_context, arguments, services).document()
        if arguments.bookmark == "job-bookmark-enable":
            self._note(head=[number, run_id])
        return report

    @property
    def _job(self) -> dict[str, Any]:
        """What Glue keeps of the job: how many runs there were, and its bookmark."""
        file = self.folder / "job.json"
        return json.loads(file.read_text()) if file.exists() else {"runs": 0, "head": None}

    def _note(self, **changes: Any) -> None:
        replace(self.folder / "job.json", {**self._job, **changes})

    def _bookmark(self) -> BookmarkHead | None:
        head = self._job["head"]
        return head and BookmarkHead(*head)

    def reset_bookmark(self) -> None:
        """What `aws glue reset-job-bookmark` does."""
        self._note(head=[0, None])

    def partitions(self) -> list[str]:
        return sorted(self.catalog(self.contract.name).entries(), key=in_order)

    def rows(self, columns: str = "* EXCLUDE (source_object)") -> list[tuple[Any, ...]]:
        """What a reader of the silver table sees, in order."""
        folders = [entry["location"] for entry in self.catalog(self.contract.name).entries().values()]
        files = [f"{folder.removeprefix('file://')}*.parquet" for folder in folders]
        if not files:
            return []
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            source = f"read_parquet({files}, union_by_name = true, hive_partitioning = false)"
            return connection.execute(f"SELECT {columns} FROM {source} ORDER BY ALL").fetchall()

    def seen(self) -> dict[str, tuple[int, int]]:
        """By partition how many rows it has, and a sum over them that changes with any."""
        found = {}
        with duckdb.connect() as connection:
            for partition, entry in self.catalog(self.contract.name).entries().items():
                files = entry["location"].removeprefix("file://") + "*.parquet"
                query = f"SELECT count(*), sum(hash(t)) FROM read_parquet('{files}', hive_partitioning = false) t"
                ((rows, total),) = connection.execute(query).fetchall()
                found[partition] = rows, int(total)
        return found

    def quarantined(self) -> list[tuple[str, str, str]]:
        """Reason, object and raw text of every quarantined record."""
        files = [str(path) for path in (self.folder / "quarantine").rglob("*.parquet")]
        if not files:
            return []
        with duckdb.connect() as connection:
            query = f"SELECT reason, source_object, raw FROM read_parquet({files}) ORDER BY ALL"
            return connection.execute(query).fetchall()

"""The run report: what a run did, for people, automation and dashboards."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lakeworks import storage
from lakeworks.quality import Outcome


@dataclass
class RunReport:
    """`input = output + quarantined + duplicates + already_published`, exactly. Rows and bytes are the run's own."""

    run_id: str
    dataset: str
    mode: str
    #: "succeeded", "failed", or "nothing-new" for a run that found nothing to do and changed nothing.
    status: str = "nothing-new"
    input: int = 0
    #: Rows of the run that are in silver now and were not before, or not like this.
    output: int = 0
    quarantined: int = 0
    #: Rows dropped for a later row of this run with their key.
    duplicates: int = 0
    #: Rows dropped because silver had the same or a later row of their key.
    already_published: int = 0
    #: Rows of silver that a later row of this run took the place of: silver has grown by `output - replaced`.
    replaced: int = 0
    quarantine_reasons: dict[str, int] = field(default_factory=dict)
    #: Raw objects read.
    objects: int = 0
    #: Fields that the contract does not name, with how many records had them.
    new_fields: dict[str, int] = field(default_factory=dict)
    #: Fields of the contract that an object's header lacks, `object: field`.
    missing_fields: list[str] = field(default_factory=list)
    #: Partitions that are new or have new files.
    partitions: list[str] = field(default_factory=list)
    #: New silver files and their bytes.
    files: int = 0
    bytes_written: int = 0
    #: Size of the bronze objects read.
    bytes_read: int = 0
    #: Size of the silver files read, to merge with or to look keys up.
    bytes_scanned: int = 0
    #: Gold tables with the partitions that were made anew.
    gold: dict[str, list[str]] = field(default_factory=dict)
    quality: list[Outcome] = field(default_factory=list)
    dq: str = ""
    #: Most memory of one Python worker.
    peak_memory: int = 0
    engines: dict[str, str] = field(default_factory=dict)
    stages: list[tuple[str, float]] = field(default_factory=list)
    #: Why the run failed.
    error: str | None = None

    def fail(self, error: str) -> None:
        """Nothing of the run counts as done: its records are read again by the next one."""
        self.status, self.error = "failed", error
        self.input = self.output = self.quarantined = self.duplicates = self.already_published = self.replaced = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.stages.append((name, round(time.monotonic() - started, 3)))

    def document(self) -> dict[str, Any]:
        return {
            "runId": self.run_id,
            "dataset": self.dataset,
            "mode": self.mode,
            "status": self.status,
            "error": self.error,
            "rows": {
                "input": self.input,
                "output": self.output,
                "quarantined": self.quarantined,
                "duplicates": self.duplicates,
                "alreadyPublished": self.already_published,
                "replaced": self.replaced,
            },
            "quarantineReasons": dict(sorted(self.quarantine_reasons.items())),
            "objects": self.objects,
            "schemaChanges": {"newFields": self.new_fields, "missingFields": self.missing_fields},
            "partitions": self.partitions,
            "files": self.files,
            "bytesRead": self.bytes_read,
            "bytesScanned": self.bytes_scanned,
            "bytesWritten": self.bytes_written,
            "gold": [{"table": table, "partitions": partitions} for table, partitions in self.gold.items()],
            "quality": [vars(outcome) for outcome in self.quality],
            "dq": self.dq,
            "peakMemoryMiB": self.peak_memory // 1024**2,
            "engines": self.engines,
            "stages": [{"name": name, "seconds": seconds} for name, seconds in self.stages],
        }

    def publish(self, reports: str) -> None:
        """To `<reports><run id>.json` and, as one line, to the log."""
        document = self.document()
        storage.write_json(f"{reports}{self.run_id}.json", document)
        print(f"LAKEWORKS_REPORT {json.dumps(document)}", flush=True)

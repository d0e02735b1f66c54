"""The run report: what a run did, for people, automation and dashboards."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lakeworks.quality import Outcome
from lakeworks.storage import write_text


@dataclass
class RunReport:
    """`input = output + quarantined + duplicates + already_published`, exactly."""

    run_id: str
    dataset: str
    #: "succeeded", or "nothing-new" for a run that found no unread line and changed nothing.
    status: str = "nothing-new"
    input: int = 0
    output: int = 0
    quarantined: int = 0
    #: Rows dropped for another row of this run with their key.
    duplicates: int = 0
    #: Rows dropped because their key was in silver before.
    already_published: int = 0
    quarantine_reasons: dict[str, int] = field(default_factory=dict)
    #: Partitions that got a new file.
    partitions: list[str] = field(default_factory=list)
    #: New silver files and their bytes.
    files: int = 0
    bytes_written: int = 0
    #: Size of the bronze objects read.
    bytes_read: int = 0
    quality: list[Outcome] = field(default_factory=list)
    stages: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.stages.append((name, round(time.monotonic() - started, 3)))

    def to_json(self) -> str:
        return json.dumps(self._fields())

    def _fields(self) -> dict[str, Any]:
        return {
            "runId": self.run_id,
            "dataset": self.dataset,
            "status": self.status,
            "rows": {
                "input": self.input,
                "output": self.output,
                "quarantined": self.quarantined,
                "duplicates": self.duplicates,
                "alreadyPublished": self.already_published,
            },
            "quarantineReasons": self.quarantine_reasons,
            "partitions": self.partitions,
            "files": self.files,
            "bytesRead": self.bytes_read,
            "bytesWritten": self.bytes_written,
            "quality": [vars(outcome) for outcome in self.quality],
            "stages": [{"name": name, "seconds": seconds} for name, seconds in self.stages],
        }

    def publish(self, reports: str) -> None:
        """To `<reports><run id>.json` and, as one line, to the log."""
        text = self.to_json()
        write_text(f"{reports}{self.run_id}.json", text)
        print(f"LAKEWORKS_REPORT {text}", flush=True)

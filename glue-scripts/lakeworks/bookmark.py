"""Which raw objects have been read: a ledger of our own, under Glue's bookmark.

Glue's own bookmark goes by times of modification and holds for Glue's own readers alone, which stop at a damaged
object. The ledger knows each object by key and content, and the run that read it. Glue's bookmark stays the judge of
which runs count: it advances by `Job.commit`, after the ledger, and `aws glue reset-job-bookmark` works as ever.
https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import boto3

from lakeworks import storage
from lakeworks.contract import Contract
from lakeworks.fragments import RawObject

_VERSION = 1


@dataclass
class Ledger:
    #: Key below the bronze prefix -> etag and the id of the run that read it.
    objects: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Runs that have written the ledger, in order.
    runs: list[str] = field(default_factory=list)

    @staticmethod
    def load(state: str) -> Ledger:
        """Raises ValueError for a ledger of a later version of this library."""
        content = storage.read_bytes(_location(state))
        if content is None:
            return Ledger()
        document = json.loads(gzip.decompress(content))
        if document["version"] != _VERSION:
            raise ValueError(f"{_location(state)} is of version {document['version']}; this library reads {_VERSION}")
        return Ledger(document["objects"], document["runs"])

    def save(self, state: str) -> None:
        document = {"version": _VERSION, "objects": self.objects, "runs": self.runs}
        storage.write_bytes(_location(state), gzip.compress(json.dumps(document).encode(), mtime=0))

    def unread(self, objects: list[RawObject]) -> list[RawObject]:
        """Those that are new, or were written anew with another content."""
        return [raw for raw in objects if self.objects.get(raw.key, {}).get("etag") != raw.object.etag]

    def add(self, objects: list[RawObject], run_id: str) -> None:
        self.objects |= {raw.key: {"etag": raw.object.etag, "run": run_id} for raw in objects}
        self.runs.append(run_id)

    def forget_since(self, day: date, contract: Contract) -> int:
        """Forgets what arrived on the day or later; how many objects that were."""
        kept = {key: entry for key, entry in self.objects.items() if (arrival(key, contract) or date.max) < day}
        forgotten = len(self.objects) - len(kept)
        self.objects = kept
        return forgotten

    def follow(self, head: BookmarkHead | None) -> None:
        """Forgets what Glue's bookmark does not count any more: all of it after a reset, the later runs after a rewind
        or where a run died before its commit."""
        if head is None or not self.runs:
            return
        if head.run == 0:
            self.objects, self.runs = {}, []
        elif head.run_id in self.runs:
            counted = self.runs[: self.runs.index(head.run_id) + 1]
            self.objects = {key: entry for key, entry in self.objects.items() if entry["run"] in counted}
            self.runs = counted


@dataclass(frozen=True)
class BookmarkHead:
    """Glue's bookmark of the job: the last run that committed; run 0 after a reset."""

    run: int
    run_id: str | None

    @staticmethod
    def of(job_name: str) -> BookmarkHead | None:
        """None where Glue has no bookmark of the job: no run has committed yet."""
        glue: Any = boto3.client("glue")
        try:
            entry = glue.get_job_bookmark(JobName=job_name)["JobBookmarkEntry"]
        except glue.exceptions.EntityNotFoundException:
            return None
        return BookmarkHead(entry.get("Run", 0), entry.get("RunId"))


def raw_objects(source: str) -> list[RawObject]:
    """The objects under the bronze prefix, by arrival and name. Empty ones and hidden ones (`_…`, `.…`) are none."""
    found = (RawObject(item.location.removeprefix(source), item) for item in storage.listing(source) if item.size > 0)
    return [raw for raw in found if not any(part[:1] in ("_", ".") for part in raw.key.split("/"))]


def arrival(key: str, contract: Contract) -> date | None:
    """The day of an object's arrival folder; None where it lies in none."""
    head = f"{contract.arrival_key}="
    for part in key.split("/")[:-1]:
        if part.startswith(head):
            try:
                return date.fromisoformat(part.removeprefix(head))
            except ValueError:
                return None
    return None


def _location(state: str) -> str:
    return f"{state}bookmark.json.gz"

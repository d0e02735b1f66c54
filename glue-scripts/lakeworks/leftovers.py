"""What runs leave behind: files of a run that died, folders that no reader uses any more.

A run notes that it is open before it writes anything. The next run reads the notes: of a run that the ledger counts all
is in order, after any other it clears up. A superseded folder stays for a while: queries that began before the swap
read it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from lakeworks import storage
from lakeworks.arguments import JobArguments
from lakeworks.bookmark import Ledger
from lakeworks.storage import StoredObject

#: Longer than Athena lets a query run: 30 minutes unless the quota was raised.
#: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
GRACE_SECONDS = 3600


def staging_of(arguments: JobArguments) -> str:
    """Where a run keeps what is not published yet."""
    return f"{arguments.staging}{arguments.run_id}/"


def open_run(arguments: JobArguments, owned: Sequence[str] = ()) -> None:
    """:param owned: objects outside of staging that are to go unless the run commits."""
    storage.write_json(_note(arguments.state, arguments.run_id), {"owned": [staging_of(arguments), *owned]})


def close_run(arguments: JobArguments) -> None:
    """The note stays where the ledger is to tell, once Glue's bookmark is committed, whether the run counts."""
    storage.delete([item.location for item in storage.listing(staging_of(arguments))])
    if arguments.bookmark != "job-bookmark-enable":
        storage.delete([_note(arguments.state, arguments.run_id)])


def clear_dead_runs(state: str, ledger: Ledger) -> None:
    """Removes what runs that do not count have left, and the staging files of the others."""
    for note in storage.listing(f"{state}open/"):
        run_id = note.location.rpartition("/")[2].removesuffix(".json")
        owned = json.loads(storage.read_bytes(note.location) or b'{"owned": []}')["owned"]
        leftovers = owned[:1] if run_id in ledger.runs else owned
        storage.delete([item.location for location in leftovers for item in storage.listing(location)])
        storage.delete([note.location])


def clear_superseded(target: str, partitions: Sequence[str], current: dict[str, str]) -> int:
    """Removes the files of partitions that lie outside of their current folder and are older than the grace time.

    :param current: folder by partition.
    :returns: how many files.
    """
    before = time.time() - GRACE_SECONDS
    found = storage.for_each(lambda partition: storage.listing(f"{target}{partition}/"), partitions)

    def superseded(partition: str, item: StoredObject) -> bool:
        folder = current.get(partition)
        inside = folder is not None and item.location.startswith(folder)
        return not inside and item.modified < before

    old = [
        item.location
        for partition, items in zip(partitions, found, strict=True)
        for item in items
        if superseded(partition, item)
    ]
    storage.delete(old)
    return len(old)


def _note(state: str, run_id: str) -> str:
    return f"{state}open/{run_id}.json"

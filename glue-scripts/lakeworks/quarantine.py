"""Keeps the records that became no row: raw text, source object, reason and run, as Parquet that Athena queries."""

from __future__ import annotations

from dataclasses import dataclass

from lakeworks import storage
from lakeworks.contract import Contract
from lakeworks.engine import text, texts, workspace
from lakeworks.fragments import Staged


class TooManyBadRecordsError(Exception):
    """More records than the contract allows are bad; nothing was published."""


@dataclass(frozen=True)
class QuarantineTask:
    #: Parquet files of the stage tasks.
    parts: list[str]
    location: str
    run_id: str


def check_share(staged: list[Staged], contract: Contract) -> None:
    """Raises TooManyBadRecordsError naming the reasons, most frequent first."""
    records = sum(task.records for task in staged)
    reasons: dict[str, int] = {}
    for task in staged:
        for reason, count in task.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + count
    bad = sum(reasons.values())
    if bad <= contract.max_quarantined_share * records:
        return
    shown = ", ".join(f"{reason} {count:,}" for reason, count in sorted(reasons.items(), key=lambda item: -item[1]))
    raise TooManyBadRecordsError(
        f"{bad:,} of {records:,} records of the dataset {contract.name} are bad, more than the "
        f"{contract.max_quarantined_share:.0%} that its contract allows, so nothing was published: {shown}. "
        "The bookmark stays: mend the source or the contract and run again."
    )


def write_quarantine(task: QuarantineTask) -> int:
    """One file, written whole or not at all; its bytes. The same run writes the same file."""
    with workspace() as (connection, folder):
        paths = [folder / f"{number}.parquet" for number in range(len(task.parts))]
        storage.for_each(lambda pair: storage.download(*pair), zip(task.parts, paths, strict=True))
        out = folder / "quarantine.parquet"
        connection.execute(
            f"COPY (SELECT raw, source_object, reason, {text(task.run_id)} AS run_id "
            f"FROM read_parquet({texts([str(path) for path in paths])}) ORDER BY reason, source_object, raw) "
            f"TO {text(str(out))} (FORMAT parquet, COMPRESSION zstd)"
        )
        storage.upload(out, task.location)
        return out.stat().st_size

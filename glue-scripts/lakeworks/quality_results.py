"""Keeps the outcomes of quality rules as Parquet that Athena queries: one file a run, a row per rule."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from lakeworks import storage
from lakeworks.arguments import JobArguments
from lakeworks.contract import Contract
from lakeworks.engine import text, workspace
from lakeworks.quality import Outcome

#: Names and types of the table's columns; its partition key is `run_date`, a date.
_COLUMNS = {
    "run_id": "VARCHAR",
    "dataset": "VARCHAR",
    "evaluated_at": "TIMESTAMPTZ",
    "rule": "VARCHAR",
    "outcome": "VARCHAR",
    "reason": "VARCHAR",
    "metrics": "VARCHAR",
    "gate": "BOOLEAN",
}


def store_results(outcomes: list[Outcome], contract: Contract, arguments: JobArguments) -> None:
    """To `<quality>run_date=YYYY-MM-DD/<run id>.parquet`, also the outcomes of a run that they stop."""
    now = datetime.now(UTC)
    rows = [
        (
            arguments.run_id,
            contract.name,
            now,
            each.rule,
            each.outcome,
            each.reason,
            json.dumps(each.metrics),
            contract.gate,
        )
        for each in outcomes
    ]
    with workspace() as (connection, folder):
        columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
        connection.execute(f"CREATE TABLE results ({columns})")
        connection.executemany(f"INSERT INTO results VALUES ({', '.join('?' * len(_COLUMNS))})", rows)
        file = folder / "results.parquet"
        connection.execute(f"COPY results TO {text(str(file))} (FORMAT parquet, COMPRESSION zstd)")
        storage.upload(file, f"{arguments.quality}run_date={now.date()}/{arguments.run_id}.parquet")

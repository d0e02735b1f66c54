"""sample_trial.py FILE: the job's own first step over a sample, by the contract in stdin; what comes of it, as JSON."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from lakeworks.bookmark import raw_objects
from lakeworks.contract import Contract
from lakeworks.engine import name
from lakeworks.expressions import UnsupportedExpressionError
from lakeworks.stage import StageTask, stage


def trial(path: Path, contract: Contract) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="lakeworks-init-") as folder:
        arrival = Path(folder, "bronze", "arrived")
        arrival.mkdir(parents=True)
        shutil.copyfile(path, arrival / "sample")
        objects = raw_objects(f"file://{folder}/bronze/")
        found = stage(StageTask(0, objects, contract, f"file://{folder}/staging/"))
        files = [each.location.removeprefix("file://") for each in found.fragments]
        day = f"CAST({name(contract.event_time)} AS DATE)"
        last = f"SELECT CAST(max({day}) AS VARCHAR) FROM read_parquet({files}, hive_partitioning = false)"
        late = f"SELECT count(*) FROM read_parquet({files}, hive_partitioning = false) WHERE {day} < ?"
        newest = duckdb.execute(last).fetchone() if files else None
        earlier = duckdb.execute(late, newest).fetchone() if newest else None
    return {
        "records": found.records,
        "clean": sum(each.rows for each in found.fragments),
        "duplicates": found.duplicates,
        "reasons": found.reasons,
        "partitions": len(found.fragments),
        "newest": newest and newest[0],
        "late": earlier[0] if earlier else 0,
        "unread": found.unknown_fields,
    }


def main() -> None:
    try:
        answer = trial(Path(sys.argv[1]), Contract.parse(sys.stdin.read()))
    except UnsupportedExpressionError as error:
        answer = {"refused": str(error)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()

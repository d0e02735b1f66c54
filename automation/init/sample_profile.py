"""sample_profile.py FILE [ROW_TAG]: what a sample file is and what its fields hold, as JSON.

Answers `{"refused": …, "fix": …}` where it cannot be a sample. It reads by the job's own code, so that what is
proposed is what the job reads.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from sample_fields import describe_fields, distinct, parquet_types, read_sample, unique_pairs
from sample_format import RefusedError, format_of


def profile(path: Path, row_tag: str | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="lakeworks-init-") as folder:
        work, again = Path(folder, "format"), Path(folder, "records")
        work.mkdir()
        again.mkdir()
        found = format_of(path, work, row_tag)
        sample = read_sample(path, found, again)
        plain = work / "plain" if found.compression else path
        declared = parquet_types(plain) if found.raw["format"] == "parquet" else {}
    records = distinct(sample.records)
    fields = describe_fields(records, found.header)
    single = any(each["distinct"] == len(records) and _may_be_id(each) for each in fields)
    return {
        "raw": found.raw,
        "compression": found.compression,
        "guesses": found.guesses,
        "records": len(records),
        "copies": len(sample.records) - len(records),
        "faults": sample.faults,
        "fields": [{**each, "declared": declared.get(each["name"])} for each in fields],
        "pairs": [] if single else unique_pairs(records, fields),
    }


def _may_be_id(field: dict[str, Any]) -> bool:
    """A text or a whole number; an amount is no id, unique or not."""
    types, present = field["types"], field["present"]
    return types["bigint"] == present or not any(types[kind] == present for kind in ("double", "date", "timestamp"))


def main() -> None:
    path, row_tag = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    try:
        answer = profile(path, row_tag)
    except RefusedError as error:
        answer = {"refused": str(error), "fix": error.fix.replace("FILE", str(path))}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()

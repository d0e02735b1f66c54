"""The arguments that every job takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class JobArguments:
    """Locations are `s3://bucket/prefix/` with the trailing slash."""

    #: The dataset's contract, a JSON object in S3.
    contract: str
    #: The dataset's bronze prefix.
    source: str
    #: The silver table's location.
    target: str
    quarantine: str
    #: Run reports go to `<reports><run id>.json`.
    reports: str
    database: str
    table: str
    run_id: str

    @staticmethod
    def of(options: Mapping[str, str]) -> JobArguments:
        """From what `getResolvedOptions` gave; Glue adds JOB_RUN_ID itself."""
        values = {name: options[name] for name in ARGUMENT_NAMES}
        return JobArguments(**values, run_id=options["JOB_RUN_ID"])


#: Names to ask `getResolvedOptions` for.
ARGUMENT_NAMES: tuple[str, ...] = tuple(field.name for field in fields(JobArguments) if field.name != "run_id")

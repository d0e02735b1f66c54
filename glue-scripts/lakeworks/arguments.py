"""The arguments that every job takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date

#: What a run does. run: what is new in bronze; backfill: all that arrived from..to, again; compact: the partitions of
#: the event dates from..to into few files; rewind: forget what arrived since from; reset: forget all that was read.
MODES = ("run", "backfill", "compact", "rewind", "reset")


@dataclass(frozen=True)
class JobArguments:
    """Locations are `s3://bucket/prefix/` with the trailing slash."""

    #: The dataset's contract, a JSON object in S3.
    contract: str
    #: The dataset's bronze prefix.
    source: str
    #: The silver table's location.
    target: str
    #: Location of the table of quarantined records.
    quarantine: str
    #: Run reports go to `<reports><run id>.json`.
    reports: str
    #: Files of a run that are not published yet.
    staging: str
    #: What the job remembers from run to run.
    state: str
    database: str
    table: str
    run_id: str
    job_name: str
    #: Glue's: job-bookmark-enable, -disable or -pause.
    bookmark: str = "job-bookmark-disable"
    #: Location of the table of quality outcomes; without it they are in the report alone.
    quality: str = ""
    #: Gold tables lie at `<gold><table>/`; without it there can be none.
    gold: str = ""
    mode: str = "run"
    from_day: date | None = None
    to_day: date | None = None

    @staticmethod
    def of(options: Mapping[str, str]) -> JobArguments:
        """From what `getResolvedOptions` gave; Glue adds JOB_RUN_ID and the bookmark's option itself.

        Raises ValueError naming the argument that is wrong.
        """
        mode = options.get("mode", "run")
        if mode not in MODES:
            raise ValueError(f'--mode is "{mode}"; it must be one of {", ".join(MODES)}')
        first, last = _day("from", options), _day("to", options)
        if mode in ("backfill", "compact") and (first is None or last is None or first > last):
            raise ValueError(f"--mode {mode} needs --from and --to, the first and the last day as YYYY-MM-DD")
        if mode == "rewind" and first is None:
            raise ValueError("--mode rewind needs --from, the first arrival day to read again as YYYY-MM-DD")
        return JobArguments(
            **{name: options[name] for name in REQUIRED},
            run_id=options["JOB_RUN_ID"],
            job_name=options["JOB_NAME"],
            bookmark=options.get("job_bookmark_option") or "job-bookmark-disable",
            quality=options.get("quality", ""),
            gold=options.get("gold", ""),
            mode=mode,
            from_day=first,
            to_day=last,
        )


#: Names that each run is given.
REQUIRED: tuple[str, ...] = tuple(
    field.name
    for field in fields(JobArguments)
    if field.default is MISSING and field.name not in ("run_id", "job_name")
)
_OPTIONAL = ("quality", "gold", "mode", "from", "to")


def names_in(argv: Sequence[str]) -> list[str]:
    """Names to ask `getResolvedOptions` for: it fails on one that is not given."""
    given = {argument.removeprefix("--").partition("=")[0] for argument in argv if argument.startswith("--")}
    return ["JOB_NAME", *REQUIRED, *(name for name in _OPTIONAL if name in given)]


def _day(name: str, options: Mapping[str, str]) -> date | None:
    text = options.get(name)
    if text is None:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(f'--{name} is "{text}"; it must be a day, YYYY-MM-DD')
    return date.fromisoformat(text)

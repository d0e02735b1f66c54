"""Which S3 objects a source still has to read, by Glue's rules.

A source's state holds when the last committed run started and which objects it read that were then younger than the
high band (15 minutes, for late listings). The next run reads what was modified since that start minus the high band,
without the objects in the list. Objects modified after the run's own start are left for the next run.
https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from awsglue import _run
from awsglue._objects import S3Object

HIGH_BAND_MS = 900_000


def unread(objects: list[S3Object], transformation_ctx: str) -> list[S3Object]:
    """The objects that this run reads; notes the source's new state for Job.commit. No ctx = no bookmark."""
    run = _run.current
    if not transformation_ctx or run.bookmark_option == "job-bookmark-disable":
        return objects
    state = run.bookmark.get(transformation_ctx, {}).get("timestamps", {})
    since = _milliseconds(state["CURR_RUN_START_TIME"]) - int(state["HIGH_BAND"]) if state else None
    known = set(state.get("INCLUDE_LIST", "").split(","))
    # S3 gives whole seconds: an object counts as written at the start of its second.
    due = [
        item
        for item in objects
        if item.modified_ms <= run.started_ms
        and (since is None or item.modified_ms >= since - since % 1000)
        and _fingerprint(item) not in known
    ]
    recent = run.started_ms - HIGH_BAND_MS
    included = [_fingerprint(item) for item in objects if recent - recent % 1000 <= item.modified_ms <= run.started_ms]
    run.pending[transformation_ctx] = {
        "jsonClass": "HadoopDataSourceJobBookmarkState",
        "timestamps": {
            "RUN": str(int(state.get("RUN", "0")) + 1),
            "HIGH_BAND": str(HIGH_BAND_MS),
            "CURR_LATEST_PARTITION": "0",
            "CURR_LATEST_PARTITIONS": "",
            "CURR_RUN_START_TIME": _text(run.started_ms),
            "INCLUDE_LIST": ",".join(included),
        },
    }
    return due


def _fingerprint(item: S3Object) -> str:
    """Of one version of the object: an object that is written anew is read anew, as Glue does."""
    text = f"{item.path}|{item.etag}|{item.modified_ms}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _text(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03d}Z"


def _milliseconds(text: str) -> int:
    whole, _, fraction = text.rstrip("Z").partition(".")
    moment = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1000 + int(fraction)

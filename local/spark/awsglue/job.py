"""Job: the start and the commit of a run, which is where bookmarks advance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awsglue import _run
from awsglue.utils import BOOKMARK_CHOICES


class Job:
    """https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html"""

    def __init__(self, glue_context: Any) -> None:
        self._context = glue_context
        self._initialized = False

    def init(self, job_name: str, args: Mapping[str, str] | None = None) -> None:
        """`args` is what `getResolvedOptions` gave: the bookmark option is read from it, as on Glue."""
        given = args or {}
        option = given.get("job_bookmark_option") or given.get("job-bookmark-option") or "job-bookmark-disable"
        if option not in BOOKMARK_CHOICES:
            raise ValueError(f"job-bookmark-option is {option!r}; it must be one of {', '.join(BOOKMARK_CHOICES)}")
        for edge in ("job_bookmark_from", "job_bookmark_to"):
            if given.get(edge):
                raise NotImplementedError(f"--{edge.replace('_', '-')} is not supported by the local AWS")
        _run.current.bookmark_option = option
        _run.current.job_name = _run.current.job_name or job_name
        self._initialized = True

    def isInitialized(self) -> bool:
        return self._initialized

    def commit(self) -> None:
        """Advances the bookmark of every source that was read with a transformation_ctx."""
        if not self._initialized:
            raise RuntimeError("Job.commit was called before Job.init")
        _run.current.commit()

"""The job run that this process is: set once by the runner, read by bookmarks and Job."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Run:
    """One job run. Without a runner (a script in a notebook, a unit test) there is a run with no bookmark file."""

    job_name: str = ""
    run_id: str = ""
    #: When the run started, epoch milliseconds: objects newer than it belong to the next run's bookmark.
    started_ms: int = field(default_factory=lambda: int(time.time() * 1000))
    #: What earlier runs committed: transformation_ctx -> state.
    bookmark: dict[str, Any] = field(default_factory=dict)
    #: Where Job.commit writes the new bookmark; the local AWS takes it over even if the script fails afterwards.
    bookmark_file: str | None = None
    #: `job-bookmark-enable`, `-disable` or `-pause`, set by Job.init from the job's arguments.
    bookmark_option: str = "job-bookmark-disable"
    #: Tells the local AWS what it is to tell others of the run; nobody listens without a runner.
    tell: Callable[..., None] = lambda event, **details: None
    #: Called with the SparkContext of the script's GlueContext.
    observe: Callable[[Any], None] = lambda context: None
    #: States of this run's sources, not yet committed.
    pending: dict[str, Any] = field(default_factory=dict)

    def commit(self) -> None:
        """Makes the sources' new states the job's bookmark."""
        if self.bookmark_option != "job-bookmark-enable":
            return
        self.bookmark.update(self.pending)
        self.pending.clear()
        if self.bookmark_file is None:
            return
        following = f"{self.bookmark_file}.next"
        with open(following, "w", encoding="utf-8") as file:
            json.dump(self.bookmark, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(following, self.bookmark_file)


current = Run()

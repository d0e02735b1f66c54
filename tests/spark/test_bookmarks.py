"""Bookmarks: what a run reads after what earlier runs committed."""

from __future__ import annotations

import json
import time
import unittest
from typing import Any

from awsglue import _run
from awsglue.job import Job
from support import GlueTestCase

OPTIONS = {"separator": "\x01", "quoteChar": "-1", "attachFilename": "source_object"}


class Bookmarks(GlueTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.state_file = self.folder.parent / f"{self.folder.name}.bookmark.json"
        self.addCleanup(self.state_file.unlink, missing_ok=True)

    def run_job(self, *, ctx: str = "bronze", option: str = "enable", commit: bool = True) -> list[str]:
        """One run of a job that reads the folder; gives the lines that it saw."""
        state: dict[str, Any] = json.loads(self.state_file.read_text()) if self.state_file.exists() else {}
        started = int(time.time() * 1000)
        _run.current = _run.Run("job", "jr", started, bookmark=state, bookmark_file=str(self.state_file))
        job = Job(self.glue)
        job.init("job", {"JOB_NAME": "job", "job_bookmark_option": f"job-bookmark-{option}"})
        frame = self.source("csv", OPTIONS, ctx).toDF()
        lines = sorted(row["col0"] for row in frame.collect()) if frame.columns else []
        if commit:
            job.commit()
        return lines

    def test_a_committed_run_is_not_read_again(self) -> None:
        self.put("a", "1\n")
        self.assertEqual(self.run_job(), ["1"])
        self.assertEqual(self.run_job(), [])
        self.put("b", "2\n", age_seconds=1)
        self.assertEqual(self.run_job(), ["2"])

    def test_a_run_without_commit_is_read_again(self) -> None:
        self.put("a", "1\n")
        self.assertEqual(self.run_job(commit=False), ["1"])
        self.assertEqual(self.run_job(), ["1"])

    def test_old_objects_are_known_by_their_time_alone(self) -> None:
        self.put("a", "1\n", age_seconds=7200)
        self.assertEqual(self.run_job(), ["1"])
        state = json.loads(self.state_file.read_text())["bronze"]["timestamps"]
        self.assertEqual(state["INCLUDE_LIST"], "")
        self.assertEqual(self.run_job(), [])

    def test_an_object_that_is_listed_late_is_still_read(self) -> None:
        self.put("a", "1\n", age_seconds=30)
        self.assertEqual(self.run_job(), ["1"])
        # Within the high band, though modified before the last run's start.
        self.put("b", "2\n", age_seconds=600)
        self.assertEqual(self.run_job(), ["2"])

    def test_an_object_newer_than_the_run_is_left_for_the_next(self) -> None:
        self.put("a", "1\n")
        self.put("b", "2\n", age_seconds=-3)
        self.assertEqual(self.run_job(), ["1"])
        time.sleep(3.1)
        self.assertEqual(self.run_job(), ["2"])

    def test_an_object_that_is_written_anew_is_read_anew(self) -> None:
        self.put("a", "1\n", age_seconds=60)
        self.run_job()
        self.put("a", "1b\n", age_seconds=20)
        self.assertEqual(self.run_job(), ["1b"])

    def test_without_transformation_ctx_everything_is_read(self) -> None:
        self.put("a", "1\n")
        self.assertEqual(self.run_job(ctx=""), ["1"])
        self.assertEqual(self.run_job(ctx=""), ["1"])

    def test_disabled_reads_everything_and_keeps_the_state(self) -> None:
        self.put("a", "1\n")
        self.run_job()
        self.assertEqual(self.run_job(option="disable"), ["1"])
        self.assertEqual(self.run_job(), [])

    def test_paused_reads_the_new_and_does_not_advance(self) -> None:
        self.put("a", "1\n")
        self.run_job()
        self.put("b", "2\n", age_seconds=1)
        self.assertEqual(self.run_job(option="pause"), ["2"])
        self.assertEqual(self.run_job(), ["2"])

    def test_contexts_are_apart(self) -> None:
        self.put("a", "1\n")
        self.run_job(ctx="one")
        self.assertEqual(self.run_job(ctx="two"), ["1"])

    def test_commit_needs_init(self) -> None:
        with self.assertRaises(RuntimeError):
            Job(self.glue).commit()


if __name__ == "__main__":
    unittest.main()

"""getResolvedOptions, as documented and as its traps are known."""

from __future__ import annotations

import unittest

import support  # noqa: F401  (puts awsglue on the path)
from awsglue.utils import GlueArgumentError, getResolvedOptions

ARGV = ["script.py", "--JOB_NAME", "sales", "--JOB_RUN_ID", "jr_1", "--source", "s3://b/", "--TempDir", "s3://t/"]


class GetResolvedOptions(unittest.TestCase):
    def test_gives_the_named_arguments_and_those_of_glue(self) -> None:
        options = getResolvedOptions([*ARGV, "--job-bookmark-option", "job-bookmark-enable"], ["JOB_NAME", "source"])
        self.assertEqual(options["JOB_NAME"], "sales")
        self.assertEqual(options["source"], "s3://b/")
        self.assertEqual(options["TempDir"], "s3://t/")
        self.assertEqual(options["JOB_RUN_ID"], "jr_1")
        self.assertEqual(options["job_bookmark_option"], "job-bookmark-enable")
        self.assertIsNone(options["SECURITY_CONFIGURATION"])

    def test_bookmarks_are_off_by_default(self) -> None:
        self.assertEqual(getResolvedOptions(ARGV, [])["job_bookmark_option"], "job-bookmark-disable")

    def test_a_missing_argument_is_named(self) -> None:
        with self.assertRaisesRegex(GlueArgumentError, "--target"):
            getResolvedOptions(ARGV, ["source", "target"])

    def test_an_unambiguous_prefix_is_accepted(self) -> None:
        self.assertEqual(getResolvedOptions(["script.py", "--day-from", "1"], ["day-from-date"])["day_from_date"], "1")

    def test_dashes_become_underscores(self) -> None:
        self.assertEqual(getResolvedOptions(["script.py", "--a-b", "1"], ["a-b"])["a_b"], "1")

    def test_arguments_that_were_not_asked_for_are_left_out(self) -> None:
        self.assertNotIn("source", getResolvedOptions(ARGV, ["JOB_NAME"]))

    def test_reserved_names_are_refused(self) -> None:
        with self.assertRaises(RuntimeError):
            getResolvedOptions(ARGV, ["job-bookmark-option"])

    def test_a_wrong_bookmark_option_is_refused(self) -> None:
        with self.assertRaises(GlueArgumentError):
            getResolvedOptions([*ARGV, "--job-bookmark-option", "on"], [])


if __name__ == "__main__":
    unittest.main()

"""Which rows an Iceberg table has after a run, and how often a run's rows get into it."""

from __future__ import annotations

import unittest
from dataclasses import replace
from decimal import Decimal
from typing import Any

from lakeworks.iceberg import configure_iceberg
from lakeworks.iceberg.catalog import IcebergError
from support import IcebergTestCase

PRICE = Decimal("1.50")
A = ("a", "2024-01-05 10:00:00", 1, PRICE, "o1")
B = ("b", "2024-01-05 09:00:00", 2, PRICE, "o1")
C = ("c", "2024-01-06 09:00:00", 3, None, "o1")


def counts(report: Any) -> tuple[int, int, int, int]:
    return report.output, report.duplicates, report.already_published, report.replaced


class TestRows(IcebergTestCase):
    def test_new_rows_get_their_partitions(self) -> None:
        report = self.load([B, A, C])
        self.assertEqual([A, B, C], self.rows())
        self.assertEqual((3, 0, 0, 0), counts(report))
        self.assertEqual(["day=2024-01-05", "day=2024-01-06"], report.partitions)
        self.assertEqual(2, report.files)
        self.assertEqual(sum(file.stat().st_size for file in self.files()), report.bytes_written)
        days = {str(row[0].day): row[1] for row in self.meta("files", "partition", "record_count")}
        self.assertEqual({"2024-01-05": 2, "2024-01-06": 1}, days)

    def test_the_commit_names_its_run(self) -> None:
        self.load([A])
        ((summary,),) = self.meta("snapshots", "summary")
        self.assertEqual("jr_1", summary["lakeworks.run-id"])
        self.load([("a", "2024-01-07 10:00:00", 9, PRICE, "o2")])
        self.assertEqual("jr_2", self.meta("snapshots", "summary")[-1][0]["lakeworks.run-id"])

    def test_of_one_key_in_several_tasks_the_latest_stays(self) -> None:
        later = ("a", "2024-01-08 10:00:00", 7, PRICE, "o0")
        corrected = ("b", B[1], 8, PRICE, "o2")
        report = self.load([A, B], [later, corrected], [A])
        self.assertEqual([later, corrected], self.rows())
        self.assertEqual((2, 3, 0, 0), counts(report))

    def test_a_later_row_replaces_the_published_one_in_another_partition(self) -> None:
        self.load([A, B])
        late = ("a", "2024-01-09 00:00:00", 5, PRICE, "o2")
        report = self.load([late, C])
        self.assertEqual([late, B, C], self.rows())
        self.assertEqual((2, 0, 0, 1), counts(report))

    def test_an_earlier_row_changes_nothing(self) -> None:
        self.load([A])
        report = self.load([("a", "2024-01-04 10:00:00", 5, PRICE, "o9")])
        self.assertEqual([A], self.rows())
        self.assertEqual((0, 0, 1, 0), counts(report))
        self.assertEqual(1, self.snapshots())

    def test_a_row_made_anew_from_its_record_replaces_the_old_one(self) -> None:
        self.load([A, B])
        self.load([("a", A[1], 1, None, "o1"), B])
        self.assertEqual([("a", A[1], 1, None, "o1"), B], self.rows())

    def test_times_are_utc(self) -> None:
        self.load([A])
        self.assertEqual(
            [("a", 10)], [tuple(r) for r in self.spark.sql(f"SELECT id, hour(happened) FROM {self.name}").collect()]
        )


class TestAtomicity(IcebergTestCase):
    def test_a_run_repeated_after_its_commit_writes_nothing(self) -> None:
        self.load([A, B], [C])
        report = self.load([A, B], [C])
        self.assertEqual([A, B, C], self.rows())
        self.assertEqual((0, 0, 3, 0), counts(report))
        self.assertEqual(([], 1), (report.partitions, self.snapshots()))

    def test_a_run_is_one_commit_even_where_it_replaces(self) -> None:
        self.load([A, B, C])
        self.load([("a", "2024-01-07 10:00:00", 9, PRICE, "o2"), ("d", "2024-01-08 00:00:00", 1, PRICE, "o2")])
        self.assertEqual(2, self.snapshots())

    def test_rows_that_the_audit_refuses_are_not_written(self) -> None:
        seen = []

        def refuse(rows: Any) -> None:
            seen.extend((row["id"], row["happened"].tzinfo, row["day"].isoformat()) for row in rows.collect())
            raise RuntimeError("bad")

        self.load([B])
        with self.assertRaisesRegex(RuntimeError, "bad"):
            self.load([A, B], audit=refuse)
        self.assertEqual([("a", None, "2024-01-05")], seen)
        self.assertEqual(([B], 1), (self.rows(), self.snapshots()))


class TestPruning(IcebergTestCase):
    def scanned(self, within: int | None, *rows: Any) -> int:
        self.contract = replace(self.contract, duplicates_within_days=within)
        return self.load(list(rows)).bytes_scanned

    def setUp(self) -> None:
        super().setUp()
        self.load([("k1", "2024-01-01 10:00:00", 1, PRICE, "o")])
        self.load([("k2", "2024-02-01 10:00:00", 1, PRICE, "o")])
        self.whole = sum(file.stat().st_size for file in self.files())

    def test_files_whose_keys_are_others_are_passed_over(self) -> None:
        self.assertEqual(0, self.scanned(None, ("k3", "2024-01-01 10:00:00", 1, PRICE, "o")))

    def test_files_that_may_have_the_key_are_read(self) -> None:
        scanned = self.scanned(None, ("k2", "2024-01-15 10:00:00", 1, PRICE, "o"))
        self.assertTrue(0 < scanned < self.whole)

    def test_days_beyond_the_contracts_are_passed_over(self) -> None:
        self.assertEqual(0, self.scanned(3, ("k1", "2024-01-10 10:00:00", 1, PRICE, "o")))
        self.assertEqual(2, len([row for row in self.rows("id") if row == ("k1",)]))

    def test_a_key_with_quotes(self) -> None:
        self.load([("k'\\1", "2024-01-01 10:00:00", 1, PRICE, "o")])
        self.load([("k'\\1", "2024-01-01 11:00:00", 2, PRICE, "o")])
        self.assertIn(("k'\\1", 2), self.rows("id", "amount"))
        self.assertEqual(3, len(self.rows()))


class TestSettings(unittest.TestCase):
    def test_a_job_without_the_extensions_is_told_its_arguments(self) -> None:
        class Spark:
            conf: dict[str, str] = {}  # noqa: RUF012

        with self.assertRaisesRegex(IcebergError, "--datalake-formats iceberg and --conf spark.sql.extensions="):
            configure_iceberg(Spark(), "s3://silver/things/")  # type: ignore[arg-type]

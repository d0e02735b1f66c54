"""Which rows a partition has after a run."""

from __future__ import annotations

import hashlib
import unittest

import duckdb
from silver import SilverTestCase

DAY = "day=2024-01-05"
A = ("a", "2024-01-05 10:00:00", 1, "ingest_date=2024-01-05/one")
B = ("b", "2024-01-05 09:00:00", 2, "ingest_date=2024-01-05/one")


class TestNewPartition(SilverTestCase):
    def test_rows_of_all_fragments_sorted_in_one_file(self) -> None:
        merged = self.merge([self.fragment(DAY, A), self.fragment(DAY, B)])
        self.assertEqual([B, A], self.rows(merged))
        self.assertEqual((True, 1, 2, 2), (merged.changed, len(merged.files), merged.rows, merged.added))

    def test_of_one_key_the_latest_event_stays(self) -> None:
        later = ("a", "2024-01-05 11:00:00", 7, "ingest_date=2024-01-05/one")
        merged = self.merge([self.fragment(DAY, later, B), self.fragment(DAY, A)])
        self.assertEqual([B, later], self.rows(merged))
        self.assertEqual((2, 1), (merged.added, merged.duplicates))

    def test_of_one_event_the_later_arrival_stays(self) -> None:
        corrected = ("a", A[1], 9, "ingest_date=2024-01-06/one")
        self.assertEqual([corrected], self.rows(self.merge([self.fragment(DAY, corrected, A)])))

    def test_exact_copies_count_as_duplicates(self) -> None:
        merged = self.merge([self.fragment(DAY, A, A), self.fragment(DAY, A)])
        self.assertEqual(([A], 2), (self.rows(merged), merged.duplicates))

    def test_beyond_the_target_size_in_several_files(self) -> None:
        rows = [(f"{n:06}{hashlib.md5(b'%d' % n).hexdigest()}", A[1], n, "o") for n in range(20_000)]
        merged = self.merge([self.fragment(DAY, *rows)], target_file_bytes=100_000)
        self.assertGreater(len(merged.files), 1)
        self.assertEqual(rows, self.rows(merged))

    def test_files_say_that_times_are_moments(self) -> None:
        (item,) = self.merge([self.fragment(DAY, A)]).files
        with duckdb.connect() as connection:
            types = connection.execute(
                "SELECT name, converted_type, logical_type FROM parquet_schema(?) WHERE name = 'at'",
                [item.location.removeprefix("file://")],
            ).fetchall()
        self.assertIn("isAdjustedToUTC=1", str(types[0][2]).replace("true", "1"))


class TestPublishedPartition(SilverTestCase):
    def test_new_rows_join_the_published_ones(self) -> None:
        merged = self.merge([self.fragment(DAY, B)], self.published(DAY, [A]))
        self.assertEqual(([B, A], 1, 0), (self.rows(merged), merged.added, merged.already_published))

    def test_the_same_row_again_changes_nothing(self) -> None:
        merged = self.merge([self.fragment(DAY, A)], self.published(DAY, [A, B]))
        self.assertEqual((False, [], 1, 0), (merged.changed, merged.files, merged.already_published, merged.added))

    def test_a_correction_replaces(self) -> None:
        corrected = ("a", A[1], 9, "ingest_date=2024-01-06/one")
        merged = self.merge([self.fragment(DAY, corrected)], self.published(DAY, [A, B]))
        self.assertEqual(([B, corrected], 1, 1), (self.rows(merged), merged.added, merged.replaced))

    def test_an_older_arrival_that_is_read_late_does_not(self) -> None:
        corrected = ("a", A[1], 9, "ingest_date=2024-01-06/one")
        merged = self.merge([self.fragment(DAY, A)], self.published(DAY, [corrected]))
        self.assertEqual((False, 1), (merged.changed, merged.already_published))

    def test_a_record_that_the_code_makes_another_row_of_today_replaces(self) -> None:
        remade = ("a", A[1], 100, A[3])
        self.assertEqual([remade], self.rows(self.merge([self.fragment(DAY, remade)], self.published(DAY, [A]))))

    def test_null_and_null_are_the_same(self) -> None:
        empty = ("a", A[1], None, A[3])
        self.assertFalse(self.merge([self.fragment(DAY, empty)], self.published(DAY, [empty])).changed)

    def test_small_files_become_one_by_any_new_row(self) -> None:
        merged = self.merge([self.fragment(DAY, ("c", A[1], 3, "o"))], self.published(DAY, [A], [B]))
        self.assertEqual((1, 3), (len(merged.files), merged.rows))

    def test_a_rewrite_keeps_every_row(self) -> None:
        merged = self.merge([], self.published(DAY, [A], [B]), rewrite=True)
        self.assertEqual(([B, A], True, 0), (self.rows(merged), merged.changed, merged.added))

    def test_files_of_before_there_was_a_source_object(self) -> None:
        published = self.published(DAY, [A])
        path = next(self.folder.glob("silver/**/*.parquet"))
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE t AS SELECT id, \"at\" FROM '{path}'")
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        merged = self.merge([self.fragment(DAY, B)], published)
        self.assertEqual([B, ("a", A[1], None, "")], self.rows(merged))


if __name__ == "__main__":
    unittest.main()

"""Keys that occur in more than one partition."""

from __future__ import annotations

import unittest
from dataclasses import replace

import duckdb
from lakeworks.crossing import Losers, find_losers
from lakeworks.fragments import Fragment, Published, Staged
from silver import Row, SilverTestCase, in_one_place

ONE, TWO = "day=2024-01-05", "day=2024-01-06"
EARLY: Row = ("a", "2024-01-05 10:00:00", 1, "ingest_date=2024-01-05/o")
LATE: Row = ("a", "2024-01-06 10:00:00", 2, "ingest_date=2024-01-06/o")


class TestCrossing(SilverTestCase):
    def staged(self, *fragments: Fragment) -> Staged:
        """One task with these fragments, and the file of their keys."""
        self.number += 1
        path = self.folder / f"keys-{self.number}.parquet"
        parts = " UNION ALL ".join(
            f"SELECT hash(id) AS key, hash(DATE '{fragment.partition[4:]}') AS partition "
            f"FROM '{fragment.location.removeprefix('file://')}'"
            for fragment in fragments
        )
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({parts}) TO '{path}' (FORMAT parquet)")
        return Staged(1, 0, list(fragments), f"file://{path}", {}, None, {}, [], 0)

    def find(self, staged: list[Staged], published: list[Published], within_days: int | None = None) -> Losers:
        contract = replace(self.contract, duplicates_within_days=within_days)
        return find_losers(contract, staged, published, self.staging, in_one_place)

    def losers(self, found: Losers) -> list[tuple[str, str, str]]:
        if found.location is None:
            return []
        with duckdb.connect() as connection:
            path = found.location.removeprefix("file://")
            return connection.execute(f"SELECT id, partition, winner FROM '{path}' ORDER BY ALL").fetchall()

    def test_the_later_event_wins_within_a_run(self) -> None:
        found = self.find([self.staged(self.fragment(ONE, EARLY)), self.staged(self.fragment(TWO, LATE))], [])
        self.assertEqual([("a", ONE, "incoming")], self.losers(found))

    def test_a_published_row_gives_way_to_a_later_one(self) -> None:
        found = self.find([self.staged(self.fragment(TWO, LATE))], [self.published(ONE, [EARLY])])
        self.assertEqual([("a", ONE, "incoming")], self.losers(found))
        self.assertEqual(frozenset({ONE}), found.partitions)
        self.assertGreater(found.scanned, 0)

    def test_a_published_row_stays_before_an_earlier_one(self) -> None:
        found = self.find([self.staged(self.fragment(ONE, EARLY))], [self.published(TWO, [LATE])])
        self.assertEqual([("a", ONE, "published")], self.losers(found))

    def test_other_keys_share_nothing(self) -> None:
        other = ("b", *LATE[1:])
        found = self.find([self.staged(self.fragment(TWO, other))], [self.published(ONE, [EARLY])])
        self.assertEqual(([], 0), (self.losers(found), found.scanned))

    def test_spans_that_overlap_without_a_shared_key(self) -> None:
        between = [("a", *EARLY[1:]), ("c", *EARLY[1:])]
        found = self.find([self.staged(self.fragment(TWO, ("b", *LATE[1:])))], [self.published(ONE, between)])
        self.assertEqual([], self.losers(found))
        self.assertGreater(found.scanned, 0)

    def test_only_within_the_days_of_the_contract(self) -> None:
        far: Row = ("a", "2024-02-05 10:00:00", 2, "o")
        staged = [self.staged(self.fragment("day=2024-02-05", far))]
        published = [self.published(ONE, [EARLY])]
        self.assertEqual([], self.losers(self.find(staged, published, within_days=7)))
        self.assertEqual(1, len(self.losers(self.find(staged, published, within_days=31))))

    def test_a_partition_without_a_span_is_always_looked_into(self) -> None:
        unknown = replace(self.published(ONE, [EARLY]), span=None)
        found = self.find([self.staged(self.fragment(TWO, LATE))], [unknown], within_days=0)
        self.assertEqual([("a", ONE, "incoming")], self.losers(found))

    def test_the_partition_that_gives_up_its_last_row_has_no_file(self) -> None:
        published = self.published(ONE, [EARLY])
        found = self.find([self.staged(self.fragment(TWO, LATE))], [published])
        merged = self.merge([], published, losers=found.location)
        self.assertEqual((True, [], 0, 1), (merged.changed, merged.files, merged.rows, merged.replaced))

    def test_rows_given_up_are_counted_by_who_won(self) -> None:
        published = self.published(TWO, [LATE])
        fragment = self.fragment(ONE, EARLY)
        found = self.find([self.staged(fragment)], [published])
        merged = self.merge([fragment], losers=found.location)
        self.assertEqual((0, 0, 1), (merged.added, merged.duplicates, merged.already_published))


if __name__ == "__main__":
    unittest.main()

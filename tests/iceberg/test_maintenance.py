"""Compaction joins files; what gold reads and what readers see stays the same."""

from __future__ import annotations

import os
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from lakeworks.gold import refresh_gold
from lakeworks.iceberg import IcebergSilver, compact_iceberg
from lakeworks.report import RunReport
from support import WAREHOUSE, IcebergTestCase, MemoryCatalog, contract_of

PRICE = Decimal("1.50")
ROWS = [(f"k{number}", f"2024-01-0{number % 2 + 1} 10:00:0{number}", number, PRICE, "o") for number in range(4)]
FIRST, SECOND = "day=2024-01-01", "day=2024-01-02"


class TestCompaction(IcebergTestCase):
    def setUp(self) -> None:
        super().setUp()
        for row in reversed(ROWS):
            self.load([row])

    def compact(self, last: str = "2024-01-02") -> RunReport:
        arguments = self.arguments(mode="compact", from_day=date(2024, 1, 1), to_day=date.fromisoformat(last))
        report = RunReport(arguments.run_id, "things", "compact")
        compact_iceberg(self.spark, arguments, self.contract, report)
        return report

    def live(self) -> list[Path]:
        return [Path(path.removeprefix("file:")) for (path,) in self.meta("files", "file_path")]

    def test_files_become_one_sorted_file_per_partition(self) -> None:
        size = sum(file.stat().st_size for file in self.live())
        self.assertEqual(4, len(self.live()))
        report = self.compact()
        self.assertEqual((2, 2, size), (len(self.live()), report.files, report.bytes_scanned))
        self.assertEqual(sum(file.stat().st_size for file in self.live()), report.bytes_written)
        self.assertEqual(("succeeded", ROWS), (report.status, self.rows()))
        for file in self.live():
            ids = [row["id"] for row in self.spark.read.parquet(f"file://{file}").collect()]
            self.assertEqual(sorted(ids), ids)

    def test_only_the_days_that_were_asked_for(self) -> None:
        self.compact("2024-01-01")
        self.assertEqual(3, len(self.live()))

    def test_a_compacted_table_is_left_alone(self) -> None:
        self.compact()
        before = self.snapshots()
        self.assertEqual("nothing-new", self.compact().status)
        self.assertEqual(before, self.snapshots())

    def test_snapshots_stay_for_their_days(self) -> None:
        before = self.snapshots()
        self.compact()
        self.assertGreater(self.snapshots(), before)
        self.assertEqual(4 + 2, len(self.files()))

    def test_older_snapshots_and_their_files_go(self) -> None:
        with patch("lakeworks.iceberg.maintenance.SNAPSHOT_DAYS", -1):
            self.compact()
        self.assertEqual((1, 2), (self.snapshots(), len(self.files())))
        self.assertEqual(ROWS, self.rows())

    def test_orphans_go_when_they_are_old(self) -> None:
        data = WAREHOUSE / self.database / "things" / "data"
        for name, days in (("old.parquet", 4), ("young.parquet", 2)):
            (data / name).write_bytes(b"x")
            moment = time.time() - days * 86_400
            os.utime(data / name, (moment, moment))
        self.compact()
        names = {file.name for file in self.files()}
        self.assertNotIn("old.parquet", names)
        self.assertIn("young.parquet", names)
        self.assertEqual(ROWS, self.rows())


class TestSilver(IcebergTestCase):
    def silver(self) -> IcebergSilver:
        return IcebergSilver(self.spark, self.arguments(), self.contract)

    def test_an_empty_table_has_no_partitions(self) -> None:
        self.assertEqual({}, self.silver().versions())

    def test_only_partitions_with_other_rows_change_their_version(self) -> None:
        self.load(ROWS)
        before = self.silver().versions()
        self.assertEqual([FIRST, SECOND], sorted(before))
        self.load([("k0", "2024-01-01 11:00:00", 9, PRICE, "o2"), ("n", "2024-01-03 00:00:00", 9, PRICE, "o2")])
        after = self.silver().versions()
        changed = {path for path in after if after[path] != before.get(path)}
        self.assertEqual({FIRST, "day=2024-01-03"}, changed)

    def test_a_partition_whose_last_row_moved_away_is_gone(self) -> None:
        self.load([ROWS[0], ROWS[1]])
        self.load([("k0", "2024-01-02 11:00:00", 9, PRICE, "o2")])
        self.assertEqual([SECOND], list(self.silver().versions()))

    def test_rows_of_some_partitions_as_they_were(self) -> None:
        self.load(ROWS)
        silver = self.silver()
        silver.versions()
        self.load([("k0", "2024-01-01 11:00:00", 9, PRICE, "o2")])
        rows = silver.rows([FIRST])
        self.assertEqual(["amount", "day", "happened", "id", "price", "source_object"], sorted(rows.columns))
        self.assertEqual("timestamp", rows.schema["happened"].dataType.simpleString())
        self.assertEqual([0, 2], sorted(row["amount"] for row in rows.collect()))

    def test_gold_follows_the_table(self) -> None:
        sql = "SELECT count(*) AS events, sum(price) AS total, max(happened) AS last, day FROM silver GROUP BY day"
        columns = [("events", "bigint"), ("total", "decimal(15,2)"), ("last", "timestamp")]
        gold = {"name": "daily", "columns": [{"name": name, "type": kind} for name, kind in columns]}
        self.contract = contract_of(gold=[{**gold, "partitionKeys": ["day"], "sql": sql}])
        catalog = MemoryCatalog()

        def refresh() -> dict[str, list[str]]:
            arguments = self.arguments(gold=f"file://{self.folder}/gold/")
            report = RunReport(arguments.run_id, "things", "run")
            silver = IcebergSilver(self.spark, arguments, self.contract)
            refresh_gold(self.spark, self.contract, arguments, silver, lambda *_: catalog, report)
            return report.gold

        self.load(ROWS)
        self.assertEqual({"daily": [FIRST, SECOND]}, refresh())
        self.load([("k0", "2024-01-02 11:00:00", 9, PRICE, "o2")])
        self.assertEqual({"daily": [FIRST, SECOND]}, refresh())
        self.load([("k1", "2024-01-02 12:00:00", 9, PRICE, "o2")])
        self.assertEqual({"daily": [SECOND]}, refresh())
        self.assertEqual({}, refresh())
        (file,) = Path(catalog.published[SECOND].location.removeprefix("file://")).iterdir()
        (row,) = self.spark.read.parquet(f"file://{file}").collect()
        self.assertEqual((3, Decimal("4.50"), datetime(2024, 1, 2, 12)), tuple(row))

    def test_versions_while_files_of_an_earlier_partitioning_are_left(self) -> None:
        self.load(ROWS)
        self.spark.sql(f"ALTER TABLE {self.name} ADD PARTITION FIELD amount")
        before = self.silver().versions()
        self.assertEqual([FIRST, SECOND], sorted(before))
        self.spark.sql(f"ALTER TABLE {self.name} DROP PARTITION FIELD amount")
        self.load([("k0", "2024-01-01 11:00:00", 9, PRICE, "o2")])
        after = self.silver().versions()
        self.assertEqual([FIRST], [path for path in after if after[path] != before[path]])

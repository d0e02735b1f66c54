"""The whole job on an Iceberg table: bronze to silver to gold, with a crash after the commit."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from unittest.mock import patch

from awsglue.context import GlueContext
from lakeworks.bookmark import BookmarkHead, Ledger
from lakeworks.pipeline import Services, run_pipeline
from support import IcebergTestCase, MemoryCatalog, contract_of, raw_contract

SQL = "SELECT count(*) AS events, sum(amount) AS amount, day FROM silver GROUP BY day"
GOLD = {
    "name": "daily",
    "columns": [{"name": "events", "type": "bigint"}, {"name": "amount", "type": "bigint"}],
    "partitionKeys": ["day"],
    "sql": SQL,
}


class TestPipeline(IcebergTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.contract = contract_of(gold=[GOLD])
        self.gold = MemoryCatalog()
        self.head: BookmarkHead | None = None
        (self.folder / "contract.json").write_text(json.dumps(raw_contract(gold=[GOLD])))

    def arrive(self, name: str, *records: dict[str, Any] | str) -> None:
        path = self.folder / "bronze" / "ingest_date=2024-01-07" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        path.write_text("".join(f"{line}\n" for line in lines))

    def run_job(self, **given: Any) -> dict[str, Any]:
        at = f"file://{self.folder}/"
        places = {"contract": f"{at}contract.json", "source": f"{at}bronze/", "gold": f"{at}gold/"}
        arguments = self.arguments(**{**places, "bookmark": "job-bookmark-enable", **given})
        services = Services(lambda *_: self.gold, lambda _: self.head, lambda _: None)
        report = run_pipeline(GlueContext(self.spark.sparkContext), arguments, services).document()
        self.head = BookmarkHead(self.runs, arguments.run_id)
        return report

    def counted(self) -> list[tuple[Any, ...]]:
        locations = [version.location for version in self.gold.published.values()]
        return sorted(tuple(row) for row in self.spark.read.parquet(*locations).collect())

    def test_runs_a_crash_and_a_compaction(self) -> None:
        self.arrive("one.jsonl", record("a", 1), record("b", 2), "no record")
        first = self.run_job()
        self.assertEqual((3, 2, 1), tuple(first["rows"][name] for name in ("input", "output", "quarantined")))
        self.assertEqual([{"table": "daily", "partitions": ["day=2024-01-05"]}], first["gold"])

        self.arrive("two.jsonl", record("a", 9, "2024-01-06 08:00:00"), record("c", 3), record("c", 3))
        with patch.object(Ledger, "save", side_effect=KeyboardInterrupt), self.assertRaises(KeyboardInterrupt):
            self.run_job()
        after = self.rows("id", "amount", "day"), self.snapshots(), self.counted()
        report = self.run_job()
        self.assertEqual(
            (3, 0, 1, 2), tuple(report["rows"][name] for name in ("input", "output", "duplicates", "alreadyPublished"))
        )
        self.assertEqual([], report["gold"])
        self.assertEqual(after, (self.rows("id", "amount", "day"), self.snapshots(), self.counted()))
        expected = [("a", 9, date(2024, 1, 6)), ("b", 2, date(2024, 1, 5)), ("c", 3, date(2024, 1, 5))]
        self.assertEqual((expected, [(1, 9), (2, 5)]), (after[0], after[2]))

        compacted = self.run_job(mode="compact", from_day=date(2024, 1, 1), to_day=date(2024, 1, 31))
        self.assertEqual(expected, self.rows("id", "amount", "day"))
        self.assertEqual([(1, 9), (2, 5)], self.counted())
        self.assertIn(compacted["status"], ("succeeded", "nothing-new"))
        self.assertEqual("nothing-new", self.run_job()["status"])


def record(key: str, amount: int, happened: str = "2024-01-05 08:00:00") -> dict[str, Any]:
    return {"id": key, "happened": happened, "amount": amount, "price": 1.5}

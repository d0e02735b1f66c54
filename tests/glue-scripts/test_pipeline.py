"""The whole job on a lake in a folder, on real Spark: what arrives how often, in which order, and what is published."""

from __future__ import annotations

import json
import shutil
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
from awsglue.context import GlueContext
from folder_lake import FolderLake
from lakeworks import load, pipeline
from lakeworks.bookmark import Ledger
from lakeworks.load import Load, UnknownFieldsError
from lakeworks.quarantine import TooManyBadRecordsError
from session import session

CONTRACT: dict[str, Any] = {
    "name": "things",
    "raw": {"format": "json"},
    "columns": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": "timestamp"},
        {"name": "amount", "type": "int"},
    ],
    "businessKey": ["id"],
    "eventTime": "at",
    "partitions": [{"name": "day", "type": "date", "expression": "to_date(at)"}],
    "rowRules": [{"name": "amount_negative", "condition": "amount >= 0"}],
    "quality": {"rules": [], "onFailure": "warn"},
    "targetFileMiB": 128,
}


def record(name: str, day: int, amount: object = 1, hour: int = 10, **more: object) -> str:
    return json.dumps({"id": name, "at": f"2024-01-{day:02}T{hour:02}:00:00Z", "amount": amount, **more}) + "\n"


def arrival(day: int, part: int = 0) -> str:
    return f"ingest_date=2024-01-{day:02}/part-{part:04}.jsonl"


class PipelineTestCase(unittest.TestCase):
    def lake(self, **changes: Any) -> FolderLake:
        folder = Path(tempfile.mkdtemp(prefix="lakeworks-test-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        context = GlueContext(session().sparkContext)
        return FolderLake(folder, json.dumps({**CONTRACT, **changes}), context)

    def ids(self, lake: FolderLake) -> list[tuple[Any, ...]]:
        return lake.rows("id, amount, strftime(\"at\", '%d %H')")

    def conserved(self, report: dict[str, Any]) -> None:
        rows = report["rows"]
        spread = rows["output"] + rows["quarantined"] + rows["duplicates"] + rows["alreadyPublished"]
        self.assertEqual(rows["input"], spread, rows)


class Runs(PipelineTestCase):
    def test_only_what_is_new_is_read(self) -> None:
        lake = self.lake()
        lake.arrive(arrival(1), record("a", 1) + record("b", 1))
        first = lake.run()
        self.assertEqual((first["rows"]["output"], first["objects"], first["partitions"]), (2, 1, ["day=2024-01-01"]))
        self.assertEqual(lake.run()["status"], "nothing-new")
        lake.arrive(arrival(2), record("c", 2))
        second = lake.run()
        self.assertEqual((second["rows"]["input"], second["partitions"]), (1, ["day=2024-01-02"]))
        self.assertEqual(self.ids(lake), [("a", 1, "01 10"), ("b", 1, "01 10"), ("c", 1, "02 10")])

    def test_late_events_go_to_the_partition_of_their_day(self) -> None:
        lake = self.lake()
        lake.arrive(arrival(1), record("a", 1))
        lake.run()
        lake.arrive(arrival(3), record("late", 1) + record("c", 3))
        report = lake.run()
        self.assertEqual(report["partitions"], ["day=2024-01-01", "day=2024-01-03"])
        self.assertEqual([row[0] for row in self.ids(lake)], ["a", "c", "late"])
        self.assertEqual(report["files"], 2)

    def test_an_object_that_comes_again_adds_nothing(self) -> None:
        lake = self.lake()
        lake.arrive(arrival(1), record("a", 1) + record("b", 1))
        lake.run()
        lake.arrive(arrival(2), record("a", 1) + record("b", 1))
        report = lake.run()
        self.assertEqual((report["rows"]["alreadyPublished"], report["rows"]["replaced"]), (2, 0))
        self.assertEqual((report["partitions"], report["files"]), ([], 0))
        self.assertEqual([row[0] for row in self.ids(lake)], ["a", "b"])
        self.conserved(report)

    def test_of_a_key_the_latest_stays_whichever_came_first(self) -> None:
        lake = self.lake()
        lake.arrive(arrival(1), record("a", 1, 1, hour=9) + record("a", 1, 2, hour=12) + record("b", 1, 5, hour=12))
        self.conserved(lake.run())
        lake.arrive(arrival(2), record("a", 1, 3, hour=11) + record("b", 2, 6))
        report = lake.run()
        self.assertEqual(self.ids(lake), [("a", 2, "01 12"), ("b", 6, "02 10")])
        self.assertEqual((report["rows"]["alreadyPublished"], report["rows"]["replaced"]), (1, 1))
        self.conserved(report)

    def test_bad_records_are_kept_with_their_object_and_reason(self) -> None:
        lake = self.lake()
        lake.arrive(arrival(1), record("a", 1) + record("b", 1, -1) + record("c", 1) + '{"id":\n')
        report = lake.run()
        self.assertEqual(report["quarantineReasons"], {"amount_negative": 1, "malformed_json": 1})
        found = lake.quarantined()
        self.assertEqual([row[:2] for row in found], [("amount_negative", arrival(1)), ("malformed_json", arrival(1))])
        self.assertEqual([row[2] for row in found], [record("b", 1, -1).strip(), '{"id":'])
        self.conserved(report)

    def test_an_object_written_anew_is_read_anew(self) -> None:
        lake = self.lake()
        lake.arrive(arrival(1), record("a", 1, 1))
        lake.run()
        lake.arrive(arrival(1), record("a", 1, 7))
        self.assertEqual(lake.run()["rows"]["replaced"], 1)
        self.assertEqual(self.ids(lake), [("a", 7, "01 10")])


class Refusals(PipelineTestCase):
    def refused(self, lake: FolderLake, error: type[Exception], words: str) -> None:
        before = lake.rows(), lake.quarantined()
        with self.assertRaisesRegex(error, words):
            lake.run()
        self.assertEqual((lake.rows(), lake.quarantined()), before)
        (report,) = [json.loads(path.read_text()) for path in sorted((lake.folder / "reports").iterdir())[-1:]]
        self.assertEqual(report["status"], "failed")
        self.assertRegex(report["error"], words)

    def test_too_many_bad_records(self) -> None:
        lake = self.lake(quarantine={"maxShare": 0.25})
        lake.arrive(arrival(1), record("a", 1) + record("b", 1, "x") + record("c", 1, -1))
        self.refused(lake, TooManyBadRecordsError, "2 of 3 records of the dataset things are bad.*amount_invalid 1")
        lake.arrive(arrival(1), "".join(record(name, 1) for name in "abcdef") + record("b", 1, "x"))
        self.assertEqual(lake.run()["rows"]["quarantined"], 1)

    def test_fields_that_the_contract_does_not_name(self) -> None:
        lake = self.lake(schemaChange="fail")
        lake.arrive(arrival(1), record("a", 1, new=1))
        self.refused(lake, UnknownFieldsError, "new")

    def test_fields_that_are_kept(self) -> None:
        lake = self.lake(schemaChange="append")
        lake.arrive(arrival(1), record("a", 1, new=[1, 2]) + record("b", 1))
        report = lake.run()
        self.assertEqual(report["schemaChanges"]["newFields"], {"new": 1})
        self.assertEqual(lake.rows("id, extra_fields"), [("a", '{"new":[1,2]}'), ("b", None)])


class Parquet(PipelineTestCase):
    def parquet(self, query: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
            connection.execute(f"COPY ({query}) TO '{folder}/made' (FORMAT parquet)")
            return Path(folder, "made").read_bytes()

    def test_parquet_that_arrives(self) -> None:
        rows = "(VALUES ('a', 1), ('b', -1), ('a', 1)) t(id, amount)"
        at = "TIMESTAMP '2024-01-01 10:00:00' AS at"
        lake = self.lake(raw={"format": "parquet"}, quarantine={"maxShare": 0.8})
        lake.arrive(arrival(1), self.parquet(f"SELECT id, amount, {at} FROM {rows}"))
        lake.arrive(arrival(2), self.parquet("SELECT 'c' AS id, 1::BIGINT AS amount"))
        lake.arrive(arrival(2, 1), b"PAR1 and no more")
        report = lake.run()
        self.assertEqual(self.ids(lake), [("a", 1, "01 10")])
        self.assertEqual(report["rows"]["duplicates"], 1)
        self.assertEqual(report["schemaChanges"]["missingFields"], [f"{arrival(2)}: at"])
        self.conserved(report)
        self.assertEqual([(reason, key) for reason, key, _ in lake.quarantined()], [
            ("amount_negative", arrival(1)), ("at_missing", arrival(2)), ("malformed_parquet", arrival(2, 1))
        ])  # fmt: skip
        self.assertEqual(json.loads(lake.quarantined()[0][2]), {"id": "b", "amount": -1, "at": "2024-01-01T10:00:00"})
        self.assertEqual(lake.run()["status"], "nothing-new")


class Again(PipelineTestCase):
    """Backfill, rewind, reset, and runs that die."""

    def days(self) -> FolderLake:
        lake = self.lake()
        for day in (1, 2, 3):
            lake.arrive(arrival(day), record(f"a{day}", day) + record(f"b{day}", day, -1))
            lake.run()
        return lake

    def test_backfill_of_days(self) -> None:
        lake = self.days()
        before = lake.rows()
        lake.arrive(arrival(2), record("a2", 2, 9) + record("new", 2))
        report = lake.run("backfill", "2024-01-02", "2024-01-03")
        self.assertEqual((report["mode"], report["objects"], report["rows"]["input"]), ("backfill", 2, 4))
        self.assertEqual(report["partitions"], ["day=2024-01-02"])
        self.assertEqual((len(lake.rows()), report["rows"]["replaced"]), (len(before) + 1, 1))
        self.assertEqual(lake.run()["status"], "nothing-new")

    def test_rewind_and_reset(self) -> None:
        lake = self.days()
        before = lake.rows()
        lake.run("rewind", "2024-01-02")
        self.assertEqual(lake.run()["objects"], 2)
        lake.run("reset")
        self.assertEqual(lake.run()["objects"], 3)
        lake.reset_bookmark()
        self.assertEqual(lake.run()["objects"], 3)
        self.assertEqual(lake.rows(), before)

    def test_bookmark_options(self) -> None:
        lake = self.days()
        self.assertEqual(lake.run(bookmark="job-bookmark-disable")["objects"], 3)
        lake.arrive(arrival(4), record("a4", 4))
        for _ in range(2):
            self.assertEqual(lake.run(bookmark="job-bookmark-pause")["objects"], 1)
        self.assertEqual(lake.run()["objects"], 1)
        self.assertEqual(lake.run()["status"], "nothing-new")

    def test_a_run_that_dies_anywhere_is_made_good_by_the_next(self) -> None:
        clean = self.days()
        clean.arrive(arrival(4), record("a1", 1, 4, hour=11) + record("d", 4) + record("bad", 4, -4))
        clean.run()
        places = [(Load, "_stage"), (Load, "_merge"), (load, "audit"), (load, "publish"), (Load, "_keep_bad")]
        places += [(load, "clear_superseded"), (Ledger, "save"), (pipeline, "close_run")]
        for place in places:
            with self.subTest(place[1]):
                lake = self.days()
                lake.arrive(arrival(4), record("a1", 1, 4, hour=11) + record("d", 4) + record("bad", 4, -4))
                with self.assertRaises(KeyboardInterrupt), dies_after(place):
                    lake.run()
                lake.run()
                self.assertEqual(lake.rows(), clean.rows())
                self.assertEqual(lake.quarantined(), clean.quarantined())
                self.assertEqual([path for path in (lake.folder / "staging").rglob("*") if path.is_file()], [])
                open_runs = [path.stem for path in (lake.folder / "state" / "open").iterdir()]
                self.assertEqual(open_runs, [lake.last_run])

    def test_compaction(self) -> None:
        lake = self.lake()
        for day in (1, 2):
            lake.arrive(arrival(day), record(f"a{day}", day))
        lake.run()
        first, second = (Path(entry["location"].removeprefix("file://")) for _, entry in sorted(entries(lake).items()))
        shutil.copy(second / "part-0000.parquet", first / "part-0001.parquet")
        before = lake.rows()
        report = lake.run("compact", "2024-01-01", "2024-01-31")
        self.assertEqual((report["partitions"], report["files"]), (["day=2024-01-01"], 1))
        self.assertEqual(lake.rows(), before)
        self.assertEqual(lake.run("compact", "2024-01-01", "2024-01-31")["partitions"], [])


def entries(lake: FolderLake) -> dict[str, dict[str, Any]]:
    return lake.catalog("things").entries()


def dies_after(place: tuple[Any, str]) -> Any:
    """The driver dies when the step is done."""
    original: Callable[..., Any] = getattr(*place)

    def dying(*given: Any, **named: Any) -> Any:
        original(*given, **named)
        raise KeyboardInterrupt

    return patch.object(*place, dying)


if __name__ == "__main__":
    unittest.main()

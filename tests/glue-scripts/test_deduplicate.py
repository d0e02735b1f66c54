"""One row per key, the same whatever the order; the accounting identity."""

from __future__ import annotations

import random
import tempfile
import unittest

from lakeworks.conform import conform
from lakeworks.deduplicate import drop_published, keep_one
from lakeworks.publish import publish
from lakeworks.survey import survey
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from spark import REASON, contract, line, lines_frame, session


def good_rows(lines: list[str]) -> DataFrame:
    return conform(lines_frame(lines), contract()).where(f.isnull(REASON))


class KeepOne(unittest.TestCase):
    def test_no_duplicates(self) -> None:
        distinct = keep_one(good_rows([line(), line(id='"b"')]), contract())
        self.assertEqual((distinct.rows.count(), distinct.dropped), (2, 0))

    def test_no_rows(self) -> None:
        distinct = keep_one(good_rows([line(id=None)]), contract())
        self.assertEqual((distinct.rows.count(), distinct.dropped), (0, 0))

    def test_latest_event_wins_then_the_greatest_text(self) -> None:
        lines = [
            line(timestamp='"2024-01-01T00:00:00Z"', note='"z"'),
            line(timestamp='"2024-01-02T00:00:00Z"', note='"a"'),
            line(timestamp='"2024-01-02T00:00:00Z"', note='"b"'),
            line(id='"b"'),
            line(id='"b"'),
        ]
        for _ in range(3):
            random.Random(3).shuffle(lines)
            distinct = keep_one(good_rows(lines), contract())
            kept = {row.id: row.note for row in distinct.rows.collect()}
            self.assertEqual((kept, distinct.dropped), ({"a": "b", "b": None}, 3))

    def test_a_key_of_two_columns(self) -> None:
        pair = contract(businessKey=["id", "count"])
        lines = [line(), line(count="3"), line(count="3", note='"x"')]
        distinct = keep_one(conform(lines_frame(lines), pair), pair)
        self.assertEqual((distinct.rows.count(), distinct.dropped), (2, 1))


class Published(unittest.TestCase):
    def test_published_keys_are_dropped(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            target = f"file://{folder}/"
            first = good_rows([line(), line(id='"b"')])
            self.assertEqual(publish(first, target, contract(), 100), 2)
            again = good_rows([line(), line(id='"b"'), line(id='"c"')])
            fresh = drop_published(again, [f"{target}year=2024/month=1/day=31/"], contract())
            self.assertEqual([row.id for row in fresh.collect()], ["c"])


class Publish(unittest.TestCase):
    def test_one_sorted_file_per_partition_with_types(self) -> None:
        days = range(1, 29)
        lines = [
            line(id=f'"{n}"', timestamp=f'"2024-02-{d:02}T{23 - n % 24:02}:00:00Z"') for d in days for n in range(50)
        ]
        with tempfile.TemporaryDirectory() as folder:
            written = publish(good_rows(lines), f"file://{folder}/", contract(), 100)
            silver = session().read.parquet(f"file://{folder}/")
            placed = silver.select("year", "month", "day", f.input_file_name().alias("file")).distinct()
            files = placed.groupBy("year", "month", "day").agg(f.count("file").alias("files")).collect()
            self.assertEqual((written, silver.count(), len(files)), (len(lines), len(lines), len(days)))
            self.assertEqual({row.files for row in files}, {1})
            self.assertEqual(dict(silver.dtypes)["total"], "decimal(12,2)")
            self.assertEqual(dict(silver.dtypes)["at"], "timestamp")
            times = [row["at"] for row in silver.where("day = 5").collect()]
            self.assertEqual(times, sorted(times))

    def test_files_are_split_at_the_target_size(self) -> None:
        lines = [line(id=f'"{number}"') for number in range(100)]
        tiny = contract(targetFileMiB=10.5 * 100 / 7 / 1024 / 1024)
        with tempfile.TemporaryDirectory() as folder:
            publish(good_rows(lines), f"file://{folder}/", tiny, 100)
            counts = session().read.parquet(f"file://{folder}/").groupBy(f.input_file_name()).count().collect()
            self.assertEqual([row["count"] for row in counts], [10] * 10)


class Accounting(unittest.TestCase):
    def test_every_line_is_counted_once(self) -> None:
        dice = random.Random(11)
        lines = []
        for _ in range(400):
            text = line(id=f'"{dice.randrange(300)}"', timestamp=f'"2024-01-{dice.randrange(1, 29):02}T00:00:00Z"')
            lines.append(dice.choice([text, text, text, text[:-1], line(count="0"), line(price='"x"'), "null"]))
        rows = conform(lines_frame(lines), contract()).persist()
        found = survey(rows, contract())
        distinct = keep_one(rows.where(f.isnull(REASON)), contract())
        kept = distinct.rows.select("id").collect()
        self.assertEqual(found.rows, len(lines))
        self.assertEqual(found.rows, len(kept) + distinct.dropped + found.quarantined)
        self.assertEqual(len({row.id for row in kept}), len(kept))
        self.assertEqual(set(found.reasons), {"malformed_json", "count_not_positive", "price_invalid"})
        self.assertEqual(found.text_length, sum(map(len, lines)))
        self.assertEqual(found.source_objects, ["s3://bronze/part-0000.jsonl"])

    def test_partitions_are_those_of_good_rows_in_order(self) -> None:
        spoken = {"1": "2024-01-10", "2": "2024-01-09", "3": "2023-12-31"}
        lines = [line(id=f'"{key}"', timestamp=f'"{day}T00:00:00Z"') for key, day in spoken.items()]
        lines += [line(timestamp='"2022-01-01T00:00:00Z"', count="0"), "{"]
        found = survey(conform(lines_frame(lines), contract()), contract())
        expected = ["year=2023/month=12/day=31", "year=2024/month=1/day=9", "year=2024/month=1/day=10"]
        self.assertEqual(found.partitions, expected)
        self.assertEqual(found.reasons, {"count_not_positive": 1, "malformed_json": 1})

"""Parquet: a row is a record, whatever the types; an object that is damaged, or no Parquet, is one bad record."""

from __future__ import annotations

import gzip
import json
import resource
import unittest
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
from lakeworks.read import parquet_records, plain
from lakeworks.read.records import Records
from reading import ReadingTestCase, parquet_contract

CONTRACT = parquet_contract()
GOOD = "'a' AS id, TIMESTAMP '2024-01-31 23:59:59' AS timestamp, 2 AS count, 1.25 AS price"


class ParquetTestCase(ReadingTestCase):
    def parquet(self, query: str, options: str = "COMPRESSION zstd") -> bytes:
        path = Path(self.folder, "made.parquet")
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, {options})")
        return path.read_bytes()

    def documents(self, query: str) -> list[dict[str, Any]]:
        """The records' JSON."""
        return [json.loads(raw) for raw, _ in self.read(self.parquet(f"SELECT {query}"), CONTRACT)]

    def reasons(self, body: bytes) -> list[object]:
        return [kind for _, kind in self.read(body, CONTRACT)]


class Rows(ParquetTestCase):
    def test_a_row_is_a_record(self) -> None:
        body = self.parquet(f"SELECT {GOOD} UNION ALL SELECT 'b', TIMESTAMP '2024-02-01 00:00:00', 3, 9.99 ORDER BY 1")
        rows = self.conformed(body, CONTRACT)
        self.assertEqual([(row.id, row.at, row.count, row.total, row.reason) for row in rows], [
            ("a", datetime(2024, 1, 31, 23, 59, 59), 2, Decimal("2.50"), None),
            ("b", datetime(2024, 2, 1), 3, Decimal("29.97"), None),
        ])  # fmt: skip

    def test_every_type_of_the_contract_comes_through_exactly(self) -> None:
        wide = parquet_contract(
            columns=[
                {"name": "id", "type": "bigint"},
                {"name": "at", "type": "timestamp"},
                {"name": "wide", "type": "decimal(38,10)"},
                {"name": "ratio", "type": "double"},
                {"name": "flag", "type": "boolean"},
                {"name": "due", "type": "date"},
                {"name": "nested", "type": "string", "nullable": True},
            ],
            rowRules=[],
        )
        digits = "1234567890123456789012345678.0123456789"
        body = self.parquet(
            f"SELECT 9223372036854775807 AS id, TIMESTAMPTZ '2024-01-01 01:30:00.123456+02' AS at, "
            f"CAST({digits} AS DECIMAL(38,10)) AS wide, 0.1::DOUBLE AS ratio, true AS flag, DATE '2024-02-29' AS due, "
            "{'wide': 1} AS other"
        )
        (row,) = self.conformed(body, wide)
        self.assertIsNone(row.reason)
        self.assertEqual(
            (row.id, row.at, row.wide, row.ratio, row.flag, row.due),
            (2**63 - 1, datetime(2023, 12, 31, 23, 30, 0, 123456), Decimal(digits), 0.1, True, date(2024, 2, 29)),
        )

    def test_types_as_json(self) -> None:
        for value, expected in (
            ("18446744073709551615::UBIGINT", 18446744073709551615),
            ("0.1::FLOAT", 0.1),
            ("12.30::DECIMAL(9,2)", "12.30"),
            ("'nan'::DOUBLE", "nan"),
            ("'-inf'::FLOAT", "-inf"),
            ("DATE '2024-02-29'", "2024-02-29"),
            ("TIMESTAMP '2024-02-29 12:00:00.5'", "2024-02-29T12:00:00.5"),
            ("TIMESTAMP_NS '2024-02-29 12:00:00.123456789'", "2024-02-29T12:00:00.123456789"),
            ("TIMESTAMP_MS '2024-02-29 12:00:00.123'", "2024-02-29T12:00:00.123"),
            ("TIMESTAMPTZ '2024-02-29 12:00:00-03'", "2024-02-29T15:00:00Z"),
            ("TIME '12:30:00'", "12:30:00"),
            ("'\\xAA\\x00'::BLOB", "qgA="),
            ("'c0ffee00-0000-4000-8000-000000000000'::UUID", "c0ffee00-0000-4000-8000-000000000000"),
            ("'{\"a\": 1}'::JSON", '{"a": 1}'),
            ("NULL::INTEGER", None),
            ("'é \"日\" \\ ' || chr(10) || chr(1)", 'é "日" \\ \n\x01'),
        ):
            with self.subTest(value):
                self.assertEqual(self.documents(f"{value} AS v"), [{"v": expected}])

    def test_nested_values(self) -> None:
        at = "TIMESTAMPTZ '2024-01-01 00:00:00+00'"
        for value, expected in (
            ("[1, NULL, 2]", [1, None, 2]),
            ("[1.10::DECIMAL(4,2)]", ["1.10"]),
            (f"{{'at': {at}, 'l': [{{'f': 'inf'::FLOAT}}]}}", {"at": "2024-01-01T00:00:00Z", "l": [{"f": "inf"}]}),
            ("MAP {'a': DATE '2024-01-01', 'b': NULL}", {"a": "2024-01-01", "b": None}),
            ("MAP {2: [[0.5::DECIMAL(2,1)]]}", {"2": [["0.5"]]}),
            ("CAST(NULL AS STRUCT(d DECIMAL(4,2)))", None),
            ("CAST(NULL AS MAP(VARCHAR, DATE))", None),
        ):
            with self.subTest(value):
                self.assertEqual(self.documents(f'{value} AS "it\'s ""v"""'), [{'it\'s "v"': expected}])

    def test_values_that_the_contract_does_not_take(self) -> None:
        for change, reason in (
            ("CAST(NULL AS VARCHAR) AS id", "id_missing"),
            ("[1] AS id", "id_invalid"),
            ("2.5 AS count", "count_invalid"),
            ("-2 AS count", "count_not_positive"),
            ("'infinity'::TIMESTAMP AS timestamp", "at_invalid"),
        ):
            body = self.parquet(f"SELECT {change}, * EXCLUDE ({change.split()[-1]}) FROM (SELECT {GOOD})")
            (row,) = self.conformed(body, CONTRACT)
            self.assertEqual(row.reason, reason)
            self.assertEqual(set(json.loads(row.raw)), {"id", "timestamp", "count", "price"})

    def test_a_column_that_the_file_lacks(self) -> None:
        body = self.parquet("SELECT 'a' AS id, 2 AS count, 1.25 AS price, true AS flag")
        missing = self.records(body, CONTRACT).missing
        self.assertEqual(missing, ("timestamp", "note", "big", "ratio", "due"))
        self.assertEqual([row.reason for row in self.conformed(body, CONTRACT)], ["at_missing"])

    def test_no_rows(self) -> None:
        self.assertEqual(self.read(self.parquet(f"SELECT {GOOD} LIMIT 0"), CONTRACT), [])

    def test_long_rows(self) -> None:
        body = self.parquet(f"SELECT {GOOD}, repeat('x', n) AS note FROM (VALUES (5000000), (1), (20000000)) t(n)")
        rows = self.conformed(body, CONTRACT)
        self.assertEqual([(row.reason, len(row.note or "")) for row in rows], [
            (None, 5_000_000), (None, 1), ("line_too_long", 0)
        ])  # fmt: skip
        self.assertEqual(len(rows[2].raw), plain.KEPT)

    def test_memory_does_not_grow_with_the_rows(self) -> None:
        peaks = []
        for rows in (200_000, 1_000_000):
            body = self.parquet(f"SELECT {GOOD}, 'text ' || i AS note FROM range({rows}) t(i)")
            self.assertGreater(self.records(body, CONTRACT).path.stat().st_size, 90 * rows)
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        self.assertLess(peaks[1] - peaks[0], 64 * 1024, "KiB")


class Refused(ParquetTestCase):
    def body(self) -> bytes:
        return self.parquet(f"SELECT {GOOD}, i AS big, hash(i) AS note FROM range(100000) t(i)")

    def test_what_is_no_parquet(self) -> None:
        for body in ('{"id":"a"}\n', "PAR1", b"PAR1" + bytes(100) + b"PAR1", b"\x89PNG\r\n", "PARE" * 10):
            ((raw, reason),) = self.read(body, CONTRACT, "ingest_date=2024-01-01/x.parquet")
            self.assertEqual(reason, "malformed_parquet")
            self.assertTrue(raw.startswith("ingest_date=2024-01-01/x.parquet: "), raw)
            self.assertNotIn(str(self.folder), raw)

    def test_damage_refuses_the_whole_object(self) -> None:
        body = self.body()
        half = len(body) // 2
        for damaged in (body[:half], body[:-1], body[:4] + bytes(100) + body[104:], body[4:]):
            self.assertEqual(self.reasons(damaged), ["malformed_parquet"])

    def test_compressed_objects(self) -> None:
        body = self.parquet(f"SELECT {GOOD}")
        self.assertEqual(self.reasons(gzip.compress(body)), [None])
        self.assertEqual(self.reasons(gzip.compress(self.body())[:-2000]), ["object_truncated"])

    def test_a_small_object_that_unpacks_to_too_much(self) -> None:
        body = self.parquet(f"SELECT {GOOD}, repeat('x', 100000) AS note FROM range(10000)")
        self.assertLess(len(body), 1_000_000)
        path, work = Path(self.folder, "bomb"), Path(self.folder)
        path.write_bytes(body)
        found: Records = parquet_records.read(path, "bomb", CONTRACT, work, 50_000_000)
        self.assertEqual(json.loads(found.path.read_text()), {
            "r": "bomb: unpacks to more than 50000000 bytes", "e": "malformed_parquet"
        })  # fmt: skip

    def test_too_little_memory_is_no_fault_of_the_object(self) -> None:
        failing = patch.object(parquet_records, "_write", side_effect=duckdb.OutOfMemoryException("no memory"))
        with failing, self.assertRaises(duckdb.OutOfMemoryException):
            self.records(self.parquet(f"SELECT {GOOD}"), CONTRACT)


if __name__ == "__main__":
    unittest.main()

"""Rules that DuckDB proves, against what the rows hold; tests/spark compares them with Deequ."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import duckdb
from conformed import contract
from lakeworks.contract import Contract
from lakeworks.quality_proof import Claim, ProofTask, claims_of, holds, prove

GOOD = "('a', 1, 1.5, 'x'), ('b', 2, 2.5, 'y'), ('c', 3, 3.5, 'x')"


def ruled(*rules: str) -> Contract:
    return contract(quality={"rules": list(rules), "onFailure": "fail"})


class QualityProof(unittest.TestCase):
    def proven(self, rows: str, *rules: str) -> bool:
        claims = claims_of(ruled(*rules))
        assert claims is not None, rules
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
            file = Path(folder, "rows.parquet")
            source = f"(VALUES {rows}) AS rows (id, count, price, note)"
            connection.execute(f"COPY (SELECT * FROM {source}) TO '{file}' (FORMAT parquet)")
            return prove(ProofTask([claim for each in claims for claim in each], [f"file://{file}"])) is not None

    def test_what_holds_is_proven(self) -> None:
        rules = [
            "RowCount = 3",
            "RowCount between 2 and 4",
            'IsComplete "id"',
            'IsUnique "id"',
            'ColumnValues "count" between 0 and 4',
            'ColumnValues "count" <= 3',
            'ColumnValues "price" > 1.49',
            'ColumnValues "note" in ["x", "y"]',
        ]
        for rule in rules:
            with self.subTest(rule):
                self.assertTrue(self.proven(GOOD, rule))
        self.assertTrue(self.proven(GOOD, *rules))

    def test_what_does_not_hold_is_not_proven(self) -> None:
        for rule in (
            "RowCount > 3",
            "RowCount between 3 and 5",
            'ColumnValues "count" between 1 and 4',
            'ColumnValues "count" between 0 and 3',
            'ColumnValues "count" < 3',
            'ColumnValues "price" >= 1.6',
            'ColumnValues "note" in ["x"]',
            'IsUnique "note"',
        ):
            with self.subTest(rule):
                self.assertFalse(self.proven(GOOD, rule))
                self.assertFalse(self.proven(GOOD, 'IsComplete "id"', rule))

    def test_one_row_among_many_is_enough_to_fail(self) -> None:
        many = ", ".join(f"('{number}', {number}, 1.5, 'x')" for number in range(3000))
        rules = ['IsUnique "id"', 'ColumnValues "count" >= 0', 'ColumnValues "note" in ["x"]', 'IsComplete "note"']
        self.assertTrue(self.proven(many, *rules))
        for bad in ("('7', 1, 1.5, 'x')", "('new', -1, 1.5, 'x')", "('new', 1, 1.5, 'z')", "('new', 1, 1.5, NULL)"):
            with self.subTest(bad):
                self.assertFalse(self.proven(f"{many}, {bad}", *rules))

    def test_a_column_with_nulls_proves_nothing(self) -> None:
        for rule in (
            'IsComplete "note"',
            'IsUnique "note"',
            'ColumnValues "note" in ["x"]',
            'ColumnValues "count" > 0',
        ):
            with self.subTest(rule):
                self.assertFalse(self.proven("('a', 1, 1.5, 'x'), ('b', NULL, 2.5, NULL)", rule))

    def test_other_rules_are_left_to_the_engine(self) -> None:
        for rule in (
            'Completeness "id" > 0.9',
            'Mean "count" > 1',
            'ColumnValues "id" matches "[a-z]"',
            'ColumnValues "at" > "2023-12-31"',
            'ColumnValues "id" > 1',
            'ColumnValues "count" in [1, 2]',
            'ColumnValues "note" in ["x"] with threshold > 0.5',
            'ColumnValues "note" in ["x\\"y"]',
            'ColumnValues "count" > 0 where "note = \'x\'"',
            'ColumnValues "count" != 3',
            'ColumnValues "count" >= -1 + 2',
            'IsComplete "nope"',
            'IsComplete "year"',
            'IsPrimaryKey "id" "count"',
            '(IsComplete "id") and (IsUnique "id")',
            'CustomSql "select count(*) from primary" > 0',
            "RowCount > avg(last(3))",
        ):
            with self.subTest(rule):
                self.assertIsNone(claims_of(ruled('IsComplete "id"', rule)))

    def test_two_lists_of_one_column_are_left_to_the_engine(self) -> None:
        self.assertIsNone(claims_of(ruled('ColumnValues "note" in ["x"]', 'ColumnValues "note" in ["x", "y"]')))

    def test_bounds_of_between_are_outside(self) -> None:
        found = [holds("between 1 and 3", value) for value in (1, 2, 3)]
        self.assertEqual(found, [False, True, False])
        self.assertEqual(
            [holds(f"{sign} -2.5", -2.5) for sign in (">=", "<=", "=", ">", "<")], [True] * 3 + [False] * 2
        )

    def test_labels_say_what_they_are(self) -> None:
        self.assertEqual(Claim("Dataset.*.RowCount", "", "").label, "RowCount")
        self.assertEqual(Claim("Column.note.ColumnValues.Compliance", "", "").label, "Compliance_of_note")


if __name__ == "__main__":
    unittest.main()

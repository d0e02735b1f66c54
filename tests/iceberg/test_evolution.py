"""A contract that changes: the table follows without losing a row, or the run says why it can't."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from lakeworks.iceberg import compact_iceberg
from lakeworks.iceberg.catalog import IcebergError
from lakeworks.report import RunReport
from support import COLUMNS, DAY, IcebergTestCase, contract_of

A = ("a", "2024-01-05 10:00:00", 1, Decimal("1.50"), "o1")


def with_type(column: str, kind: str) -> list[dict[str, Any]]:
    return [{**each, "type": kind} if each["name"] == column else each for each in COLUMNS]


class TestColumns(IcebergTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.load([A])

    def test_a_new_column_is_null_in_old_rows(self) -> None:
        self.contract = contract_of(columns=[*COLUMNS, {"name": "note", "type": "string", "nullable": True}])
        self.load([("b", A[1], 2, None, "hello", "o2")])
        self.assertEqual([("a", None), ("b", "hello")], self.rows("id", "note"))
        self.assertEqual(2, self.snapshots())

    def test_whole_numbers_and_decimals_widen(self) -> None:
        columns = [*with_type("amount", "bigint")[:3], *with_type("price", "decimal(9,2)")[3:]]
        self.contract = contract_of(columns=columns)
        self.load([("b", A[1], 2**40, Decimal("1234567.89"), "o2")])
        self.assertEqual(
            [("a", 1, Decimal("1.50")), ("b", 2**40, Decimal("1234567.89"))], self.rows("id", "amount", "price")
        )

    def test_a_column_that_the_contract_has_no_more_is_null_in_new_rows(self) -> None:
        self.contract = contract_of(columns=COLUMNS[:3])
        self.load([("b", A[1], 2, "o2")])
        self.assertEqual([("a", Decimal("1.50")), ("b", None)], self.rows("id", "price"))

    def test_fields_that_the_contract_does_not_name_get_their_column(self) -> None:
        self.contract = contract_of(schemaChange="append")
        self.load([("b", A[1], 2, None, '{"x":1}', "o2")])
        self.assertEqual([("a", None), ("b", '{"x":1}')], self.rows("id", "extra_fields"))

    def test_other_types_are_refused_before_anything_changes(self) -> None:
        note = {"name": "note", "type": "string", "nullable": True}
        for kind in ("string", "double", "decimal(5,1)", "decimal(4,3)"):
            self.contract = contract_of(columns=[*with_type("price", kind), note])
            with self.assertRaisesRegex(IcebergError, r"column price .* is decimal\(5,2\) and can't become"):
                self.load([("b", A[1], 2, None, None, "o2")])
        self.assertNotIn("note", self.spark.table(self.name).columns)

    def test_a_column_that_is_wider_than_the_contracts_stays(self) -> None:
        self.contract = contract_of(columns=with_type("amount", "bigint"))
        self.load([("b", A[1], 2**40, None, "o2")])
        self.contract = contract_of()
        self.load([("c", A[1], 3, None, "o3")])
        self.assertEqual([("a", 1), ("b", 2**40), ("c", 3)], self.rows("id", "amount"))


class TestPartitions(IcebergTestCase):
    def specs(self) -> set[tuple[int, tuple[Any, ...]]]:
        return {(spec, tuple(value for value in row)) for spec, row in self.meta("files", "spec_id", "partition")}

    def test_a_new_key_is_computed_for_old_rows_and_used_by_new_ones(self) -> None:
        self.load([A])
        self.contract = contract_of(partitions=[*DAY, {"name": "even", "type": "int", "expression": "amount % 2"}])
        report = self.load([("b", A[1], 2, None, "o2")])
        self.assertEqual(["day=2024-01-05/even=0"], report.partitions)
        self.assertEqual([("a", 1), ("b", 0)], self.rows("id", "even"))
        self.assertEqual({None, 0}, {partition[-1] for _, partition in self.specs()})

        self.load([("c", A[1], 4, None, "o2")])
        days = self.arguments(mode="compact", from_day=_day(A), to_day=_day(A))
        compact_iceberg(self.spark, days, self.contract, RunReport("jr", "things", "compact"))
        self.assertEqual([("a", 1), ("b", 0), ("c", 0)], self.rows("id", "even"))

    def test_a_key_that_the_contract_has_no_more_is_used_no_more(self) -> None:
        self.contract = contract_of(partitions=[*DAY, {"name": "even", "type": "int", "expression": "amount % 2"}])
        self.spark.sql(f"ALTER TABLE {self.name} ADD COLUMNS (even int)")
        self.spark.sql(f"ALTER TABLE {self.name} ADD PARTITION FIELD even")
        self.load([A])
        self.contract = contract_of()
        report = self.load([("b", A[1], 2, None, "o2")])
        self.assertEqual(["day=2024-01-05"], report.partitions)
        self.assertEqual([("a", 1), ("b", None)], self.rows("id", "even"))

    def test_a_table_with_another_transform_is_refused(self) -> None:
        self.spark.sql(f"ALTER TABLE {self.name} ADD PARTITION FIELD bucket(4, id)")
        with self.assertRaisesRegex(IcebergError, "is partitioned by .*bucket"):
            self.load([A])


def _day(row: tuple[Any, ...]) -> date:
    return date.fromisoformat(row[1][:10])

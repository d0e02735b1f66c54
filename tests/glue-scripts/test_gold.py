"""Gold is what it would be if it were computed anew from all of silver, whatever happened before."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
from gold_lake import GoldTestCase, contract_of, gold_table, sql_of
from lakeworks.contract import GoldColumn, GoldTable
from lakeworks.gold import GoldError, check_gold
from session import session

COLUMNS = {
    "transaction_id": "string",
    "event_time": "timestamp",
    "customer_id": "string",
    "category": "string",
    "quantity": "int",
    "total_amount": "decimal(12,2)",
    "region": "string",
}
DAILY = {
    "sale_date": "date",
    "category": "string",
    "region": "string",
    "transactions": "bigint",
    "units": "bigint",
    "revenue": "decimal(22,2)",
}
MONTHLY = {
    "category": "string",
    "region": "string",
    "transactions": "bigint",
    "units": "bigint",
    "revenue": "decimal(22,2)",
    "customers": "bigint",
}
KEYS = ("year", "month")
SALES = contract_of(
    "sales",
    COLUMNS,
    {part: ("int", f"{part}(event_time)") for part in ("year", "month", "day")},
    [
        gold_table("daily_sales", DAILY, KEYS, sql_of("sales", "daily_sales")),
        gold_table("monthly_sales", MONTHLY, KEYS, sql_of("sales", "monthly_sales")),
    ],
)
JANUARY, FEBRUARY = "year=2024/month=1", "year=2024/month=2"

#: As DuckDB computes them from all of silver.
ORACLE = {
    "daily_sales": "SELECT CAST(event_time AS DATE) AS sale_date, category, region, count(*), sum(quantity), "
    "sum(total_amount), any_value(year), any_value(month) FROM silver GROUP BY ALL",
    "monthly_sales": "SELECT category, region, count(*), sum(quantity), sum(total_amount), "
    "count(DISTINCT customer_id), year, month FROM silver GROUP BY ALL",
}


def each_table(partitions: list[str]) -> dict[str, list[str]]:
    return dict.fromkeys(ORACLE, partitions)


def sale(number: int, day: str, amount: str = "10.10", category: str = "food") -> tuple[Any, ...]:
    region = ("north", "south")[number % 2]
    return (f"t{number}", f"{day} 23:59:59", f"c{number % 4}", category, number % 5 + 1, amount, region, "o")


class SalesTestCase(GoldTestCase):
    contract = SALES
    files = {  # noqa: RUF012
        **dict.fromkeys(COLUMNS, "VARCHAR"),
        "event_time": "TIMESTAMPTZ",
        "quantity": "INTEGER",
        "total_amount": "DECIMAL(12,2)",
        "source_object": "VARCHAR",
    }

    def day(self, day: str, *numbers: int, **own: Any) -> None:
        year, month, of_month = (int(part) for part in day.split("-"))
        partition = f"year={year}/month={month}/day={of_month}"
        self.publish(partition, *(sale(number, day, **own) for number in numbers))

    def assert_from_scratch(self) -> None:
        for table, query in ORACLE.items():
            self.assertEqual(self.oracle(query), self.gold(table), table)


class TestMaintenance(SalesTestCase):
    def test_only_partitions_whose_silver_changed_are_written(self) -> None:
        self.day("2024-01-30", *range(20))
        self.day("2024-01-31", *range(20, 30))
        self.day("2024-02-01", *range(30, 50))
        self.assertEqual(each_table([JANUARY, FEBRUARY]), self.refresh())
        self.assert_from_scratch()
        before = {partition: place.location for partition, place in self._places().items()}

        self.day("2024-02-02", 50, 51, category="toys")
        self.assertEqual(each_table([FEBRUARY]), self.refresh())
        self.assert_from_scratch()
        after = {partition: place.location for partition, place in self._places().items()}
        self.assertEqual(before[JANUARY], after[JANUARY])
        self.assertNotEqual(before[FEBRUARY], after[FEBRUARY])

        self.assertEqual({}, self.refresh())
        self.assert_from_scratch()

    def test_a_late_event_changes_its_own_month(self) -> None:
        self.day("2023-12-31", 1)
        self.day("2024-01-01", 2)
        self.refresh()
        self.day("2023-12-31", 1, 3)
        self.assertEqual(each_table(["year=2023/month=12"]), self.refresh())
        self.assert_from_scratch()

    def test_partitions_without_silver_are_removed(self) -> None:
        self.day("2024-01-31", 1)
        self.day("2024-02-01", 2)
        self.refresh()
        self.day("2024-01-31")
        self.assertEqual(each_table([JANUARY]), self.refresh())
        self.assert_from_scratch()
        self.assertEqual([FEBRUARY], list(self._places()))

    def test_changed_sql_is_computed_anew(self) -> None:
        self.day("2024-01-31", 1, 2)
        self.refresh()
        daily = SALES.gold[0]
        only = replace(
            SALES, gold=(replace(daily, sql=daily.sql.replace("FROM silver", "FROM silver WHERE quantity > 2")),)
        )
        self.assertEqual({"daily_sales": [JANUARY]}, self.refresh(only))
        self.assertEqual([(Decimal("10.10"),)], self.gold("daily_sales", "revenue"))

    def test_sums_of_decimals_are_exact(self) -> None:
        self.day("2024-01-31", *range(0, 40, 2), amount="9999999999.99")
        self.refresh()
        self.assertEqual([(20 * Decimal("9999999999.99"),)], self.gold("monthly_sales", "revenue"))
        self.assert_from_scratch()

    def _places(self) -> dict[str, Any]:
        return {found.partition: found for found in self.catalog("daily_sales").partitions()}


class TestCrashes(SalesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.day("2024-01-31", *range(10))
        self.day("2024-02-01", *range(10, 20))
        self.refresh()

    def test_between_silver_and_gold(self) -> None:
        self.day("2024-01-31", *range(12))
        # The run dies here. The next one finds nothing new in bronze, or only another day.
        self.day("2024-03-01", 30)
        self.assertEqual(each_table([JANUARY, "year=2024/month=3"]), self.refresh())
        self.assert_from_scratch()

    def test_before_any_gold_partition_is_published(self) -> None:
        self._die_after("daily_sales", 0)

    def test_between_two_gold_partitions(self) -> None:
        self._die_after("daily_sales", 1)

    def test_between_two_gold_tables(self) -> None:
        self._die_after("monthly_sales", 0)

    def _die_after(self, table: str, partitions: int) -> None:
        before = self.gold(table)
        self.day("2024-01-31", *range(12))
        self.day("2024-02-01", *range(12, 24))
        self.catalog(table).dies_after = partitions
        with self.assertRaises(KeyboardInterrupt):
            self.refresh()
        self.assertEqual(before == self.gold(table), partitions == 0)
        self.catalog(table).dies_after = None
        self.refresh()
        self.assert_from_scratch()


class TestFiles(SalesTestCase):
    def test_one_sorted_file_per_partition(self) -> None:
        for day in range(1, 32):
            self.day(f"2024-01-{day:02}", *range(day * 10, day * 10 + 10))
        self.refresh()
        for table in ORACLE:
            (file,) = self.files_of(table)
            self.assertEqual(f"{table}/{JANUARY}/jr_{self.run}/part-0000.parquet", str(file).split("/gold/")[1])
            rows = duckdb.read_parquet(str(file), hive_partitioning=False).fetchall()
            self.assertEqual(sorted(rows), rows)
            self.assertEqual({JANUARY: len(rows)}, self.catalog(table).counted())
        codecs = duckdb.sql(f"SELECT DISTINCT compression FROM parquet_metadata('{file}')").fetchall()
        self.assertEqual([("ZSTD",)], codecs)

    def test_superseded_files_stay_for_the_grace_time(self) -> None:
        self.day("2024-01-31", 1)
        self.refresh()
        (first,) = self.files_of("daily_sales")
        self.day("2024-01-31", 1, 2)
        self.refresh()
        self.assertTrue(first.exists())
        os.utime(first, (0, 0))
        self.day("2024-01-31", 1, 2, 3)
        self.refresh()
        self.assertFalse(first.exists())
        self.assertEqual(2, len(self.files_of("daily_sales")))

    def test_compaction_clears_partitions_that_did_not_change(self) -> None:
        self.day("2024-01-31", 1)
        self.refresh()
        (first,) = self.files_of("daily_sales")
        self.day("2024-01-31", 1, 2)
        self.refresh()
        os.utime(first, (0, 0))
        self.refresh(mode="compact")
        self.assertFalse(first.exists())
        self.assert_from_scratch()

    def test_a_partition_of_which_the_sql_takes_nothing_is_empty(self) -> None:
        daily = SALES.gold[0]
        none = replace(daily, sql=daily.sql.replace("FROM silver", "FROM silver WHERE category = 'toys'"))
        only = replace(SALES, gold=(none,))
        self.day("2024-01-31", 1)
        self.day("2024-02-01", 2, category="toys")
        self.assertEqual({"daily_sales": [JANUARY, FEBRUARY]}, self.refresh(only))
        self.assertEqual({JANUARY: 0, FEBRUARY: 1}, self.catalog("daily_sales").counted())
        self.assertEqual([(2,)], self.gold("daily_sales", "month"))
        self.assertEqual({}, self.refresh(only))


class TestTypes(SalesTestCase):
    def test_files_from_before_a_column_was_widened(self) -> None:
        self.day("2024-01-30", *range(5))
        self.refresh()
        self.files = {**self.files, "quantity": "BIGINT", "total_amount": "DECIMAL(25,2)"}
        self.day("2024-01-31", *range(5, 10), amount="99999999999999.99")
        wider = {"quantity": "bigint", "total_amount": "decimal(25,2)"}
        columns = tuple(replace(column, type=wider.get(column.name, column.type)) for column in SALES.columns)
        gold = tuple(_with_revenue(table, "decimal(35,2)") for table in SALES.gold)
        self.assertEqual(each_table([JANUARY]), self.refresh(replace(SALES, columns=columns, gold=gold)))
        self.assert_from_scratch()


def _with_revenue(table: GoldTable, kind: str) -> GoldTable:
    columns = (replace(column, type=kind) if column.name == "revenue" else column for column in table.columns)
    return replace(table, columns=tuple(columns))


class TestMistakes(SalesTestCase):
    def mistake(self, **changes: Any) -> str:
        wrong = replace(SALES, gold=(replace(SALES.gold[0], **changes),))
        with self.assertRaises(GoldError) as early:
            check_gold(session(), wrong)
        self.day("2024-01-31", 1)
        with self.assertRaises(GoldError) as late:
            self.refresh(wrong)
        self.assertEqual(str(early.exception), str(late.exception))
        self.assertEqual([], self.catalog("daily_sales").partitions())
        return str(late.exception)

    def test_good_sql_passes(self) -> None:
        check_gold(session(), SALES)

    def test_columns_that_are_not_the_declared_ones(self) -> None:
        message = self.mistake(sql=SALES.gold[0].sql.replace("AS units", "AS pieces"))
        self.assertIn("daily_sales does not give", message)
        self.assertIn("missing units; not declared or double pieces", message)

    def test_unknown_column(self) -> None:
        self.assertRegex(self.mistake(sql="SELECT pric FROM silver"), "gold table daily_sales is wrong.*pric")

    def test_type_that_the_result_can_not_have(self) -> None:
        columns = tuple(
            replace(column, type="int") if column.name == "region" else column for column in SALES.gold[0].columns
        )
        self.assertRegex(self.mistake(columns=columns), "daily_sales is wrong.*region")

    def test_keys_that_silver_does_not_have(self) -> None:
        self.assertIn("partitioned by week", self.mistake(partition_keys=("week",)))
        self.assertIn("partitioned by none", self.mistake(partition_keys=()))

    def test_value_beyond_its_type_fails_and_does_not_become_null(self) -> None:
        columns = (*SALES.gold[0].columns[:-1], GoldColumn("revenue", "decimal(3,2)"))
        self.day("2024-01-31", 1)
        with self.assertRaisesRegex(Exception, "10.10 cannot be represented") as caught:
            self.refresh(replace(SALES, gold=(replace(SALES.gold[0], columns=columns),)))
        self.assertEqual(["This was while the gold table daily_sales was computed."], caught.exception.__notes__)

    def test_rows_of_a_partition_that_was_not_read(self) -> None:
        sql = SALES.gold[0].sql.replace("    month\nFROM", "    month + 1 AS month\nFROM")
        self.day("2024-01-31", 1)
        with self.assertRaisesRegex(ValueError, "daily_sales gives rows of year=2024/month=2"):
            self.refresh(replace(SALES, gold=(replace(SALES.gold[0], sql=sql),)))

    def test_gold_without_a_location(self) -> None:
        with self.assertRaisesRegex(ValueError, "needs --gold"):
            self.refresh(gold="")


TRAFFIC = {
    "country": "string",
    "device": "string",
    "events": "bigint",
    "page_views": "bigint",
    "sessions": "bigint",
    "known_users": "bigint",
    "purchases": "bigint",
    "revenue": "decimal(20,2)",
    "duration_ms": "bigint",
}


class TestClickstream(GoldTestCase):
    contract = contract_of(
        "clickstream",
        {
            "event_id": "string",
            "event_time": "timestamp",
            "session_id": "string",
            "user_id": "string",
            "event_type": "string",
            "device": "string",
            "country": "string",
            "duration_ms": "int",
            "revenue": "decimal(10,2)",
        },
        {"event_date": ("date", "to_date(event_time)")},
        [gold_table("daily_traffic", TRAFFIC, ["event_date"], sql_of("clickstream", "daily_traffic"))],
    )
    files = {  # noqa: RUF012
        **dict.fromkeys((column.name for column in contract.columns), "VARCHAR"),
        "event_time": "TIMESTAMPTZ",
        "duration_ms": "INTEGER",
        "revenue": "DECIMAL(10,2)",
        "source_object": "VARCHAR",
    }

    def test_traffic_of_a_day(self) -> None:
        def event(
            number: int, kind: str, session: str, user: str | None, revenue: str | None = None
        ) -> tuple[Any, ...]:
            return (f"e{number}", f"2024-02-2{number}", session, user, kind, "mobile", "AT", 2**31 - 1, revenue, "o")

        views = [event(8, "page_view", "s1", None), event(8, "product_view", "s1", "u1")]
        self.publish("event_date=2024-02-28", *views, event(8, "purchase", "s2", "u1", "99999999.99"))
        self.publish("event_date=2024-02-29", event(9, "add_to_cart", "s3", None))
        self.refresh()
        columns = ", ".join(["event_date::VARCHAR", *TRAFFIC])
        expected = [
            ("2024-02-28", "AT", "mobile", 3, 2, 2, 1, 1, Decimal("99999999.99"), 3 * (2**31 - 1)),
            ("2024-02-29", "AT", "mobile", 1, 0, 1, 0, 0, Decimal("0.00"), 2**31 - 1),
        ]
        self.assertEqual(expected, self.gold("daily_traffic", columns))

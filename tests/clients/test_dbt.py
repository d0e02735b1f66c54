"""dbt-athena: a project run twice with changed data; every table compared with what Python makes of the same rows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from support import ClientTestCase, client, endpoint

PROJECT = Path(__file__).parent / "dbt_project"

#: order_id, customer_id, country, amount, ordered_at, day, batch
Order = tuple[int, int, str, str, str, str, int]

FIRST: list[Order] = [
    (1, 1, "DE", "10.50", "2024-05-01 10:00:00", "2024-05-01", 1),
    (2, 2, "FR", "20.25", "2024-05-01 11:00:00", "2024-05-01", 1),
    (3, 1, "JP", "5.00", "2024-05-02 12:00:00", "2024-05-02", 1),
    (4, 3, "SE", "7.75", "2024-05-03 13:00:00", "2024-05-03", 1),
]
SECOND: list[Order] = [
    (2, 2, "FR", "22.00", "2024-05-01 11:00:00", "2024-05-01", 2),
    (3, 1, "JP", "-1.00", "2024-05-02 12:00:00", "2024-05-02", 2),
    (5, 4, "DE", "100.00", "2024-05-04 09:00:00", "2024-05-04", 2),
]
RATES = {"DE": ("Deutschland", "1"), "FR": ("France, la", "1"), "SE": ("Sverige", "11.5"), "JP": ("日本", "160.25")}
CUSTOMERS_BEFORE = [(1, "Ann", "Berlin"), (2, "Bo", "Paris"), (3, "Cy", "Malmö")]
CUSTOMERS_AFTER = [(1, "Ann", "Kyōto"), (2, "Bo", "Paris"), (4, "Di", "Köln")]


def latest(orders: list[Order]) -> list[Order]:
    return list({order[0]: order for order in sorted(orders, key=lambda order: order[6])}.values())


class DbtShop(ClientTestCase):
    folder: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = Path(tempfile.mkdtemp(prefix="lakeworks-dbt-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)

    def dbt(self, *arguments: str) -> dict[str, Any]:
        """Runs dbt's own command; returns what it tells of its run."""
        endpoint()
        environment = os.environ | {"SHOP_BUCKET": f"s3://{self.bucket}", "SHOP_SCHEMA": self.database}
        paths = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(self.folder)]
        command = ["dbt", *arguments, *paths, "--log-path", str(self.folder / "logs")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr[-2000:])
        results = self.folder / "run_results.json"
        return json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}

    def build(self, *arguments: str) -> None:
        results = self.dbt("build", *arguments)["results"]
        states = {each["unique_id"]: each["status"] for each in results}
        self.assertEqual(set(states.values()), {"success", "pass"}, states)
        self.assertEqual(len(states), 13, states)

    def load(self, orders: list[Order], customers: list[tuple[int, str, str]]) -> None:
        values = ", ".join(
            f"({order}, {customer}, '{country}', DECIMAL '{amount}', {batch}, TIMESTAMP '{at}',"
            f" TIMESTAMP '2024-06-0{batch} 00:00:00', DATE '{day}')"
            for order, customer, country, amount, at, day, batch in orders
        )
        self.run_sql(f"INSERT INTO raw_orders VALUES {values}")
        self.run_sql("DELETE FROM raw_customers")
        people = ", ".join(f"({number}, '{name}', '{city}')" for number, name, city in customers)
        self.run_sql(f"INSERT INTO raw_customers VALUES {people}")

    def check(self, orders: list[Order]) -> None:
        current = latest(orders)
        by_day: dict[str, list[Order]] = defaultdict(list)
        by_country: dict[tuple[str, str], list[Order]] = defaultdict(list)
        for order in current:
            by_day[order[5]].append(order)
            by_country[order[5], order[2]].append(order)

        def total(some: list[Order]) -> Decimal:
            return sum((Decimal(order[3]) for order in some), Decimal())

        def sales(key: tuple[str, str], some: list[Order]) -> tuple[str, ...]:
            name, rate = RATES[key[1]]
            local = (total(some) * Decimal(rate)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
            return (name, str(len(some)), str(total(some)), str(local), key[0])

        self.assertEqual(
            sorted(self.rows("SELECT * FROM daily_sales")), sorted(sales(*each) for each in by_country.items())
        )
        self.assertEqual(
            self.rows("SELECT day, orders, total FROM days_overwritten ORDER BY day"),
            [(day, str(len(some)), str(total(some))) for day, some in sorted(by_day.items())],
        )
        self.assertEqual(
            self.rows("SELECT order_id, amount FROM orders_appended ORDER BY order_id, batch"),
            [(str(order[0]), order[3]) for order in sorted(orders, key=lambda order: (order[0], order[6]))],
        )
        self.assertEqual(
            self.rows("SELECT order_id, ordered_at, amount FROM orders_iceberg ORDER BY order_id"),
            [(str(order[0]), f"{order[4]}.000000", order[3]) for order in sorted(current)],
        )

    def test_project(self) -> None:
        self.run_sql(
            "CREATE EXTERNAL TABLE raw_orders (order_id bigint, customer_id int, country string, amount decimal(10,2), "
            "batch int, ordered_at timestamp, loaded_at timestamp) PARTITIONED BY (day date) STORED AS PARQUET "
            f"LOCATION 's3://{self.bucket}/raw/orders/'"
        )
        self.run_sql(
            "CREATE TABLE raw_customers (customer_id int, name string, city string) "
            f"LOCATION 's3://{self.bucket}/raw/customers/' TBLPROPERTIES ('table_type'='ICEBERG')"
        )
        with self.subTest("the first run makes everything"):
            self.load(FIRST, CUSTOMERS_BEFORE)
            self.build()
            self.check(FIRST)
            self.assertEqual(
                self.rows("SELECT * FROM orders_merged ORDER BY order_id"),
                [(str(order[0]), order[3], order[5], "1") for order in FIRST],
            )
        with self.subTest("the second run, on changed data, adds, changes and deletes"):
            self.load(SECOND, CUSTOMERS_AFTER)
            self.build("--vars", '{"with_note": true}')
            self.check(FIRST + SECOND)
            self.assertEqual(
                self.rows("SELECT order_id, amount, day, batch, note FROM orders_merged ORDER BY order_id"),
                [
                    ("1", "10.50", "2024-05-01", "1", None),
                    ("2", "22.00", "2024-05-01", "2", "batch 2"),
                    ("4", "7.75", "2024-05-03", "1", None),
                    ("5", "100.00", "2024-05-04", "2", "batch 2"),
                ],
            )
            self.assertEqual(
                self.rows(
                    "SELECT customer_id, city, dbt_valid_to IS NULL FROM customers_history ORDER BY 1, dbt_valid_from"
                ),
                [
                    ("1", "Berlin", "false"),
                    ("1", "Kyōto", "true"),
                    ("2", "Paris", "true"),
                    ("3", "Malmö", "false"),
                    ("4", "Köln", "true"),
                ],
            )
        with self.subTest("a third run on the same data changes nothing"):
            self.build("--vars", '{"with_note": true}')
            self.check(FIRST + SECOND)
        with self.subTest("descriptions are in the catalog"):
            tables = {each["Name"]: each for each in client("glue").get_tables(DatabaseName=self.database)["TableList"]}
            self.assertEqual(tables["stg_orders"]["Description"], "The latest version of each order's line.")
            self.assertEqual(tables["stg_orders"]["TableType"], "VIRTUAL_VIEW")
            self.assertEqual(tables["daily_sales"]["Description"], "Sales by day and country.")
            comments = {
                each["Name"]: each.get("Comment") for each in tables["daily_sales"]["StorageDescriptor"]["Columns"]
            }
            self.assertEqual(comments["total"], "In EUR")
            self.assertNotIn("__dbt_tmp", " ".join(tables))
        with self.subTest("docs know every column, and freshness is judged"):
            self.dbt("docs", "generate")
            catalog = json.loads((self.folder / "catalog.json").read_text(encoding="utf-8"))
            columns = {
                name.split(".")[-1]: {column: each["type"] for column, each in node["columns"].items()}
                for name, node in catalog["nodes"].items()
            }
            self.assertEqual(
                columns["orders_merged"],
                {"order_id": "bigint", "amount": "decimal(10,2)", "day": "date", "batch": "int", "note": "string"},
            )
            self.assertEqual(
                set(columns["stg_orders"]),
                {"order_id", "customer_id", "country", "amount", "ordered_at", "day", "batch"},
            )
            self.assertEqual(catalog["errors"], None)
            self.dbt("source", "freshness")
            freshness = json.loads((self.folder / "sources.json").read_text(encoding="utf-8"))["results"]
            self.assertEqual([each["status"] for each in freshness], ["warn"])
            self.assertEqual(freshness[0]["max_loaded_at"][:19], "2024-06-02T00:00:00")

"""awswrangler: data sets on S3 with their tables in the catalog, and the catalog itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import awswrangler as wr
import pandas as pd
import pyarrow as pa
from support import ClientTestCase

FRAME = pd.DataFrame(
    {
        "id": [1, 2, 3],
        "item": ["Äpfel", None, "it's"],
        "price": [Decimal("1.50"), Decimal("2.00"), None],
        "at": pd.to_datetime(["2024-05-01 10:00:00.500", "2024-05-01 11:00:00.000", "2024-05-02 12:00:00.000"]),
        "year": [2023, 2024, 2024],
    }
)


class WranglerTables(ClientTestCase):
    def write(self, frame: pd.DataFrame, table: str, **settings: Any) -> dict[str, Any]:
        path = f"s3://{self.bucket}/{table}/"
        return dict(wr.s3.to_parquet(frame, path, dataset=True, database=self.database, table=table, **settings))

    def test_modes_of_writing(self) -> None:
        self.write(
            FRAME,
            "modes",
            partition_cols=["year"],
            glue_table_settings={"description": "three sales", "columns_comments": {"item": "what"}},
        )
        self.assertEqual(
            self.rows("SELECT id, item, price, at, year FROM modes ORDER BY id"),
            [
                ("1", "Äpfel", "1.50", "2024-05-01 10:00:00.500", "2023"),
                ("2", None, "2.00", "2024-05-01 11:00:00.000", "2024"),
                ("3", "it's", None, "2024-05-02 12:00:00.000", "2024"),
            ],
        )
        more = FRAME.assign(id=[4, 5, 6])
        self.write(more, "modes", mode="append", partition_cols=["year"])
        self.assertEqual(self.rows("SELECT count(*), sum(id) FROM modes"), [("6", "21")])
        self.write(more[more.year == 2024], "modes", mode="overwrite_partitions", partition_cols=["year"])
        self.assertEqual(
            self.rows("SELECT year, count(*) FROM modes GROUP BY 1 ORDER BY 1"), [("2023", "2"), ("2024", "2")]
        )
        wider = FRAME.assign(note="new")
        self.write(wider, "modes", mode="append", partition_cols=["year"], schema_evolution=True)
        self.assertEqual(self.rows("SELECT count(note), count(*) FROM modes"), [("3", "7")])
        self.write(FRAME, "modes", mode="overwrite", partition_cols=["year"])
        self.assertEqual(self.rows("SELECT count(*) FROM modes"), [("3",)])
        frame = wr.s3.read_parquet_table(
            "modes", self.database, partition_filter=lambda values: values["year"] == "2023"
        )
        self.assertEqual(frame["item"].tolist(), ["Äpfel"])

    def test_projected_partitions(self) -> None:
        self.write(
            FRAME, "projected", partition_cols=["year"],
            athena_partition_projection_settings={
                "projection_types": {"year": "integer"}, "projection_ranges": {"year": "2020,2030"},
            },
        )  # fmt: skip
        self.assertEqual(wr.catalog.get_table_parameters(self.database, "projected")["projection.enabled"], "true")
        wr.catalog.delete_all_partitions("projected", self.database)
        self.assertEqual(self.rows("SELECT count(*) FROM projected WHERE year = 2024"), [("2",)])

    def test_csv_and_json(self) -> None:
        frame = FRAME[["id", "item", "year"]].fillna("")
        settings = {"index": False, "dataset": True, "database": self.database, "partition_cols": ["year"]}
        wr.s3.to_csv(frame, f"s3://{self.bucket}/csv/", table="lines", **settings)
        wr.s3.to_json(frame, f"s3://{self.bucket}/json/", table="documents", orient="records", lines=True, **settings)
        expected = [("1", "Äpfel", "2023"), ("2", "", "2024"), ("3", "it's", "2024")]
        for table in ("lines", "documents"):
            with self.subTest(table):
                self.assertEqual(self.rows(f"SELECT id, item, year FROM {table} ORDER BY id"), expected)

    def test_partitions(self) -> None:
        root = f"s3://{self.bucket}/parts/"
        self.write(FRAME, "parts", partition_cols=["year"])
        self.assertEqual(
            wr.catalog.get_parquet_partitions(self.database, "parts"),
            {f"{root}year=2023/": ["2023"], f"{root}year=2024/": ["2024"]},
        )
        self.assertEqual(
            wr.catalog.get_partitions(self.database, "parts", expression="year > 2023"), {f"{root}year=2024/": ["2024"]}
        )
        wr.catalog.delete_partitions("parts", self.database, partitions_values=[["2024"]])
        self.assertEqual(self.rows("SELECT count(*) FROM parts"), [("1",)])
        wr.catalog.add_parquet_partitions(self.database, "parts", {f"{root}year=2024/": ["2024"]}, compression="snappy")
        self.assertEqual(self.rows("SELECT count(*) FROM parts"), [("3",)])
        wr.catalog.delete_all_partitions("parts", self.database)
        self.assertEqual(wr.athena.repair_table("parts", self.database, s3_output=self.results), "SUCCEEDED")
        self.assertEqual(self.rows("SELECT count(*) FROM parts"), [("3",)])

    def test_the_catalog(self) -> None:
        wr.catalog.create_database("wrangled", description="by awswrangler")
        self.addCleanup(wr.catalog.delete_database, "wrangled")
        self.assertIn("wrangled", wr.catalog.databases()["Database"].tolist())
        self.assertRegex(self.failure(lambda: wr.catalog.create_database("wrangled")), r"^AlreadyExists: ")
        wr.catalog.create_parquet_table(
            self.database, "declared", f"s3://{self.bucket}/declared/", {"a": "bigint", "b": "decimal(5,2)"},
            partitions_types={"y": "int"},
            description="as declared", columns_comments={"a": "first"}, parameters={"owner": "us"},
        )  # fmt: skip
        self.assertTrue(wr.catalog.does_table_exist(self.database, "declared"))
        self.assertEqual(
            wr.catalog.get_table_types(self.database, "declared"), {"a": "bigint", "b": "decimal(5,2)", "y": "int"}
        )
        self.assertEqual(wr.catalog.get_table_location(self.database, "declared"), f"s3://{self.bucket}/declared/")
        self.assertEqual(wr.catalog.get_table_description(self.database, "declared"), "as declared")
        self.assertEqual(
            wr.catalog.get_columns_comments(self.database, "declared"), {"a": "first", "b": None, "y": None}
        )
        wr.catalog.upsert_table_parameters({"team": "b"}, self.database, "declared")
        parameters = wr.catalog.get_table_parameters(self.database, "declared")
        self.assertEqual([parameters["owner"], parameters["team"]], ["us", "b"])
        wr.catalog.add_column(self.database, "declared", "c", "string", "third")
        wr.catalog.delete_column(self.database, "declared", "b")
        self.assertEqual(
            wr.catalog.get_table_types(self.database, "declared"), {"a": "bigint", "c": "string", "y": "int"}
        )
        self.assertEqual(wr.catalog.get_table_number_of_versions(self.database, "declared"), 3)
        versions = {each["VersionId"] for each in wr.catalog.get_table_versions(self.database, "declared")}
        self.assertEqual(versions, {"1", "2", "3"})
        listed = wr.catalog.table(self.database, "declared")
        self.assertEqual(listed["Column Name"].tolist(), ["a", "c", "y"])
        self.assertEqual(listed["Partition"].tolist(), [False, False, True])

    def test_finding_tables(self) -> None:
        for name in ("sales_de", "sales_fr", "stock"):
            wr.catalog.create_parquet_table(self.database, name, f"s3://{self.bucket}/{name}/", {"a": "int"})
        names = [each["Name"] for each in wr.catalog.get_tables(database=self.database, name_prefix="sales")]
        self.assertEqual(names, ["sales_de", "sales_fr"])
        found = [each["Name"] for each in wr.catalog.search_tables(text="sales_f")]
        self.assertEqual(found, ["sales_fr"])
        self.assertTrue(wr.catalog.delete_table_if_exists(self.database, "stock"))
        self.assertFalse(wr.catalog.delete_table_if_exists(self.database, "stock"))

    def test_a_statement_that_makes_it_again(self) -> None:
        self.write(FRAME, "original", partition_cols=["year"], glue_table_settings={"parameters": {"team": "a"}})
        statement = wr.athena.generate_create_query("original", self.database)
        self.assertIn("PARTITIONED BY ( \n  `year` bigint)", statement)
        self.assertEqual(
            wr.athena.describe_table("original", self.database, s3_output=self.results)["Column Name"].tolist()[:4],
            ["id", "item", "price", "at"],
        )
        shown = wr.athena.show_create_table("original", self.database, s3_output=self.results)
        self.run_sql(shown.replace("`original`", "`copied`"))
        self.run_sql("MSCK REPAIR TABLE copied")
        self.assertEqual(self.rows("SELECT count(*) FROM copied"), [("3",)])

    def test_nested_types(self) -> None:
        frame = pd.DataFrame({"id": [1], "tags": [["a", "b"]], "pair": [{"x": 1, "y": "z"}], "raw": [b"\x00\xff"]})
        self.write(frame, "nested", dtype={"pair": "struct<x:int,y:string>"})
        self.assertEqual(
            wr.catalog.get_table_types(self.database, "nested"),
            {"id": "bigint", "tags": "array<string>", "pair": "struct<x:int,y:string>", "raw": "binary"},
        )
        self.assertEqual(self.rows("SELECT tags[2], pair.y, to_hex(raw) FROM nested"), [("b", "z", "00FF")])
        self.assertEqual(pa.array(wr.s3.read_parquet_table("nested", self.database)["tags"]).to_pylist(), [["a", "b"]])

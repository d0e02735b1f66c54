"""awswrangler (AWS SDK for pandas): queries by each of its ways of reading, with exact values and types."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import awswrangler as wr
import pandas as pd
from support import ClientTestCase, client

VALUES = """
    SELECT * FROM (VALUES
        (1, BIGINT '9223372036854775807', 'naïve, "日本"', DECIMAL '12345.67', TIMESTAMP '2024-05-01 10:11:12.345',
         DATE '2024-02-29', true, DOUBLE '0.1', ARRAY['a', NULL]),
        (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, BIGINT '-1', '', DECIMAL '-0.01', TIMESTAMP '1999-12-31 23:59:59.999',
         DATE '1970-01-01', false, DOUBLE '-1e300', ARRAY[])
    ) AS t (id, big, text, price, at, day, flag, number, tags)"""

ROWS: list[tuple[Any, ...]] = [
    (
        1,
        9223372036854775807,
        'naïve, "日本"',
        Decimal("12345.67"),
        pd.Timestamp("2024-05-01 10:11:12.345"),
        dt.date(2024, 2, 29),
        True,
        0.1,
    ),
    (2, None, None, None, None, None, None, None),
    (
        3,
        -1,
        "",
        Decimal("-0.01"),
        pd.Timestamp("1999-12-31 23:59:59.999"),
        dt.date(1970, 1, 1),
        False,
        -1e300,
    ),
]


def plain(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The frame's rows as Python values, in the order of their ids; what is missing is None."""
    ordered = frame.sort_values("id")[list(columns) or list(frame.columns)]
    return [
        tuple(None if not isinstance(value, list) and pd.isna(value) else value for value in row)
        for row in ordered.astype(object).itertuples(index=False, name=None)
    ]


class WranglerQueries(ClientTestCase):
    def read(self, sql: str, **settings: Any) -> Any:
        return wr.athena.read_sql_query(sql, self.database, s3_output=self.results, **settings)

    def columns(self) -> list[str]:
        return ["id", "big", "text", "price", "at", "day", "flag", "number"]

    def check(self, frame: pd.DataFrame) -> None:
        self.assertEqual(plain(frame, *self.columns()), ROWS)

    def test_plain_csv(self) -> None:
        frame = self.read(
            VALUES.replace("t (id", "t (id").replace("SELECT *", "SELECT " + ", ".join(self.columns())),
            ctas_approach=False,
        )
        # A CSV has no difference between NULL and '' that pandas would read.
        self.assertEqual([row[2] for row in plain(frame)], ['naïve, "日本"', None, None])
        self.assertEqual([row[:2] + row[3:] for row in plain(frame)], [row[:2] + row[3:] for row in ROWS])
        self.assertEqual(
            {name: str(kind) for name, kind in frame.dtypes.items()},
            {"id": "Int32", "big": "Int64", "text": "string", "price": "object", "at": "datetime64[us]",
             "day": "object", "flag": "boolean", "number": "float64"},
        )  # fmt: skip

    def test_ctas(self) -> None:
        frame = self.read(VALUES, ctas_approach=True, keep_files=False)
        self.check(frame)
        self.assertEqual(
            [None if tags is None else list(tags) for tags in frame.sort_values("id")["tags"]], [["a", None], None, []]
        )
        self.assertEqual(wr.catalog.tables(database=self.database)["Table"].tolist(), [])

    def test_chunks(self) -> None:
        sql = "SELECT n AS id, n * n AS square FROM UNNEST(sequence(1, 2500)) AS t(n)"
        for settings in ({"ctas_approach": False}, {"ctas_approach": True}):
            with self.subTest(**settings):
                chunks = list(self.read(sql, chunksize=1000, **settings))
                self.assertEqual(sum(len(chunk) for chunk in chunks), 2500)
                self.assertLessEqual(max(len(chunk) for chunk in chunks), 1000)
                whole = pd.concat(chunks).sort_values("id")
                self.assertEqual(whole["square"].tolist(), [n * n for n in range(1, 2501)])

    def test_parameters(self) -> None:
        sql = f"SELECT id FROM ({VALUES}) WHERE text = {{}} AND price > {{}}"
        named = self.read(
            sql.format(":text", ":price"), ctas_approach=False, params={"text": 'naïve, "日本"', "price": 1}
        )
        self.assertEqual(named["id"].tolist(), [1])
        marked = self.read(
            sql.format("?", "?"), ctas_approach=False, params=["'naïve, \"日本\"'", "1"], paramstyle="qmark"
        )
        self.assertEqual(marked["id"].tolist(), [1])
        self.assertEqual(
            len(self.read("SELECT 1 AS id WHERE :quote = 'it''s'", ctas_approach=False, params={"quote": "it's"})), 1
        )

    def test_no_rows(self) -> None:
        for settings in (
            {"ctas_approach": False},
            {"ctas_approach": True},
        ):
            with self.subTest(**settings):
                self.assertEqual(len(self.read(f"SELECT id, text FROM ({VALUES}) WHERE id > 9", **settings)), 0)

    def test_a_failing_query(self) -> None:
        self.assertRegex(
            self.failure(lambda: self.read("SELECT nix FROM (SELECT 1 a)", ctas_approach=False)),
            r"^QueryFailed: COLUMN_NOT_FOUND: line 1:8: Column 'nix' cannot be resolved",
        )

    def test_an_execution_by_hand(self) -> None:
        query = wr.athena.start_query_execution(
            f"SELECT id, big FROM ({VALUES})", self.database, s3_output=self.results
        )
        self.assertEqual(wr.athena.wait_query(query)["Status"]["State"], "SUCCEEDED")
        self.assertEqual(plain(wr.athena.get_query_results(query)), [row[:2] for row in ROWS])
        self.assertEqual(wr.athena.get_query_columns_types(query), {"id": "integer", "big": "bigint"})
        executions = wr.athena.get_query_executions([query])
        self.assertEqual(executions["Query"].tolist(), [f"SELECT id, big FROM ({VALUES})"])
        self.assertIn(query, wr.athena.list_query_executions())

    def test_the_cache_of_earlier_queries(self) -> None:
        sql = "SELECT 41 + 1 AS id"
        first = self.read(sql, ctas_approach=False)
        again = self.read(sql, ctas_approach=False, athena_cache_settings={"max_cache_seconds": 900})
        self.assertEqual(first.query_metadata["QueryExecutionId"], again.query_metadata["QueryExecutionId"])
        self.assertEqual(again["id"].tolist(), [42])

    def test_prepared_statements(self) -> None:
        wr.athena.create_prepared_statement(
            f"SELECT id, text FROM ({VALUES}) WHERE id = ?", "by_id", workgroup="primary"
        )
        self.addCleanup(wr.athena.delete_prepared_statement, "by_id")
        frame = self.read("EXECUTE by_id USING 3", ctas_approach=False)
        self.assertEqual(frame["id"].tolist(), [3])
        self.assertIn("by_id", [each["StatementName"] for each in wr.athena.list_prepared_statements()])
        executed = self.read("EXECUTE by_id", ctas_approach=False, params=["1"], paramstyle="qmark")
        self.assertEqual(executed["text"].tolist(), ['naïve, "日本"'])

    def test_a_table_of_ctas(self) -> None:
        made = wr.athena.create_ctas_table(
            f"SELECT text, price, id FROM ({VALUES})", self.database, "made", s3_output=f"s3://{self.bucket}/made",
            storage_format="parquet", write_compression="snappy", partitioning_info=["id"], wait=True,
        )  # fmt: skip
        self.assertEqual(made["ctas_table"], "made")
        self.addCleanup(wr.catalog.delete_table_if_exists, self.database, "made")
        frame = wr.athena.read_sql_table("made", self.database, ctas_approach=False, s3_output=self.results)
        self.assertEqual(sorted(frame["price"].dropna()), [Decimal("-0.01"), Decimal("12345.67")])
        self.assertEqual(
            wr.catalog.get_partitions(self.database, "made"),
            {f"s3://{self.bucket}/made/made/id={number}": [str(number)] for number in (1, 2, 3)},
        )
        again = wr.athena.read_sql_table("made", self.database, s3_output=self.results)
        self.assertEqual(sorted(again["id"]), [1, 2, 3])

    def test_workgroup(self) -> None:
        self.assertEqual(wr.athena.get_work_group("primary")["WorkGroup"]["Name"], "primary")
        settings = {"ResultConfiguration": {"OutputLocation": self.results}, "EnforceWorkGroupConfiguration": True}
        client("athena").create_work_group(Name="wrangler", Configuration=settings)
        frame = wr.athena.read_sql_query("SELECT 7 AS id", self.database, workgroup="wrangler", ctas_approach=False)
        self.assertEqual(frame["id"].tolist(), [7])

"""PyAthena (DB API 2.0): each of its cursors, all types exact, parameters, cancellation and errors."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from functools import partial
from typing import Any
from unittest import mock

import pyarrow.fs
import pyathena
from pyathena.arrow.cursor import ArrowCursor
from pyathena.async_cursor import AsyncCursor
from pyathena.cursor import DictCursor
from pyathena.error import OperationalError, ProgrammingError
from pyathena.model import AthenaQueryExecution
from pyathena.pandas.cursor import PandasCursor
from support import ClientTestCase, endpoint

TYPES: list[tuple[str, str, str, Any]] = [
    ("boolean", "true", "boolean", True),
    ("tinyint", "CAST(-128 AS tinyint)", "tinyint", -128),
    ("smallint", "CAST(32767 AS smallint)", "smallint", 32767),
    ("integer", "-2147483648", "integer", -2147483648),
    ("bigint", "BIGINT '9223372036854775807'", "bigint", 9223372036854775807),
    ("real", "CAST(0.1 AS real)", "float", 0.1),
    ("double", "CAST(1e-9 AS double)", "double", 1e-9),
    ("decimal", "DECIMAL '-12345678901234567890.123456789012345678'", "decimal",
     Decimal("-12345678901234567890.123456789012345678")),
    ("varchar", "'naïve \"日本\", it''s' || chr(10) || 'two'", "varchar", 'naïve "日本", it\'s\ntwo'),
    ("char", "CAST('ab' AS char(4))", "char", "ab  "),
    ("varbinary", "X'00FF10'", "varbinary", b"\x00\xff\x10"),
    ("date", "DATE '2024-02-29'", "date", dt.date(2024, 2, 29)),
    ("timestamp", "TIMESTAMP '2024-05-01 10:11:12.345'", "timestamp", dt.datetime(2024, 5, 1, 10, 11, 12, 345000)),
    ("time", "TIME '10:11:12.345'", "time", dt.time(10, 11, 12, 345000)),
    ("array", "ARRAY[1, NULL, 3]", "array", [1, None, 3]),
    # Athena's answer does not tell the types inside of these two, and PyAthena leaves them text.
    ("map", "MAP(ARRAY['a', 'b'], ARRAY[1, 2])", "map", {"a": "1", "b": "2"}),
    ("row", "CAST(ROW(1, 'x') AS ROW(n integer, s varchar))", "row", {"n": "1", "s": "x"}),
    ("json", "JSON '{\"a\": [1, null, \"ü\"]}'", "json", {"a": [1, None, "ü"]}),
    ("nothing", "CAST(NULL AS varchar)", "varchar", None),
]  # fmt: skip

ENDLESS = (
    "SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) "
    "CROSS JOIN UNNEST(sequence(1, 10000)) c(z) WHERE x * y * z % 7 = 3"
)


class PyathenaCursors(ClientTestCase):
    def connect(self, **settings: Any) -> Any:
        endpoint()
        connection = pyathena.connect(
            s3_staging_dir=self.results,
            schema_name=self.database,
            region_name="us-east-1",
            poll_interval=0.1,
            **settings,
        )
        self.addCleanup(connection.close)
        return connection

    def test_all_types(self) -> None:
        cursor = self.connect().cursor()
        cursor.execute("SELECT " + ", ".join(f"{value} AS {name}_" for name, value, _, _ in TYPES))
        self.assertEqual([column[0] for column in cursor.description], [f"{name}_" for name, *_ in TYPES])
        self.assertEqual([column[1] for column in cursor.description], [kind for _, _, kind, _ in TYPES])
        row = cursor.fetchone()
        for (name, _, _, expected), value in zip(TYPES, row, strict=True):
            with self.subTest(name):
                self.assertEqual((type(value), value), (type(expected), expected))
        self.assertIsNone(cursor.fetchone())
        self.assertEqual(cursor.state, AthenaQueryExecution.STATE_SUCCEEDED)
        precision = {column[0]: column[4:6] for column in cursor.description}
        self.assertEqual(precision["decimal_"], (38, 18))

    def test_times_in_zones_and_odd_numbers(self) -> None:
        cursor = self.connect().cursor()
        row = cursor.execute(
            "SELECT TIMESTAMP '2024-05-01 10:11:12.345 Asia/Tokyo', nan(), -infinity(), CAST(1e308 AS double)"
        ).fetchone()
        self.assertEqual(row[0].isoformat(), "2024-05-01T10:11:12.345000+09:00")
        self.assertTrue(math.isnan(row[1]))
        self.assertEqual(row[2:], (-math.inf, 1e308))

    def test_fetching(self) -> None:
        cursor = self.connect().cursor()
        cursor.execute("SELECT n, 'text ' || CAST(n AS varchar) AS t FROM UNNEST(sequence(1, 2500)) AS s(n) ORDER BY n")
        self.assertEqual(cursor.fetchmany(2), [(1, "text 1"), (2, "text 2")])
        rest = cursor.fetchall()
        self.assertEqual([len(rest), rest[-1]], [2498, (2500, "text 2500")])
        self.assertGreaterEqual(cursor.total_execution_time_in_millis, cursor.engine_execution_time_in_millis)
        self.assertEqual(cursor.data_scanned_in_bytes, 0)
        self.assertRegex(cursor.output_location, rf"^{self.results}[0-9a-f-]{{36}}\.csv$")
        named = self.connect(cursor_class=DictCursor).cursor()
        self.assertEqual(named.execute("SELECT 1 AS a, NULL AS b").fetchall(), [{"a": 1, "b": None}])

    def test_parameters(self) -> None:
        cursor = self.connect().cursor()
        row = cursor.execute(
            "SELECT %(text)s, %(number)d, %(day)s", {"text": "it's ü", "number": 7, "day": dt.date(2024, 2, 29)}
        )
        self.assertEqual(row.fetchone(), ("it's ü", 7, dt.date(2024, 2, 29)))
        marked = cursor.execute("SELECT ? || 'x', ? + 1", ["'it''s'", "41"], paramstyle="qmark")
        self.assertEqual(marked.fetchone(), ("it'sx", 42))

    def test_executemany(self) -> None:
        self.run_sql(
            "CREATE EXTERNAL TABLE people (id int, name string) STORED AS PARQUET "
            f"LOCATION 's3://{self.bucket}/people/'"
        )
        cursor = self.connect().cursor()
        people = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bø"}]
        cursor.executemany("INSERT INTO people VALUES (%(id)d, %(name)s)", people)
        self.assertEqual(self.rows("SELECT id, name FROM people ORDER BY id"), [("1", "Ann"), ("2", "Bø")])
        cursor.execute("INSERT INTO people SELECT id + 10, name FROM people")
        self.assertEqual(cursor.rowcount, 2)

    def test_pandas(self) -> None:
        sql = (
            "SELECT * FROM (VALUES (1, DECIMAL '1.50', 'ü', true), (2, NULL, NULL, NULL)) t(id, price, text, flag) "
            "ORDER BY id"
        )
        frame = self.connect().cursor(PandasCursor).execute(sql).as_pandas()
        self.assertEqual({name: str(kind) for name, kind in frame.dtypes.items()}["id"], "Int64")
        self.assertEqual(frame["price"].tolist()[0], Decimal("1.50"))
        self.assertTrue(frame["price"].isna()[1])
        self.assertEqual(frame["text"].tolist()[0], "ü")
        chunks = self.connect().cursor(PandasCursor, chunksize=1).execute(sql).as_pandas()
        self.assertEqual([len(chunk) for chunk in chunks], [1, 1])

    def test_arrow(self) -> None:
        # PyAthena makes pyarrow's file system without an endpoint, and pyarrow takes none from the environment.
        address = endpoint().removeprefix("http://")
        local = partial(pyarrow.fs.S3FileSystem, endpoint_override=address, scheme="http")
        self.enterContext(mock.patch("pyarrow.fs.S3FileSystem", local))
        sql = (
            "SELECT * FROM (VALUES (1, DECIMAL '1.50', 'ü', TIMESTAMP '2024-05-01 10:11:12.345', ARRAY['a']), "
            "(2, NULL, NULL, NULL, NULL)) t(id, price, text, at, tags)"
        )
        # PyAthena reads a CSV's decimals as text, and text that is missing as ''.
        rows = [
            {"id": 1, "price": "1.50", "text": "ü", "at": dt.datetime(2024, 5, 1, 10, 11, 12, 345000)},
            {"id": 2, "price": "", "text": "", "at": None},
        ]
        table = self.connect().cursor(ArrowCursor).execute(sql).as_arrow()
        self.assertEqual(table.select(["id", "price", "text", "at"]).to_pylist(), rows)

    def test_async(self) -> None:
        cursor = self.connect(cursor_class=AsyncCursor).cursor(max_workers=4)
        futures = [cursor.execute(f"SELECT {n} AS n")[1] for n in range(4)]
        self.assertEqual([future.result().fetchall() for future in futures], [[(n,)] for n in range(4)])
        query, future = cursor.execute(ENDLESS)
        cursor.cancel(query).result()
        self.assertEqual(future.result().state, AthenaQueryExecution.STATE_CANCELLED)

    def test_results_are_reused(self) -> None:
        cursor = self.connect().cursor()
        sql = "SELECT count(*) AS n FROM UNNEST(sequence(1, 777)) AS s(n)"
        for reused in (False, True):
            cursor.execute(sql, result_reuse_enable=True, result_reuse_minutes=60)
            self.assertEqual(cursor.fetchall(), [(777,)])
            self.assertEqual((cursor.result_reuse_enabled, cursor.result_reuse_minutes), (True, 60))
            self.assertIs(cursor.reused_previous_result, reused)

    def test_statements_on_the_catalog(self) -> None:
        cursor = self.connect().cursor()
        cursor.execute(
            f"CREATE EXTERNAL TABLE parted (a int) PARTITIONED BY (y int) LOCATION 's3://{self.bucket}/parted/'"
        )
        cursor.execute("ALTER TABLE parted ADD PARTITION (y = 2024)")
        self.assertEqual(cursor.execute("SHOW PARTITIONS parted").fetchall(), [("y=2024",)])
        self.assertIn(("parted",), cursor.execute("SHOW TABLES").fetchall())
        described = cursor.execute("DESCRIBE parted").fetchall()
        self.assertEqual([part.strip() for part in described[0][0].split("\t")], ["a", "int", ""])
        metadata = cursor.get_table_metadata("parted")
        self.assertEqual([(key.name, key.type) for key in metadata.partition_keys], [("y", "int")])
        self.assertIn("parted", [each.name for each in cursor.list_table_metadata()])

    def test_errors(self) -> None:
        cursor = self.connect().cursor()
        with self.assertRaisesRegex(OperationalError, "COLUMN_NOT_FOUND: line 1:8: Column 'nix' cannot be resolved"):
            cursor.execute("SELECT nix")
        with self.assertRaisesRegex(Exception, "mismatched input 'SELEC'"):
            cursor.execute("SELEC 1")
        with self.assertRaises(ProgrammingError):
            self.connect().cursor().fetchone()

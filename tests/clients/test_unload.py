"""UNLOAD, as awswrangler and PyAthena read by it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any
from unittest import mock

import awswrangler as wr
import pandas as pd
import pyarrow.fs
import pyathena
from pyathena.arrow.cursor import ArrowCursor
from pyathena.pandas.cursor import PandasCursor
from support import ClientTestCase, endpoint

SQL = """
    SELECT * FROM (VALUES
        (1, BIGINT '9223372036854775807', 'naïve "日本"', DECIMAL '1.50', TIMESTAMP '2024-05-01 10:11:12.345',
            ARRAY['a', NULL]),
        (2, NULL, NULL, NULL, NULL, NULL),
        (3, BIGINT '-1', '', DECIMAL '-0.01', TIMESTAMP '1999-12-31 23:59:59.999', ARRAY[])
    ) AS t (id, big, text, price, at, tags)"""

ROWS: list[dict[str, Any]] = [
    {"id": 1, "big": 9223372036854775807, "text": 'naïve "日本"', "price": Decimal("1.50"),
     "at": dt.datetime(2024, 5, 1, 10, 11, 12, 345000), "tags": ["a", None]},
    dict.fromkeys(("big", "text", "price", "at", "tags")) | {"id": 2},
    {"id": 3, "big": -1, "text": "", "price": Decimal("-0.01"),
     "at": dt.datetime(1999, 12, 31, 23, 59, 59, 999000), "tags": []},
]  # fmt: skip


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as Python values, in the order of their ids."""
    return [
        {
            name: list(value) if name == "tags" and value is not None else None if pd.isna(value) else value
            for name, value in row.items()
        }
        for row in frame.sort_values("id").astype(object).to_dict("records")
    ]


class UnloadClients(ClientTestCase):
    def read(self, sql: str) -> pd.DataFrame:
        # UNLOAD writes to a folder that is empty.
        output = f"s3://{self.bucket}/{self.id()}/"
        return wr.athena.read_sql_query(sql, self.database, ctas_approach=False, unload_approach=True, s3_output=output)

    def connect(self) -> Any:
        endpoint()
        connection = pyathena.connect(
            s3_staging_dir=self.results, schema_name=self.database, region_name="us-east-1", poll_interval=0.1
        )
        self.addCleanup(connection.close)
        return connection

    def test_awswrangler_reads_by_unload(self) -> None:
        self.assertEqual(plain(self.read(SQL)), ROWS)

    def test_awswrangler_reads_no_rows(self) -> None:
        # Nothing is written then, so there is nothing to take the types from.
        failure = self.failure(lambda: self.read(f"SELECT id, text FROM ({SQL}) WHERE id > 9"))
        self.assertEqual(failure, "EmptyDataFrame: Query would return untyped, empty dataframe.")

    def test_awswrangler_unloads_to_a_folder(self) -> None:
        path = f"s3://{self.bucket}/unloaded/"
        made = wr.athena.unload(SQL, path, self.database, compression="snappy")
        self.assertEqual(made.raw_payload["StatementType"], "DML")
        # The manifest of what was written lies in the same folder.
        files = wr.s3.read_csv(made.manifest_location, header=None)[0].tolist()
        self.assertTrue(all(file.startswith(path) for file in files), files)
        self.assertEqual(plain(wr.s3.read_parquet(files)), ROWS)
        self.assertRegex(
            self.failure(lambda: wr.athena.unload(SQL, path, self.database)),
            r"^QueryFailed: .*HIVE_PATH_ALREADY_EXISTS",
        )

    def test_pyathena_reads_by_unload(self) -> None:
        # PyAthena makes pyarrow's file system without an endpoint, and pyarrow takes none from the environment.
        address = endpoint().removeprefix("http://")
        local = partial(pyarrow.fs.S3FileSystem, endpoint_override=address, scheme="http")
        self.enterContext(mock.patch("pyarrow.fs.S3FileSystem", local))
        table = self.connect().cursor(ArrowCursor, unload=True).execute(SQL).as_arrow()
        self.assertEqual(sorted(table.to_pylist(), key=lambda row: row["id"]), ROWS)
        self.assertEqual(str(table.schema.field("price").type), "decimal128(3, 2)")
        frame = self.connect().cursor(PandasCursor, unload=True).execute(SQL).as_pandas()
        self.assertEqual(sorted(frame["id"]), [1, 2, 3])

"""awswrangler: Iceberg tables, written, merged, evolved and deleted from by Athena."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import awswrangler as wr
import pandas as pd
from support import ClientTestCase

FRAME = pd.DataFrame(
    {
        "id": pd.Series([1, 2, 3], dtype="int32"),
        "item": ["Äpfel", None, "it's"],
        "price": [Decimal("1.50"), Decimal("2.00"), Decimal("3.25")],
        "day": pd.to_datetime(["2024-05-01", "2024-05-01", "2024-05-02"]).date,
    }
)


class WranglerIceberg(ClientTestCase):
    def write(self, frame: pd.DataFrame, table: str, **settings: Any) -> None:
        wr.athena.to_iceberg(
            frame, self.database, table, temp_path=f"s3://{self.bucket}/temporary/", s3_output=self.results,
            table_location=f"s3://{self.bucket}/{table}/", keep_files=False, **settings,
        )  # fmt: skip

    def test_append_and_overwrite(self) -> None:
        self.write(FRAME, "written", partition_cols=["day"])
        self.write(FRAME.assign(id=FRAME.id + 10), "written", partition_cols=["day"])
        self.assertEqual(self.rows("SELECT count(*), sum(id), sum(price) FROM written"), [("6", "42", "13.50")])
        self.assertEqual(
            wr.catalog.get_table_types(self.database, "written", filter_iceberg_current=True),
            {"id": "int", "item": "string", "price": "decimal(3,2)", "day": "date"},
        )
        self.write(FRAME[FRAME.id == 3], "written", partition_cols=["day"], mode="overwrite_partitions")
        self.assertEqual(self.rows("SELECT id FROM written ORDER BY id"), [("1",), ("2",), ("3",), ("11",), ("12",)])
        self.write(FRAME, "written", partition_cols=["day"], mode="overwrite")
        self.assertEqual(self.rows("SELECT id FROM written ORDER BY id"), [("1",), ("2",), ("3",)])
        self.assertEqual(wr.catalog.tables(database=self.database, name_prefix="temp")["Table"].tolist(), [])

    def test_merge(self) -> None:
        self.write(FRAME, "merged")
        changed = FRAME.iloc[1:].assign(item=["Brot", "Käse"])
        self.write(
            pd.concat([changed, FRAME.iloc[:1].assign(id=9)]).astype({"id": "int32"}), "merged", merge_cols=["id"]
        )
        self.assertEqual(
            self.rows("SELECT id, item FROM merged ORDER BY id"),
            [("1", "Äpfel"), ("2", "Brot"), ("3", "Käse"), ("9", "Äpfel")],
        )
        self.write(
            FRAME.iloc[:2].assign(item="no", id=pd.Series([1, 5], dtype="int32")),
            "merged",
            merge_cols=["id"],
            merge_condition="ignore",
        )
        self.assertEqual(
            self.rows("SELECT id, item FROM merged WHERE id IN (1, 5) ORDER BY id"), [("1", "Äpfel"), ("5", "no")]
        )

    def test_schema_evolution(self) -> None:
        self.write(FRAME, "evolved")
        wider = FRAME.assign(id=FRAME.id.astype("int64") + 5_000_000_000, note="new")
        self.assertRegex(
            self.failure(lambda: self.write(wider, "evolved")), r"^InvalidArgumentValue: Schema change detected"
        )
        self.write(wider, "evolved", schema_evolution=True)
        self.assertEqual(
            wr.catalog.get_table_types(self.database, "evolved", filter_iceberg_current=True),
            {"id": "bigint", "item": "string", "price": "decimal(3,2)", "day": "date", "note": "string"},
        )
        self.assertEqual(
            self.rows("SELECT count(*), count(note), max(id) FROM evolved WHERE id > 1"), [("5", "3", "5000000003")]
        )
        self.write(FRAME.drop(columns="item").astype({"id": "int64"}), "evolved", schema_evolution=True)
        self.assertEqual(self.rows("SELECT count(*), count(item) FROM evolved"), [("9", "4")])
        narrower = wider.assign(note=1)
        self.assertRegex(
            self.failure(lambda: self.write(narrower, "evolved", schema_evolution=True)),
            r"^QueryFailed: NOT_SUPPORTED: Cannot change column type: note: string -> long",
        )

    def test_delete(self) -> None:
        self.write(FRAME, "thinned")
        wr.athena.delete_from_iceberg_table(
            FRAME[["id"]].iloc[:2], self.database, "thinned", merge_cols=["id"],
            temp_path=f"s3://{self.bucket}/temporary/", s3_output=self.results, keep_files=False,
        )  # fmt: skip
        self.assertEqual(self.rows("SELECT id FROM thinned"), [("3",)])

    def test_reading(self) -> None:
        self.write(FRAME, "read", additional_table_properties={"write_compression": "snappy"})
        frame = wr.athena.read_sql_table("read", self.database, ctas_approach=False, s3_output=self.results)
        self.assertEqual(frame.sort_values("id")["price"].tolist(), FRAME["price"].tolist())
        self.assertEqual(frame.sort_values("id")["day"].tolist(), FRAME["day"].tolist())
        snapshots = wr.athena.read_sql_query(
            f'SELECT operation FROM "{self.database}"."read$snapshots"',
            self.database,
            ctas_approach=False,
            s3_output=self.results,
        )
        self.assertEqual(snapshots["operation"].tolist(), ["append"])

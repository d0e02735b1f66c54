"""Readers, writers and transforms on files."""

from __future__ import annotations

import gzip
import unittest

from awsglue.dynamicframe import DynamicFrame
from awsglue.transforms import ApplyMapping, DropFields, Filter, RenameField, ResolveChoice, SelectFields
from support import GlueTestCase

LINES = {"separator": "\x01", "quoteChar": "-1", "withHeader": False, "attachFilename": "source_object"}


class Readers(GlueTestCase):
    def test_unquoted_lines_come_whole_with_their_object(self) -> None:
        self.put("ingest_date=2024-01-01/a b+%.jsonl", '{"a":"x,\\"y"}\n\n{"b":1}} x\n')
        self.put("ingest_date=2024-01-02/c.jsonl", "last")
        rows = self.source("csv", LINES).toDF().collect()
        path = f"file://{self.folder}/ingest_date=2024-01-01/a b+%.jsonl"
        self.assertEqual(
            sorted((row["col0"], row["source_object"]) for row in rows),
            sorted(
                [
                    ('{"a":"x,\\"y"}', path),
                    ('{"b":1}} x', path),
                    ("last", f"file://{self.folder}/ingest_date=2024-01-02/c.jsonl"),
                ]
            ),
        )

    def test_unquoted_columns_lose_no_text(self) -> None:
        self.put("a", "1|2\n3|4|5\n6\n")
        rows = self.source("csv", {"separator": "|", "quoteChar": "-1"}).toDF().orderBy("col0").collect()
        self.assertEqual([tuple(row) for row in rows], [("1", "2"), ("3", "4|5"), ("6", None)])

    def test_csv_with_header_and_quotes(self) -> None:
        self.put("a.csv", 'id,name\n1,"x, ""y"""\n')
        rows = self.source("csv", {"withHeader": True}).toDF().collect()
        self.assertEqual([row.asDict() for row in rows], [{"id": "1", "name": 'x, "y"'}])

    def test_gzip_by_the_name(self) -> None:
        self.put("a.json.gz", gzip.compress(b'{"id":1}\n{"id":2}\n'))
        self.assertEqual(self.source("json").count(), 2)

    def test_malformed_json_is_dropped(self) -> None:
        self.put("a.json", '{"id":1}\nnot json\n')
        self.assertEqual([row["id"] for row in self.source("json").toDF().collect()], [1])

    def test_nothing_to_read_is_a_frame_without_columns(self) -> None:
        frame = self.source("csv", LINES)
        self.assertEqual(frame.toDF().columns, [])
        self.assertEqual(frame.count(), 0)

    def test_hidden_and_empty_objects_are_passed_over(self) -> None:
        self.put("_temporary/x", "no\n")
        self.put(".hidden", "no\n")
        self.put("empty", "")
        self.put("a", "yes\n")
        self.assertEqual([row["col0"] for row in self.source("csv", LINES).toDF().collect()], ["yes"])

    def test_without_recurse_only_the_folder_itself(self) -> None:
        self.put("a", "1\n")
        self.put("sub/b", "2\n")
        self.assertEqual(self.source("csv", LINES, recurse=False).count(), 1)

    def test_exclusions(self) -> None:
        self.put("a.csv", "1\n")
        self.put("a.pdf", "2\n")
        self.assertEqual(self.source("csv", LINES, exclusions='["**.pdf"]').count(), 1)

    def test_what_is_not_done_is_refused_by_name(self) -> None:
        self.put("a", "1\n")
        for format, options in (("xml", {}), ("json", {"jsonPath": "$"}), ("csv", {"skipFirst": True})):
            with self.assertRaises(NotImplementedError):
                self.source(format, options)
        with self.assertRaisesRegex(NotImplementedError, "mysql"):
            self.glue.create_dynamic_frame.from_options("mysql", {})
        with self.assertRaisesRegex(NotImplementedError, "getSink"):
            self.glue.getSink(connection_type="s3")
        with self.assertRaisesRegex(NotImplementedError, "relationalize"):
            self.source("csv").relationalize("root", "s3://x")


class Writers(GlueTestCase):
    def write(self, format: str, **options: object) -> None:
        frame = self.spark.createDataFrame([(1, "x"), (2, "y")], "id int, part string")
        self.glue.write_dynamic_frame.from_options(
            frame=DynamicFrame.fromDF(frame, self.glue, "out"),
            connection_type="s3",
            connection_options={"path": f"file://{self.folder}/out/", "partitionKeys": ["part"]},
            format=format,
            **options,
        )

    def test_sinks_append(self) -> None:
        self.write("parquet")
        self.write("parquet")
        rows = self.spark.read.parquet(f"file://{self.folder}/out/").orderBy("id").collect()
        self.assertEqual([tuple(row) for row in rows], [(1, "x"), (1, "x"), (2, "y"), (2, "y")])
        self.assertFalse((self.folder / "out" / "_SUCCESS").exists())

    def test_csv_and_json(self) -> None:
        self.write("csv")
        self.write("json")
        texts = sorted(path.read_text() for path in self.folder.glob("out/part=x/part-*"))
        self.assertEqual(texts, ['"id"\n"1"\n', '{"id":1}\n'])


class Transforms(GlueTestCase):
    def setUp(self) -> None:
        super().setUp()
        data = self.spark.createDataFrame([(1, "a", 2.5), (2, "b", 3.5)], "id int, name string, price double")
        self.frame = DynamicFrame.fromDF(data, self.glue, "in")

    def test_apply_mapping_drops_what_is_not_mapped(self) -> None:
        mapped = ApplyMapping.apply(
            frame=self.frame,
            mappings=[("id", "int", "key", "long"), ("price", "double", "price", "string"), ("no", "int", "no", "int")],
        ).toDF()
        self.assertEqual(mapped.dtypes, [("key", "bigint"), ("price", "string")])

    def test_filter_select_drop_rename_resolve(self) -> None:
        kept = Filter.apply(frame=self.frame, f=lambda row: row["price"] > 3)
        self.assertEqual([row["id"] for row in kept.toDF().collect()], [2])
        self.assertEqual(SelectFields.apply(frame=self.frame, paths=["name", "id"]).toDF().columns, ["name", "id"])
        self.assertEqual(DropFields.apply(frame=self.frame, paths=["name"]).toDF().columns, ["id", "price"])
        renamed = RenameField.apply(self.frame, "id", "key")
        self.assertEqual(renamed.toDF().columns, ["key", "name", "price"])
        cast = ResolveChoice.apply(frame=self.frame, specs=[("id", "cast:long")])
        self.assertEqual(cast.toDF().dtypes[0], ("id", "bigint"))

    def test_other_transforms_are_refused_by_name(self) -> None:
        with self.assertRaisesRegex(NotImplementedError, "Relationalize"):
            from awsglue.transforms import Relationalize  # noqa: F401


if __name__ == "__main__":
    unittest.main()

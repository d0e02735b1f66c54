"""A table of the Glue Data Catalog as a source."""

from __future__ import annotations

from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from awsglue import _bookmarks, _formats, _objects

_OBJECT = "__source_object"


class Source:
    """One table, read through the Glue API's GetTable and GetPartitions."""

    def __init__(self, database: str, table: str, catalog_id: str | None) -> None:
        import boto3

        self._client = boto3.client("glue")
        self._where = {"DatabaseName": database, **({"CatalogId": catalog_id} if catalog_id else {})}
        self._table = self._client.get_table(Name=table, **self._where)["Table"]
        self._keys = self._table.get("PartitionKeys", [])

    def read(self, session: SparkSession, predicate: str, transformation_ctx: str, exclusions: Any) -> DataFrame:
        """The rows with the partition columns behind, in their catalog types."""
        owners: dict[str, tuple[str, ...]] = {}
        objects = []
        for location, values in self._locations(session, predicate):
            for item in _objects.list_objects([location], recurse=True, exclusions=exclusions):
                owners[item.path] = values
                objects.append(item)
        due = _bookmarks.unread(objects, transformation_ctx)
        format, format_options = self._format()
        attach = {"attachFilename": _OBJECT} if self._keys else {}
        frame = _formats.read(session, due, format, {**format_options, **attach})
        if not self._keys or not due:
            return frame
        rows = [(item.path, *owners[item.path]) for item in due]
        names = [f"__key{index}" for index in range(len(self._keys))]
        lookup = session.createDataFrame(rows, ", ".join(f"`{name}` string" for name in (_OBJECT, *names)))
        joined = frame.join(f.broadcast(lookup), _OBJECT)
        keys = [f.col(name).cast(key["Type"]).alias(key["Name"]) for name, key in zip(names, self._keys, strict=True)]
        return joined.select(*(f"`{name}`" for name in frame.columns if name != _OBJECT), *keys)

    def _locations(self, session: SparkSession, predicate: str) -> list[tuple[str, tuple[str, ...]]]:
        if not self._keys:
            if predicate:
                raise ValueError(f"push_down_predicate={predicate!r}: {self._table['Name']} has no partitions to prune")
            return [(self._table["StorageDescriptor"]["Location"], ())]
        partitions = []
        for page in self._client.get_paginator("get_partitions").paginate(
            TableName=self._table["Name"], ExcludeColumnSchema=True, **self._where
        ):
            partitions += [
                (item["StorageDescriptor"]["Location"], tuple(item["Values"])) for item in page["Partitions"]
            ]
        if not predicate or not partitions:
            return partitions
        fields = ["`__index` int", *(f"`{key['Name']}` string" for key in self._keys)]
        numbered = [(index, *values) for index, (_, values) in enumerate(partitions)]
        listed = session.createDataFrame(numbered, ", ".join(fields))
        typed = listed.select("__index", *(f.col(key["Name"]).cast(key["Type"]) for key in self._keys))
        return [partitions[row["__index"]] for row in typed.where(predicate).select("__index").collect()]

    def _format(self) -> tuple[str, dict[str, Any]]:
        """Format and options out of the table's classification and SerDe."""
        storage = self._table["StorageDescriptor"]
        serde = storage.get("SerdeInfo", {})
        parameters = {
            **serde.get("Parameters", {}),
            **storage.get("Parameters", {}),
            **self._table.get("Parameters", {}),
        }
        kind = parameters.get("classification", "").lower()
        if not kind:
            library = serde.get("SerializationLibrary", "")
            kinds = {"parquet": "parquet", "json": "json", "opencsv": "csv", "lazysimple": "csv"}
            kind = next((value for mark, value in kinds.items() if mark in library.lower()), library)
        if kind != "csv":
            return kind, {}
        options: dict[str, Any] = {"separator": parameters.get("separatorChar") or parameters.get("field.delim") or ","}
        if "quoteChar" in parameters:
            options["quoteChar"] = parameters["quoteChar"]
        options["withHeader"] = int(parameters.get("skip.header.line.count", "0")) > 0
        return kind, options

"""Reading and writing of Glue's data formats by Spark's, over an exact list of objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pyspark.sql import Column, DataFrame, DataFrameReader, DataFrameWriter, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import StructType

from awsglue._objects import S3Object

#: The name of the object's path until the caller's `attachFilename` name replaces it.
_PATH = "__object"

_CSV_OPTIONS = {"separator", "quoteChar", "escaper", "withHeader", "multiLine", "attachFilename", "optimizePerformance"}
_CSV_WRITE_OPTIONS = {"separator", "quoteChar", "escaper", "writeHeader"}
_JSON_OPTIONS = {"multiLine", "attachFilename"}
_PARQUET_OPTIONS = {"attachFilename", "useGlueParquetWriter", "compression", "blockSize", "pageSize"}


def read(session: SparkSession, objects: Sequence[S3Object], format: str | None, options: dict[str, Any]) -> DataFrame:
    """The objects' rows. No objects give a frame without columns, as Glue's empty DynamicFrame is."""
    kind = (format or "").lower()
    readers = {"csv": _read_csv, "json": _read_json, "parquet": _read_parquet, "glueparquet": _read_parquet}
    if kind not in readers:
        raise NotImplementedError(f"format={format!r} is not supported by the local AWS (csv, json and parquet are)")
    if not objects:
        return session.createDataFrame([], StructType([]))
    reader = session.read.option("recursiveFileLookup", "true").option("__globPaths__", "false")
    return _attach(readers[kind](reader, [item.path for item in objects], options), objects, options)


def _attach(frame: DataFrame, objects: Sequence[S3Object], options: dict[str, Any]) -> DataFrame:
    """Replaces the metadata column by the object's path under the caller's name, unescaped."""
    name = options.get("attachFilename")
    if not name:
        return frame
    path: Column = f.col(_PATH)
    if any(quote(item.path, safe="/:=@,;!$&'()*+~") != item.path for item in objects):
        path = f.url_decode(f.replace(path, f.lit("+"), f.lit("%2B")))
    # Spark gives file:/x for file:///x.
    path = f.regexp_replace(path, "^file:/+", "file:///") if objects[0].path.startswith("file:") else path
    return frame.withColumn(_PATH, path).withColumnRenamed(_PATH, name)


def _with_path(frame: DataFrame, options: dict[str, Any]) -> DataFrame:
    return frame.select("*", f.col("_metadata.file_path").alias(_PATH)) if options.get("attachFilename") else frame


def _read_csv(reader: DataFrameReader, paths: list[str], options: dict[str, Any]) -> DataFrame:
    """All columns are strings; without a header they are col0, col1…

    Unquoted text (quoteChar "-1") is split on the separator alone; the first line with content sets the number of
    columns and the last column takes what is left of a line, so that no text is lost. Empty lines are skipped.
    """
    _known("csv", options, _CSV_OPTIONS)
    separator = options.get("separator", ",")
    header = _flag(options, "withHeader")
    if str(options.get("quoteChar", '"')) == "-1" and not header:
        lines = _with_path(reader.text(paths), options).where(f.length("value") > 0)
        first = lines.first()
        count = 1 if first is None else first["value"].count(separator) + 1
        return _split(lines, separator, count)
    reader = (
        reader.option("sep", separator)
        .option("quote", _quote(options))
        .option("escape", options.get("escaper", '"'))
        .option("header", header)
        .option("multiLine", _flag(options, "multiLine"))
    )
    frame = reader.csv(paths)
    if not header:
        frame = frame.toDF(*(f"col{index}" for index in range(len(frame.columns))))
    return _with_path(frame, options)


def _split(lines: DataFrame, separator: str, count: int) -> DataFrame:
    if count == 1:
        return lines.withColumnRenamed("value", "col0")
    pattern = "".join(f"\\x{{{ord(character):x}}}" for character in separator)
    parts = lines.withColumn("value", f.split("value", pattern, count))
    columns = [f.get("value", f.lit(index)).alias(f"col{index}") for index in range(count)]
    return parts.select(*columns, *(name for name in lines.columns if name != "value"))


def _read_json(reader: DataFrameReader, paths: list[str], options: dict[str, Any]) -> DataFrame:
    """One object a line; malformed lines are dropped, as from a DynamicFrame. Types are those that Spark infers."""
    if "jsonPath" in options:
        raise NotImplementedError('format_options["jsonPath"] is not supported by the local AWS')
    _known("json", options, _JSON_OPTIONS)
    reader = reader.option("mode", "DROPMALFORMED").option("multiLine", _flag(options, "multiLine"))
    return _with_path(reader.json(paths), options)


def _read_parquet(reader: DataFrameReader, paths: list[str], options: dict[str, Any]) -> DataFrame:
    _known("parquet", options, _PARQUET_OPTIONS)
    return _with_path(reader.option("mergeSchema", "true").parquet(*paths), options)


def write(
    frame: DataFrame, path: str, format: str | None, options: dict[str, Any], *, keys: Sequence[str], compression: str
) -> None:
    """Appends the rows under the path, as Glue's sinks do: nothing is overwritten."""
    kind = (format or "").lower()
    writer: DataFrameWriter = frame.write.mode("append").partitionBy(*keys)
    # Glue's sinks leave no _SUCCESS object.
    writer = writer.option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    if compression:
        writer = writer.option("compression", compression)
    if kind in ("parquet", "glueparquet"):
        _known("parquet", options, _PARQUET_OPTIONS)
        if options.get("compression"):
            writer = writer.option("compression", options["compression"])
        writer.parquet(path)
    elif kind == "json":
        _known("json", options, set())
        writer.json(path)
    elif kind == "csv":
        _known("csv", options, _CSV_WRITE_OPTIONS)
        quoting = {"quote": _quote(options), "escape": options.get("escaper", '"'), "quoteAll": True}
        header = _flag(options, "writeHeader", True)
        writer.option("sep", options.get("separator", ",")).option("header", header).options(**quoting).csv(path)
    else:
        raise NotImplementedError(f"format={format!r} is not supported by the local AWS (csv, json and parquet are)")


def _quote(options: dict[str, Any]) -> str:
    quote_character = str(options.get("quoteChar", '"'))
    return "" if quote_character == "-1" else quote_character


def _flag(options: dict[str, Any], name: str, default: bool = False) -> bool:
    """Glue takes True and "true" alike."""
    return str(options.get(name, default)).lower() == "true"


def _known(kind: str, options: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(options) - known)
    if unknown:
        raise NotImplementedError(f"format_options {unknown} of {kind} are not supported by the local AWS")

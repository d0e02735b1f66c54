"""DynamicFrame over a Spark data frame.

Glue infers a schema per record and can hold two types in one column ("choice"); here every column has the one type
that Spark gives it. https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-dynamic-frame.html
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.types import StructType

#: Documented methods that the local AWS does not have.
_REFUSED = (
    *("assertErrorThreshold", "errorsAsDynamicFrame", "errorsCount", "getNumPartitions", "join", "map"),
    *("mergeDynamicFrame", "relationalize", "simplify_ddb_json", "spigot", "split_fields", "split_rows"),
    *("stageErrorsCount", "unbox", "union", "unnest", "unnest_ddb_json", "write"),
)


class DynamicFrame:
    """What the readers give; `toDF()` and `fromDF()` lead to Spark and back."""

    def __init__(self, frame: DataFrame, glue_ctx: Any, name: str = "") -> None:
        self._frame = frame
        self.glue_ctx = glue_ctx
        self.name = name

    @classmethod
    def fromDF(cls, dataframe: DataFrame, glue_ctx: Any, name: str) -> DynamicFrame:
        return cls(dataframe, glue_ctx, name)

    def toDF(self, options: Any = None) -> DataFrame:
        """The Spark data frame; without columns when nothing was read."""
        if options:
            raise NotImplementedError("DynamicFrame.toDF with options is not supported by the local AWS")
        return self._frame

    def schema(self) -> StructType:
        """Spark's schema (Glue gives a type of its own with the same fields)."""
        return self._frame.schema

    def printSchema(self) -> None:
        self._frame.printSchema()

    def count(self) -> int:
        return self._frame.count() if self._frame.columns else 0

    def show(self, num_rows: int = 20) -> None:
        """One JSON document a row, as Glue prints it."""
        for line in self._frame.limit(num_rows).toJSON().collect():
            print(line)

    def repartition(self, num_partitions: int, *_: Any) -> DynamicFrame:
        return self._with(self._frame.repartition(num_partitions))

    def coalesce(self, num_partitions: int, *_: Any) -> DynamicFrame:
        return self._with(self._frame.coalesce(num_partitions))

    def select_fields(self, paths: Sequence[str], transformation_ctx: str = "", **_: Any) -> DynamicFrame:
        """The named top-level fields; names that the frame lacks are passed over, as on Glue."""
        names = _top_level("select_fields", [paths] if isinstance(paths, str) else paths)
        return self._with(self._frame.select(*(f"`{name}`" for name in names if name in self._frame.columns)))

    def drop_fields(self, paths: Sequence[str], transformation_ctx: str = "", **_: Any) -> DynamicFrame:
        return self._with(self._frame.drop(*_top_level("drop_fields", [paths] if isinstance(paths, str) else paths)))

    def rename_field(self, oldName: str, newName: str, transformation_ctx: str = "", **_: Any) -> DynamicFrame:
        _top_level("rename_field", [oldName, newName])
        return self._with(self._frame.withColumnRenamed(oldName, newName))

    def filter(self, f: Callable[[dict[str, Any]], bool], transformation_ctx: str = "", **_: Any) -> DynamicFrame:
        """Rows for which the function of the record (a dictionary) is true."""
        kept = self._frame.rdd.filter(lambda row: bool(f(row.asDict(True))))
        return self._with(self._frame.sparkSession.createDataFrame(kept, self._frame.schema))

    def apply_mapping(self, mappings: Sequence[Sequence[str]], transformation_ctx: str = "", **_: Any) -> DynamicFrame:
        """Columns by (source, source type, target, target type); a column that is not mapped is dropped.

        A mapping whose source the frame lacks is passed over, as on Glue. A source may be nested (`a.b`).
        """
        columns = []
        for mapping in mappings:
            if len(mapping) != 4:
                raise ValueError(f"apply_mapping: {mapping!r} is not (source, source type, target, target type)")
            source, _source_type, target, target_type = mapping
            _top_level("apply_mapping", [target])
            if source.strip("`").split(".")[0] in self._frame.columns:
                columns.append(f.col(source).cast(_spark_type(target_type)).alias(target.strip("`")))
        return self._with(self._frame.select(*columns))

    def resolveChoice(
        self,
        specs: Sequence[tuple[str, str]] | None = None,
        choice: str = "",
        database: str | None = None,
        table_name: str | None = None,
        transformation_ctx: str = "",
        **_: Any,
    ) -> DynamicFrame:
        """`cast:<type>` casts; the other actions have nothing to do, since no column here holds a choice."""
        if choice.startswith("match_catalog"):
            raise NotImplementedError("resolveChoice(choice='match_catalog') is not supported by the local AWS")
        frame = self._frame
        for name, action in specs or []:
            kind, _sep, target = action.partition(":")
            if kind == "cast":
                _top_level("resolveChoice", [name])
                frame = frame.withColumn(name, f.col(f"`{name}`").cast(_spark_type(target)))
            elif kind not in ("make_cols", "make_struct", "project"):
                raise ValueError(f"resolveChoice: {action!r} is not an action (cast:<type>, make_cols, make_struct…)")
        return self._with(frame)

    def _with(self, frame: DataFrame) -> DynamicFrame:
        return DynamicFrame(frame, self.glue_ctx, self.name)

    def __getattr__(self, name: str) -> Any:
        if name in _REFUSED:
            raise NotImplementedError(f"DynamicFrame.{name} is not supported by the local AWS; use toDF() and Spark")
        raise AttributeError(f"DynamicFrame has no attribute {name!r}")


class DynamicFrameCollection:
    """Named dynamic frames, e.g. what EvaluateDataQuality.process_rows gives."""

    def __init__(self, dynamic_frames: dict[str, DynamicFrame], glue_ctx: Any) -> None:
        self._frames = dict(dynamic_frames)
        self.glue_ctx = glue_ctx

    def __getitem__(self, key: str) -> DynamicFrame:
        return self._frames[key]

    def __len__(self) -> int:
        return len(self._frames)

    def keys(self) -> list[str]:
        return list(self._frames)

    def values(self) -> list[DynamicFrame]:
        return list(self._frames.values())

    def select(self, key: str, transformation_ctx: str = "") -> DynamicFrame:
        return self._frames[key]


def _top_level(method: str, names: Sequence[str]) -> list[str]:
    bare = []
    for name in names:
        if "." in name and not name.startswith("`"):
            raise NotImplementedError(
                f"DynamicFrame.{method}: the nested field {name!r} is not supported by the local AWS"
            )
        bare.append(name.strip("`"))
    return bare


def _spark_type(name: str) -> str:
    """Glue's type names are Hive's but for these."""
    return {"long": "bigint", "short": "smallint", "byte": "tinyint"}.get(name.lower(), name)

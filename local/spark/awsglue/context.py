"""GlueContext: the entry to Glue's readers and writers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyspark import SparkContext
from pyspark.sql import DataFrame, SparkSession, SQLContext

from awsglue import _bookmarks, _catalog, _formats, _objects, _run
from awsglue.dynamicframe import DynamicFrame

_S3_OPTIONS = {
    "paths",
    "recurse",
    "exclusions",
    "compressionType",
    "groupFiles",
    "groupSize",
    "useS3ListImplementation",
}
_SINK_OPTIONS = {"path", "partitionKeys", "compression"}


class GlueContext(SQLContext):
    """https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-glue-context.html"""

    def __init__(self, sparkContext: SparkContext, **options: Any) -> None:
        session = SparkSession.builder.getOrCreate()
        super().__init__(sparkContext, session)
        self.spark_session = session
        self.create_dynamic_frame = _Readers(self)
        self.create_data_frame = _FrameReaders(self)
        self.write_dynamic_frame = _Writers(self)
        _run.current.observe(sparkContext)

    def get_logger(self) -> Any:
        """The driver's logger (log4j), as on Glue: `info`, `warn`, `error`."""
        return self.spark_session._jvm.org.apache.log4j.LogManager.getLogger("GlueLogger")

    def create_dynamic_frame_from_options(
        self,
        connection_type: str,
        connection_options: dict[str, Any] | None = None,
        format: str | None = None,
        format_options: dict[str, Any] | None = None,
        transformation_ctx: str = "",
        push_down_predicate: str = "",
    ) -> DynamicFrame:
        """Reads S3 objects. With a transformation_ctx and bookmarks on, only what no committed run has read yet;
        when nothing is left the frame is empty and `toDF()` has no columns, as on Glue."""
        if connection_type != "s3":
            raise NotImplementedError(f"connection_type={connection_type!r} is not supported by the local AWS: use s3")
        if push_down_predicate:
            raise NotImplementedError("push_down_predicate on a source by path; read the table by from_catalog instead")
        given = connection_options or {}
        _refuse_unknown("connection_options", given, _S3_OPTIONS)
        objects = _objects.list_objects(
            _paths(given), recurse=_true(given.get("recurse")), exclusions=given.get("exclusions")
        )
        _refuse_unsplit_compression(given)
        due = _bookmarks.unread(objects, transformation_ctx)
        return DynamicFrame(_formats.read(self.spark_session, due, format, format_options or {}), self)

    def create_dynamic_frame_from_catalog(
        self,
        database: str | None = None,
        table_name: str | None = None,
        redshift_tmp_dir: str = "",
        transformation_ctx: str = "",
        push_down_predicate: str = "",
        additional_options: dict[str, Any] | None = None,
        catalog_id: str | None = None,
        name_space: str | None = None,
    ) -> DynamicFrame:
        """Reads a catalog table; push_down_predicate prunes partitions only, as on Glue."""
        database = database or name_space
        if not database or not table_name:
            raise ValueError("create_dynamic_frame.from_catalog needs database and table_name")
        _refuse_unknown("additional_options", additional_options or {}, {"exclusions"})
        source = _catalog.Source(database, table_name, catalog_id)
        frame = source.read(
            self.spark_session, push_down_predicate, transformation_ctx, (additional_options or {}).get("exclusions")
        )
        return DynamicFrame(frame, self)

    def write_dynamic_frame_from_options(
        self,
        frame: DynamicFrame,
        connection_type: str,
        connection_options: dict[str, Any] | None = None,
        format: str | None = None,
        format_options: dict[str, Any] | None = None,
        transformation_ctx: str = "",
    ) -> DynamicFrame:
        """Appends to an S3 path. A frame without rows writes no object."""
        given = connection_options or {}
        if connection_type != "s3":
            raise NotImplementedError(f"connection_type={connection_type!r} is not supported by the local AWS: use s3")
        _refuse_unknown("connection_options", given, _SINK_OPTIONS)
        if not given.get("path"):
            raise ValueError('write_dynamic_frame needs connection_options["path"]')
        data = frame.toDF()
        if data.columns and not data.isEmpty():
            keys, compression = given.get("partitionKeys") or [], given.get("compression") or ""
            _formats.write(data, given["path"], format, format_options or {}, keys=keys, compression=compression)
        return frame

    def getSource(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError("GlueContext.getSource is not supported by the local AWS; use create_dynamic_frame")

    def getSink(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError(
            "GlueContext.getSink (and enableUpdateCatalog) is not supported by the local AWS; "
            "use write_dynamic_frame.from_options and register partitions by glue:BatchCreatePartition"
        )

    def purge_s3_path(self, *args: Any, **options: Any) -> None:
        raise NotImplementedError("GlueContext.purge_s3_path is not supported by the local AWS")

    def purge_table(self, *args: Any, **options: Any) -> None:
        raise NotImplementedError("GlueContext.purge_table is not supported by the local AWS")


class _Readers:
    """`glueContext.create_dynamic_frame.from_…`"""

    def __init__(self, context: GlueContext) -> None:
        self._context = context

    def from_options(self, *args: Any, **options: Any) -> DynamicFrame:
        return self._context.create_dynamic_frame_from_options(*args, **options)

    def from_catalog(self, *args: Any, **options: Any) -> DynamicFrame:
        return self._context.create_dynamic_frame_from_catalog(*args, **options)

    def from_rdd(self, data: Any, name: str, schema: Any = None, sample_ratio: float | None = None) -> DynamicFrame:
        frame = self._context.spark_session.createDataFrame(data, schema, sample_ratio)
        return DynamicFrame(frame, self._context, name)


class _FrameReaders:
    """`glueContext.create_data_frame.from_…`: the same as Spark data frames."""

    def __init__(self, context: GlueContext) -> None:
        self._context = context

    def from_options(self, *args: Any, **options: Any) -> DataFrame:
        return self._context.create_dynamic_frame_from_options(*args, **options).toDF()

    def from_catalog(self, *args: Any, **options: Any) -> DataFrame:
        return self._context.create_dynamic_frame_from_catalog(*args, **options).toDF()


class _Writers:
    """`glueContext.write_dynamic_frame.from_…`"""

    def __init__(self, context: GlueContext) -> None:
        self._context = context

    def from_options(self, *args: Any, **options: Any) -> DynamicFrame:
        return self._context.write_dynamic_frame_from_options(*args, **options)

    def from_catalog(self, *args: Any, **options: Any) -> DynamicFrame:
        raise NotImplementedError(
            "write_dynamic_frame.from_catalog is not supported by the local AWS; use write_dynamic_frame.from_options"
        )

    def from_jdbc_conf(self, *args: Any, **options: Any) -> DynamicFrame:
        raise NotImplementedError("write_dynamic_frame.from_jdbc_conf is not supported by the local AWS")


def _paths(options: dict[str, Any]) -> Sequence[str]:
    paths = options.get("paths")
    if not paths or isinstance(paths, str):
        raise ValueError(f'connection_options["paths"] must be a list of paths, not {paths!r}')
    return paths


def _refuse_unsplit_compression(options: dict[str, Any]) -> None:
    kind = options.get("compressionType")
    if kind not in (None, "none", "gzip", "bzip2"):
        raise NotImplementedError(f"compressionType={kind!r} is not supported; Spark takes it from the object's name")


def _refuse_unknown(what: str, options: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(options) - known)
    if unknown:
        raise NotImplementedError(f"{what} {unknown} are not supported by the local AWS")


def _true(value: Any) -> bool:
    return str(value).lower() == "true"

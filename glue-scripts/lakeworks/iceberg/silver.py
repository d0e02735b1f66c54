"""The Iceberg table as gold reads it."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from lakeworks.arguments import JobArguments
from lakeworks.contract import Contract
from lakeworks.iceberg.catalog import configure_iceberg
from lakeworks.iceberg.table import IcebergTable
from lakeworks.layout import values_of


class IcebergSilver:
    """The table at one snapshot. A partition's version is the names of its files: no file is ever written twice."""

    def __init__(self, spark: SparkSession, arguments: JobArguments, contract: Contract) -> None:
        configure_iceberg(spark, arguments.target)
        self._spark = spark
        self._contract = contract
        self._table = IcebergTable(spark, contract, arguments.database, arguments.table)
        self._snapshot = self._table.snapshot()

    def versions(self) -> dict[str, str]:
        """Asks the rows for their files where some lie in partitions of an earlier contract."""
        if self._snapshot is None:
            return {}
        names = self._contract.partition_names
        files = self._spark.read.option("snapshot-id", self._snapshot).table(f"{self._table.name}.files")
        current = self._table.handle().spec().specId()
        if files.where(f.col("spec_id") != current).limit(1).count() == 0 and self._is_of_contract():
            placed = files.select(*(f.col(f"partition.`{name}`").alias(name) for name in names), "file_path")
        else:
            placed = self._table.frame(self._snapshot).select(*names, f.col("_file").alias("file_path")).distinct()
        versions = (
            placed.select(self._table.partition_path().alias("path"), "file_path")
            .groupBy("path")
            .agg(f.sha2(f.array_join(f.sort_array(f.collect_set("file_path")), "\n"), 256).alias("version"))
        )
        return dict(versions.collect())

    def rows(self, partitions: Sequence[str]) -> DataFrame:
        """Iceberg plans by the values of each column alone; the pairing of values is up to the join."""
        names = self._contract.partition_names
        kinds = [part.type for part in self._contract.partitions]
        values = self._spark.createDataFrame([tuple(values_of(path)) for path in partitions], names)
        wanted = values.select(*(f.col(name).cast(kind).alias(name) for name, kind in zip(names, kinds, strict=True)))
        rows = self._table.silver_rows(self._table.frame(self._snapshot))
        for position, (name, kind) in enumerate(zip(names, kinds, strict=True)):
            texts = {values_of(path)[position] for path in partitions}
            rows = rows.where(f.col(name).isin([f.lit(text).cast(kind) for text in sorted(texts)]))
        return rows.join(f.broadcast(wanted), names, "left_semi")

    def converted(self, partitions: Sequence[str], staging: str) -> DataFrame:
        """Iceberg reads a column that was widened."""
        return self.rows(partitions)

    def _is_of_contract(self) -> bool:
        return set(self._table.partition_fields()) >= set(self._contract.partition_names)

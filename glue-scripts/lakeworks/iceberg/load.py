"""A run's rows to the Iceberg table: the latest row of each key stays, and readers see all of a run or nothing.

The rows of the run are compared with those of the table first, and only those that change something are written, in one
commit. So a run that is repeated after a crash between its commit and its bookmark finds nothing left to write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as f

from lakeworks.arguments import JobArguments
from lakeworks.audit import silver_schema
from lakeworks.contract import SOURCE_OBJECT, Contract
from lakeworks.fragments import Fragment, Span, Staged
from lakeworks.iceberg.catalog import configure_iceberg
from lakeworks.iceberg.near import Near
from lakeworks.iceberg.table import IcebergTable
from lakeworks.layout import in_order, rows_folder
from lakeworks.leftovers import staging_of
from lakeworks.report import RunReport

#: What a row of the run is to the table: of a new key, later than the row of its key, or neither.
_KIND, _ADDED, _REPLACING, _OUTDATED = "_kind", "added", "replacing", "outdated"
#: In a commit's summary.
_RUN_ID = "lakeworks.run-id"


class IcebergLoad:
    def __init__(self, spark: SparkSession, arguments: JobArguments, contract: Contract, report: RunReport) -> None:
        configure_iceberg(spark, arguments.target)
        self._spark = spark
        self._arguments = arguments
        self._contract = contract
        self._report = report
        self._table = IcebergTable(spark, contract, arguments.database, arguments.table)

    def load(self, staged: Sequence[Staged], audit: Callable[[DataFrame], None]) -> None:
        """
        :param audit: is given the rows that are about to be written; what it raises keeps them from it.
        """
        report = self._report
        fragments = [fragment for task in staged for fragment in task.fragments]
        if not fragments:
            return
        with report.stage("merge"):
            for statement in self._table.evolve():
                print(statement, flush=True)
            near = Near.of(Span.around([each.span for each in fragments]), self._contract, self._table)
            report.bytes_scanned += near.size(self._spark.table(f"{self._table.name}.files"))
            compared = self._compared(self._latest(fragments), near).persist()
            counts = dict(compared.groupBy(_KIND).count().collect())
        changes = compared.where(f.col(_KIND) != _OUTDATED)
        added, replaced, outdated = (counts.get(kind, 0) for kind in (_ADDED, _REPLACING, _OUTDATED))
        if added or replaced:
            # Before the commit: after it Spark compares anew what it has kept.
            paths = changes.select(self._table.partition_path().alias("path")).distinct().collect()
            with report.stage("quality"):
                audit(self._table.silver_rows(changes))
            with report.stage("publish"):
                self._commit(changes.drop(_KIND), near if replaced else None)
            report.partitions = sorted((row["path"] for row in paths), key=in_order)
        compared.unpersist()
        report.output = added + replaced
        report.replaced = replaced
        report.already_published = outdated
        report.duplicates += sum(fragment.rows for fragment in fragments) - sum(counts.values())

    def _latest(self, fragments: Sequence[Fragment]) -> DataFrame:
        """Of each key the run's latest row, see layout.latest_first, in the table's columns and types."""
        reader = self._spark.read.schema(silver_schema(self._contract))
        rows = reader.option("basePath", rows_folder(staging_of(self._arguments))).parquet(
            *(fragment.location for fragment in fragments)
        )
        leading = [self._contract.event_time, SOURCE_OBJECT]
        order = [*leading, *(name for name in self._contract.silver_columns if name not in leading)]
        window = Window.partitionBy(*self._contract.business_key).orderBy(*(f.desc_nulls_last(name) for name in order))
        latest = rows.withColumn("_rank", f.row_number().over(window)).where("_rank = 1")
        given = set(rows.columns)
        return latest.select(
            *(
                (f.col(name) if name in given else f.lit(None)).cast(kind).alias(name)
                for name, kind in self._table.types().items()
            )
        )

    def _compared(self, rows: DataFrame, near: Near) -> DataFrame:
        """The rows with what they are to the table.

        Where time and raw object are the same as the published row's, the row was made anew from the same record by the
        code of today: it counts as later where it differs.
        """
        place = [self._contract.event_time, SOURCE_OBJECT]
        published = self._table.frame().where(near.condition())
        published = published.select(*(f.col(name).alias(f"_t_{name}") for name in published.columns))
        new = f.struct(*place)
        old = f.struct(f.col(f"_t_{place[0]}").alias(place[0]), f.coalesce(f"_t_{place[1]}", f.lit("")).alias(place[1]))
        columns = [*self._contract.silver_columns, *self._contract.partition_names]
        differs = reduce(Column.__or__, (~f.col(name).eqNullSafe(f.col(f"_t_{name}")) for name in columns))
        same_key = reduce(Column.__and__, (f.col(name) == f.col(f"_t_{name}") for name in self._contract.business_key))
        kind = (
            f.when(f.col(f"_t_{self._contract.business_key[0]}").isNull(), _ADDED)
            .when((new > old) | ((new == old) & differs), _REPLACING)
            .otherwise(_OUTDATED)
        )
        return rows.join(published, same_key, "left").select(*rows.columns, kind.alias(_KIND))

    def _commit(self, changes: DataFrame, near: Near | None) -> None:
        """
        :param near: where the rows that are replaced lie; None where none is: they are appended then.
        """
        jvm: Any = self._spark._jvm
        # What it holds goes into the summary of every commit; SQL has no option for that.
        context = jvm.org.apache.iceberg.EnvironmentContext
        context.put(_RUN_ID, self._arguments.run_id)
        try:
            if near is not None:
                changes.createOrReplaceTempView("changes")
                same_key = " AND ".join(f"t.`{name}` = s.`{name}`" for name in self._contract.business_key)
                self._spark.sql(
                    f"MERGE INTO {self._table.name} t USING changes s ON {same_key} AND {near.condition('t.')} "
                    "WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"
                )
            else:
                changes.writeTo(self._table.name).append()
        finally:
            context.remove(_RUN_ID)
        summary = self._table.handle().currentSnapshot().summary()
        self._report.files = int(summary.get("added-data-files") or 0)
        self._report.bytes_written = int(summary.get("added-files-size") or 0)

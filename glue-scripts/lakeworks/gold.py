"""Gold: aggregates of silver, of which a run computes the partitions anew whose silver has changed, and no other.

A partition of gold is published with a fingerprint of the SQL and of the silver partitions that it was computed from.
Where today's is another, it is computed anew: so the next run makes good what one that died has left undone. A silver
partition that was compacted counts as changed, for its folder has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from lakeworks.arguments import JobArguments
from lakeworks.audit import silver_schema
from lakeworks.catalog import Catalog
from lakeworks.contract import Contract, GoldTable
from lakeworks.gold_files import GoldFile, publish_gold, write_gold
from lakeworks.layout import in_order, values_of
from lakeworks.leftovers import clear_superseded, staging_of
from lakeworks.report import RunReport
from lakeworks.silver import Silver

#: What the contract's SQL reads from.
_VIEW = "silver"


class GoldError(Exception):
    """A gold table's SQL does not give the table that the contract declares."""


def check_gold(spark: SparkSession, contract: Contract) -> None:
    """Raises GoldError for SQL that can't be right, before any row is read."""
    if contract.gold:
        nothing = spark.createDataFrame([], silver_schema(contract))
        for table in contract.gold:
            _check_keys(contract, table)
            _query(spark, contract, table, nothing)


def refresh_gold(
    spark: SparkSession,
    contract: Contract,
    arguments: JobArguments,
    silver: Silver,
    catalog_of: Callable[[str, str], Catalog],
    report: RunReport,
) -> None:
    """Brings every gold table up to date with silver as it is published now; the caller has the run open and closes it.

    Raises GoldError where a table's SQL is wrong, and Spark's own errors; the tables before it are up to date then.
    """
    if not contract.gold:
        return
    if not arguments.gold:
        raise ValueError(f"The contract of {contract.name} has gold tables, so the job needs --gold, their location.")
    versions = silver.versions()
    for table in contract.gold:
        catalog = catalog_of(arguments.database, table.name)
        changed = _Refresh(spark, contract, arguments, silver, table, catalog).run(versions)
        if changed:
            report.gold[table.name] = changed


@dataclass(frozen=True)
class _Refresh:
    """Of one table."""

    spark: SparkSession
    contract: Contract
    arguments: JobArguments
    silver: Silver
    table: GoldTable
    catalog: Catalog

    def run(self, versions: Mapping[str, str]) -> list[str]:
        """The partitions that were written anew or removed."""
        _check_keys(self.contract, self.table)
        published = self.catalog.sources()
        wanted = self._sources(versions)
        fingerprints = {partition: _fingerprint(self.table, sources) for partition, sources in wanted.items()}
        stale = {
            partition: fingerprint
            for partition, fingerprint in fingerprints.items()
            if published.get(partition) != fingerprint
        }
        gone = [partition for partition in published if partition not in wanted]
        if stale:
            written = self._write(list(stale), [source for partition in stale for source in wanted[partition]])
            publish_gold(written, self.table, stale, self.arguments, self.catalog)
        self.catalog.remove(gone)
        changed = sorted([*stale, *gone], key=in_order)
        self._clear([*wanted, *gone] if self.arguments.mode == "compact" else changed)
        return changed

    def _sources(self, versions: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """By partition of gold, the silver partitions that it is made from, with their versions."""
        sources: dict[str, dict[str, str]] = {}
        for partition, version in versions.items():
            values = dict(zip(self.contract.partition_names, values_of(partition), strict=True))
            path = "/".join(f"{key}={values[key]}" for key in self.table.partition_keys)
            sources.setdefault(path, {})[partition] = version
        return sources

    def _write(self, partitions: Sequence[str], sources: Sequence[str]) -> list[GoldFile]:
        try:
            try:
                return self._compute(self.silver.rows(sources), partitions)
            except Exception as error:
                # In Java's words, as Python has no class for it.
                if "SchemaColumnConvertNotSupportedException" not in str(error):
                    raise
            staging = f"{staging_of(self.arguments)}converted/{self.table.name}/"
            return self._compute(self.silver.converted(sources, staging), partitions)
        except Exception as error:
            error.add_note(f"This was while the gold table {self.table.name} was computed.")
            raise

    def _compute(self, rows: DataFrame, partitions: Sequence[str]) -> list[GoldFile]:
        frame = _query(self.spark, self.contract, self.table, rows)
        return write_gold(frame, self.table, partitions, self.arguments)

    def _clear(self, partitions: Sequence[str]) -> None:
        if partitions:
            current = {found.partition: found.location for found in self.catalog.partitions()}
            clear_superseded(f"{self.arguments.gold}{self.table.name}/", partitions, current)


def _check_keys(contract: Contract, table: GoldTable) -> None:
    if not table.partition_keys or not set(table.partition_keys) <= set(contract.partition_names):
        raise GoldError(
            f"The gold table {table.name} is partitioned by {_listed(table.partition_keys)}; it has to be by one or "
            f"more of the partition columns of {contract.name}: {_listed(contract.partition_names)}"
        )


def _fingerprint(table: GoldTable, sources: Mapping[str, str]) -> str:
    made_by = [table.sql, table.partition_keys, [[column.name, column.type] for column in table.columns]]
    return hashlib.sha256(json.dumps([made_by, sorted(sources.items())]).encode()).hexdigest()


def _query(spark: SparkSession, contract: Contract, table: GoldTable, rows: DataFrame) -> DataFrame:
    """The SQL's result in the declared columns and types, the partition keys last.

    A value that its declared type can't hold fails the query when it runs; it does not become null.
    """
    rows.createOrReplaceTempView(_VIEW)
    try:
        frame = spark.sql(table.sql)
        declared = [column.name for column in table.columns] + list(table.partition_keys)
        if sorted(frame.columns) != sorted(declared):
            missing = [name for name in declared if name not in frame.columns]
            excess = [name for name in frame.columns if name not in declared or frame.columns.count(name) > 1]
            raise GoldError(
                f"The SQL of the gold table {table.name} does not give the columns that the contract declares: "
                f"missing {_listed(missing)}; not declared or double {_listed(excess)}"
            )
        keys = {part.name: part.type for part in contract.partitions}
        types = {column.name: column.type for column in table.columns} | {
            key: keys[key] for key in table.partition_keys
        }
        ddl = ", ".join(f"`{name}` {kind}" for name, kind in types.items())
        return frame.to(spark.createDataFrame([], ddl).schema)
    except PySparkException as error:
        # What follows are the plan and the stack.
        reason = str(error).strip().partition("\n")[0]
        raise GoldError(f"The SQL of the gold table {table.name} is wrong: {reason}") from error


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"

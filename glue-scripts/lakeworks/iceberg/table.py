"""The dataset's Iceberg table, whose columns, partitions and layout follow the contract.

The stack makes the table, as it makes every other. What it was made with may be the contract of long ago: a run brings
it up to the contract of today before it writes.
"""

from __future__ import annotations

import re
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

from lakeworks.audit import silver_schema
from lakeworks.contract import EXTRA_FIELDS, SOURCE_OBJECT, Contract
from lakeworks.iceberg.catalog import CATALOG, IcebergError

#: Keeps the metadata files of the last commits alone: each names every snapshot.
_METADATA_VERSIONS = 100


class IcebergTable:
    """Raises IcebergError where there is no such table."""

    def __init__(self, spark: SparkSession, contract: Contract, database: str, table: str) -> None:
        self._spark = spark
        self._contract = contract
        #: As SQL, and as procedures take it.
        self.name = f"{CATALOG}.{database}.{table}"
        if not spark.catalog.tableExists(self.name):
            raise IcebergError(f"There is no Iceberg table {database}.{table}; deploy the stack again.")

    def handle(self) -> Any:
        """Iceberg's own object of the table as it is now (org.apache.iceberg.Table)."""
        jvm: Any = self._spark._jvm
        return jvm.org.apache.iceberg.spark.Spark3Util.loadIcebergTable(self._spark._jsparkSession, self.name)

    def frame(self, snapshot: int | None = None) -> DataFrame:
        if snapshot is None:
            return self._spark.table(self.name)
        return self._spark.read.option("snapshot-id", snapshot).table(self.name)

    def types(self) -> dict[str, str]:
        """Spark's type of each column."""
        return {field.name: field.dataType.simpleString() for field in self.frame().schema}

    def snapshot(self) -> int | None:
        """The current one's id; None of a table without rows yet."""
        current = self.handle().currentSnapshot()
        return None if current is None else current.snapshotId()

    def partition_fields(self) -> list[str]:
        """Columns that the table is partitioned by. Raises IcebergError for another transform than the identity."""
        table = self.handle()
        fields = list(table.spec().fields())
        others = [field.toString() for field in fields if not field.transform().isIdentity()]
        if others:
            raise IcebergError(f"{self.name} is partitioned by {', '.join(others)}: a contract's keys are columns")
        return [table.schema().findColumnName(field.sourceId()) for field in fields]

    def evolve(self) -> list[str]:
        """Brings the table up to the contract; the statements that this took. Done again, it does what is left.

        Columns and keys that the contract has no more stay as columns, null in new rows. Raises IcebergError for a type
        that can't be reached without a rewrite, before anything is changed.
        """
        statements = [*self._columns(), *self._partitions(), *self._layout()]
        for statement in statements:
            self._spark.sql(statement)
        return statements

    def _columns(self) -> list[str]:
        present = self.types()
        wanted = {column.name: column.type for column in (*self._contract.columns, *self._contract.partitions)}
        if self._contract.schema_change == "append":
            wanted[EXTRA_FIELDS] = "string"
        wanted[SOURCE_OBJECT] = "string"
        added, widened = [], []
        for name, kind in wanted.items():
            if name not in present:
                added.append(f"`{name}` {stored_type(kind)}")
            elif _widens(present[name], kind):
                widened.append(f"ALTER TABLE {self.name} ALTER COLUMN `{name}` TYPE {kind}")
            elif not _holds(present[name], kind):
                raise IcebergError(
                    f"The column {name} of {self.name} is {present[name]} and can't become {kind}, as the contract "
                    "says: Iceberg widens int to bigint and decimals of one scale. Give the column another name, or "
                    "make the table anew and reset the job"
                )
        return ([f"ALTER TABLE {self.name} ADD COLUMNS ({', '.join(added)})"] if added else []) + widened

    def _partitions(self) -> list[str]:
        """A new key is computed for the rows that are there; their files move to its partitions when they are next
        compacted."""
        present, wanted = self.partition_fields(), self._contract.partition_names
        statements = []
        for key in self._contract.partitions:
            if key.name not in present:
                value = f"CAST({key.expression} AS {key.type})"
                statements.append(f"UPDATE {self.name} SET `{key.name}` = {value} WHERE `{key.name}` IS NULL")
                statements.append(f"ALTER TABLE {self.name} ADD PARTITION FIELD `{key.name}`")
        gone = [name for name in present if name not in wanted]
        return statements + [f"ALTER TABLE {self.name} DROP PARTITION FIELD `{name}`" for name in gone]

    def _layout(self) -> list[str]:
        """One sorted file per partition and commit, of the contract's size."""
        table = self.handle()
        wanted = {
            "write.parquet.compression-codec": "zstd",
            "write.target-file-size-bytes": str(self._contract.target_file_bytes),
            "write.metadata.delete-after-commit.enabled": "true",
            "write.metadata.previous-versions-max": str(_METADATA_VERSIONS),
        }
        properties = table.properties()
        differing = {name: value for name, value in wanted.items() if properties.get(name) != value}
        statements = []
        if differing:
            pairs = ", ".join(f"'{name}' = '{value}'" for name, value in differing.items())
            statements.append(f"ALTER TABLE {self.name} SET TBLPROPERTIES ({pairs})")
        order = [table.schema().findColumnName(field.sourceId()) for field in table.sortOrder().fields()]
        if order != list(self._contract.sort_by) or properties.get("write.distribution-mode") != "hash":
            columns = ", ".join(f"`{name}`" for name in self._contract.sort_by)
            statements.append(f"ALTER TABLE {self.name} WRITE DISTRIBUTED BY PARTITION LOCALLY ORDERED BY {columns}")
        return statements

    def silver_rows(self, frame: DataFrame) -> DataFrame:
        """The table's rows as the contract has them, with moments in time for its timestamps."""
        fields = self._spark.createDataFrame([], silver_schema(self._contract)).schema
        return frame.select(*(f.col(field.name).cast(field.dataType).alias(field.name) for field in fields))

    def partition_path(self) -> Column:
        """A row's partition as silver's folders are called, `year=2024/month=1/day=5`."""
        parts = [f.concat(f.lit(f"{name}="), f.col(name).cast("string")) for name in self._contract.partition_names]
        return f.concat_ws("/", *parts)


def stored_type(contract_type: str) -> str:
    """The type that the stack gives the column: Iceberg's timestamp has no zone; the values are UTC."""
    return "timestamp_ntz" if contract_type == "timestamp" else contract_type


def _widens(present: str, wanted: str) -> bool:
    """https://iceberg.apache.org/spec/#schema-evolution"""
    if (present, wanted) == ("int", "bigint"):
        return True
    now, then = (re.fullmatch(r"decimal\((\d+),(\d+)\)", kind) for kind in (present, wanted))
    return now is not None and then is not None and now[2] == then[2] and int(now[1]) < int(then[1])


def _holds(present: str, wanted: str) -> bool:
    """Can the column hold every value of the contract's type?"""
    return present in (wanted, stored_type(wanted)) or _widens(wanted, present)

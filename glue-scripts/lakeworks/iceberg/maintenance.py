"""Upkeep of the Iceberg table: few large files, few snapshots, nothing that no snapshot names.

https://iceberg.apache.org/docs/latest/spark-procedures/
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pyspark.sql import Row, SparkSession

from lakeworks.arguments import JobArguments
from lakeworks.contract import Contract
from lakeworks.iceberg.catalog import CATALOG, configure_iceberg
from lakeworks.iceberg.table import IcebergTable
from lakeworks.report import RunReport

#: How long the table can be read as it was.
SNAPSHOT_DAYS = 7
#: How old a file has to be that belongs to no snapshot: a run that is writing now has younger ones.
ORPHAN_DAYS = 3


def compact_iceberg(spark: SparkSession, arguments: JobArguments, contract: Contract, report: RunReport) -> None:
    """Joins the small files with events of the arguments' days, in one commit, then forgets snapshots that are older
    than SNAPSHOT_DAYS and removes their files, and orphans that are older than ORPHAN_DAYS."""
    configure_iceberg(spark, arguments.target)
    table = IcebergTable(spark, contract, arguments.database, arguments.table)
    if table.snapshot() is None:
        return

    def call(procedure: str, *parameters: str) -> Row:
        given = ", ".join([f"table => '{table.name.removeprefix(f'{CATALOG}.')}'", *parameters])
        return spark.sql(f"CALL {CATALOG}.system.{procedure}({given})").first() or Row()

    with report.stage("merge"):
        rewritten = call(
            "rewrite_data_files",
            "strategy => 'sort'",
            "options => map('min-input-files', '2', 'remove-dangling-deletes', 'true')",
            f'where => "{_days(arguments, contract, table)}"',
        ).asDict()
        if rewritten["added_data_files_count"]:
            summary = table.handle().currentSnapshot().summary()
            report.bytes_written = int(summary.get("added-files-size"))
            call("rewrite_manifests")
    now = datetime.now(UTC)
    with report.stage("clear"):
        call("expire_snapshots", _older_than(now - timedelta(SNAPSHOT_DAYS)))
        call("remove_orphan_files", _older_than(now - timedelta(ORPHAN_DAYS)))
    report.files = rewritten["added_data_files_count"]
    report.bytes_scanned = rewritten["rewritten_bytes_count"]
    if report.files:
        report.status = "succeeded"


def _days(arguments: JobArguments, contract: Contract, table: IcebergTable) -> str:
    first, last = arguments.from_day, arguments.to_day
    assert first is not None and last is not None
    kind = table.types()[contract.event_time]
    return f"{contract.event_time} >= {kind} '{first}' AND {contract.event_time} < {kind} '{last + timedelta(1)}'"


def _older_than(moment: datetime) -> str:
    """In the session's time zone, which is UTC."""
    return f"older_than => TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S}'"

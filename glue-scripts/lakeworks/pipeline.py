"""The run: bronze to silver, so that a kill at any point and a rerun end with the rows of a clean run.

Order matters: quality gate, silver files, catalog partitions, quarantine, report; the caller commits the bookmark last.
A rerun reads the same objects again and finds what was done: published keys are dropped, partitions are there already,
quarantined objects are passed over.
"""

from __future__ import annotations

from awsglue.context import GlueContext
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from lakeworks.arguments import JobArguments
from lakeworks.conform import conform
from lakeworks.contract import Contract
from lakeworks.deduplicate import drop_published, keep_one
from lakeworks.names import REASON
from lakeworks.publish import publish
from lakeworks.quality import enforce, evaluate
from lakeworks.quarantine import quarantine
from lakeworks.read import read_lines
from lakeworks.register import register
from lakeworks.report import RunReport
from lakeworks.settings import configure
from lakeworks.storage import StoredObject, find_objects, list_many, read_text
from lakeworks.survey import Survey, survey


def run_pipeline(glue_context: GlueContext, arguments: JobArguments) -> RunReport:
    """Publishes what is new in bronze. The caller commits the job afterwards.

    Raises QualityGateError before anything is published when a rule of a gating contract fails.
    """
    configure(glue_context.spark_session)
    contract = Contract.parse(read_text(arguments.contract))
    report = RunReport(arguments.run_id, contract.name)
    with report.stage("read"):
        lines = read_lines(glue_context, arguments.source, contract)
    if lines is not None:
        rows = conform(lines, contract).persist()
        with report.stage("conform"):
            found = survey(rows, contract)
        if found.rows > 0:
            _process(glue_context, arguments, contract, rows, found, report)
        rows.unpersist()
    report.publish(arguments.reports)
    return report


def _process(
    glue_context: GlueContext,
    arguments: JobArguments,
    contract: Contract,
    rows: DataFrame,
    found: Survey,
    report: RunReport,
) -> None:
    sources = find_objects(found.source_objects)
    report.status = "succeeded"
    report.input = found.rows
    report.bytes_read = sum(source.size for source in sources)
    with report.stage("deduplicate"):
        distinct = keep_one(rows.where(f.isnull(REASON)), contract)
    report.duplicates = distinct.dropped
    with report.stage("quality"):
        columns = [*contract.column_names, *contract.partition_names]
        report.quality = evaluate(glue_context, distinct.rows.select(*columns), contract)
        enforce(report.quality, contract)
    with report.stage("publish"):
        _publish(arguments.target, contract, distinct.rows, found, report)
    report.already_published = found.rows - found.quarantined - distinct.dropped - report.output
    with report.stage("register"):
        register(arguments.database, arguments.table, arguments.target, found.partitions)
    report.quarantined = found.quarantined
    report.quarantine_reasons = found.reasons
    if found.quarantined > 0:
        with report.stage("quarantine"):
            quarantine(rows.where(f.isnotnull(REASON)), arguments.quarantine, arguments.run_id, sources)


def _publish(target: str, contract: Contract, rows: DataFrame, found: Survey, report: RunReport) -> None:
    before = _silver_files(target, found.partitions)
    published = [item.uri for files in before.values() for item in files]
    fresh = drop_published(rows, published, contract)
    report.output = publish(fresh, target, contract, found.text_length / found.rows)
    for partition, files in _silver_files(target, found.partitions).items():
        new = [item for item in files if item not in before[partition]]
        report.files += len(new)
        report.bytes_written += sum(item.size for item in new)
        if new:
            report.partitions.append(partition)


def _silver_files(target: str, partitions: list[str]) -> dict[str, list[StoredObject]]:
    """Parquet files by partition."""
    found = list_many([f"{target}{partition}/" for partition in partitions])
    return {
        partition: [item for item in found[f"{target}{partition}/"] if item.uri.endswith(".parquet")]
        for partition in partitions
    }

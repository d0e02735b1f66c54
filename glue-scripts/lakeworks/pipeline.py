"""The run, whatever its mode: bronze to silver, so that a kill at any point and a rerun end as a clean run does.

Order matters: stage, threshold, merge, quality gate, publication, quarantine, gold, report, ledger; the caller commits
Glue's bookmark last. Until the publication nothing changes for readers; from there on a rerun reads the same objects
again and finds what has been done: rows that are published already change nothing.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

import duckdb
from awsglue.context import GlueContext
from pyspark.sql import SparkSession

from lakeworks import preflight, storage
from lakeworks.arguments import JobArguments
from lakeworks.bookmark import BookmarkHead, Ledger, arrival, raw_objects
from lakeworks.catalog import Catalog, GlueCatalog
from lakeworks.compaction import compact
from lakeworks.contract import Contract
from lakeworks.fragments import RawObject
from lakeworks.gold import refresh_gold
from lakeworks.iceberg import IcebergSilver, compact_iceberg
from lakeworks.leftovers import clear_dead_runs, close_run, open_run
from lakeworks.load import Load
from lakeworks.metrics import put_metrics
from lakeworks.report import RunReport
from lakeworks.settings import configure
from lakeworks.silver import ParquetSilver, Silver


@dataclass(frozen=True)
class Services:
    """What of AWS a run needs besides objects; tests and benchmarks bring their own."""

    #: By database and table.
    catalog: Callable[[str, str], Catalog] = GlueCatalog
    #: By the job's name.
    bookmark: Callable[[str], BookmarkHead | None] = BookmarkHead.of
    metrics: Callable[[RunReport], None] = put_metrics


AWS = Services()


def run_pipeline(glue_context: GlueContext, arguments: JobArguments, services: Services = AWS) -> RunReport:
    """Does what the arguments' mode says. The caller commits the job afterwards.

    Raises TooManyBadRecordsError, UnknownFieldsError or QualityGateError before anything is published. The report of a
    run that fails is published too, with what it found until then.
    """
    configure(glue_context.spark_session)
    content = storage.read_bytes(arguments.contract)
    if content is None:
        raise FileNotFoundError(f"There is no contract at {arguments.contract}; deploy the stack again.")
    contract = Contract.parse(content.decode())
    report = RunReport(arguments.run_id, contract.name, arguments.mode, engines=_engines(glue_context.spark_session))
    try:
        _dispatch(glue_context, arguments, services, contract, report)
    except Exception as error:
        report.fail("".join(traceback.format_exception_only(error)).strip())
        report.publish(arguments.reports)
        raise
    report.publish(arguments.reports)
    services.metrics(report)
    return report


def _dispatch(
    glue_context: GlueContext, arguments: JobArguments, services: Services, contract: Contract, report: RunReport
) -> None:
    ledger = Ledger.load(arguments.state)
    if arguments.bookmark != "job-bookmark-disable":
        ledger.follow(services.bookmark(arguments.job_name))
    clear_dead_runs(arguments.state, ledger)
    catalog = services.catalog(arguments.database, arguments.table)
    match arguments.mode:
        case "reset":
            _forget(Ledger(), arguments)
        case "rewind":
            assert arguments.from_day is not None
            ledger.forget_since(arguments.from_day, contract)
            _forget(ledger, arguments)
        case "compact":
            open_run(arguments)
            if contract.table_format == "iceberg":
                compact_iceberg(glue_context.spark_session, arguments, contract, report)
            else:
                compact(glue_context, arguments, contract, catalog, report)
            _refresh_gold(glue_context.spark_session, arguments, services, contract, report)
            close_run(arguments)
        case _:
            preflight.check(glue_context.spark_session, contract)
            objects = _due(arguments, contract, ledger)
            if objects:
                Load(glue_context, arguments, contract, catalog, report).load(objects)
            elif contract.gold:
                open_run(arguments)
            _refresh_gold(glue_context.spark_session, arguments, services, contract, report)
            if objects and arguments.bookmark == "job-bookmark-enable":
                ledger.add(objects, arguments.run_id)
                ledger.save(arguments.state)
            close_run(arguments)


def _refresh_gold(
    spark: SparkSession, arguments: JobArguments, services: Services, contract: Contract, report: RunReport
) -> None:
    """Also where there was nothing to load: a run that died may have left gold behind silver."""
    if contract.gold:
        with report.stage("gold"):
            silver: Silver = (
                IcebergSilver(spark, arguments, contract)
                if contract.table_format == "iceberg"
                else ParquetSilver(
                    spark, contract, arguments.target, services.catalog(arguments.database, arguments.table)
                )
            )
            refresh_gold(spark, contract, arguments, silver, services.catalog, report)


def _due(arguments: JobArguments, contract: Contract, ledger: Ledger) -> list[RawObject]:
    """The objects that the run reads."""
    objects = raw_objects(arguments.source)
    if arguments.mode == "backfill":
        first, last = arguments.from_day, arguments.to_day
        assert first is not None and last is not None
        return [raw for raw in objects if (day := arrival(raw.key, contract)) is not None and first <= day <= last]
    return objects if arguments.bookmark == "job-bookmark-disable" else ledger.unread(objects)


def _forget(ledger: Ledger, arguments: JobArguments) -> None:
    """Keeps a ledger of which something was forgotten, as this run's."""
    ledger.runs.append(arguments.run_id)
    ledger.save(arguments.state)


def _engines(spark: SparkSession) -> dict[str, str]:
    return {"spark": spark.version, "duckdb": duckdb.__version__}

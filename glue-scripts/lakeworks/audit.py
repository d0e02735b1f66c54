"""Quality before publication: the contract's rules over the very files that are about to be published."""

from __future__ import annotations

from collections.abc import Sequence

from awsglue.context import GlueContext
from pyspark.sql import DataFrame

from lakeworks.arguments import JobArguments
from lakeworks.contract import EXTRA_FIELDS, SOURCE_OBJECT, Contract
from lakeworks.fragments import Merged
from lakeworks.layout import rows_folder
from lakeworks.leftovers import staging_of
from lakeworks.quality import dq_line, enforce, evaluate
from lakeworks.quality_results import store_results
from lakeworks.report import RunReport


def audit(
    glue_context: GlueContext,
    arguments: JobArguments,
    contract: Contract,
    merged: Sequence[Merged],
    report: RunReport,
) -> None:
    """Raises QualityGateError where a rule of a gating contract fails; its outcomes are kept all the same."""
    files = [item.location for each in merged for item in each.files]
    if files:
        reader = glue_context.spark_session.read.schema(silver_schema(contract))
        rows = reader.option("basePath", rows_folder(staging_of(arguments))).parquet(*files)
        audit_rows(glue_context, arguments, contract, rows, report)


def audit_rows(
    glue_context: GlueContext, arguments: JobArguments, contract: Contract, rows: DataFrame, report: RunReport
) -> None:
    """Of the rows that are about to be published; the same errors."""
    if not contract.quality_rules:
        return
    report.quality = evaluate(glue_context, rows, contract)
    report.dq = dq_line(report.quality)
    if arguments.quality:
        store_results(report.quality, contract, arguments)
    enforce(report.quality, contract)


def silver_schema(contract: Contract) -> str:
    """The silver columns and the partition columns as Spark's DDL."""
    technical = [f"{EXTRA_FIELDS} string"] if contract.schema_change == "append" else []
    columns = [f"`{column.name}` {column.type}" for column in (*contract.columns, *contract.partitions)]
    return ", ".join([*columns, *technical, f"{SOURCE_OBJECT} string"])

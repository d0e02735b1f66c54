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
from lakeworks.quality import Outcome, confirm, dq_line, enforce, evaluate
from lakeworks.quality_proof import MOST_BYTES, ProofTask, claims_of, prove
from lakeworks.quality_results import store_results
from lakeworks.report import RunReport
from lakeworks.storage import StoredObject
from lakeworks.tasks import on_spark


def audit(
    glue_context: GlueContext,
    arguments: JobArguments,
    contract: Contract,
    merged: Sequence[Merged],
    report: RunReport,
) -> None:
    """Raises QualityGateError where a rule of a gating contract fails; its outcomes are kept all the same."""
    files = [item for each in merged for item in each.files]
    if not files or not contract.quality_rules:
        return
    outcomes = _proven(glue_context, contract, files, report)
    if outcomes:
        _keep(outcomes, arguments, contract, report)
    else:
        reader = glue_context.spark_session.read.schema(silver_schema(contract))
        reader = reader.option("basePath", rows_folder(staging_of(arguments)))
        audit_rows(glue_context, arguments, contract, reader.parquet(*(item.location for item in files)), report)


def _proven(
    glue_context: GlueContext, contract: Contract, files: Sequence[StoredObject], report: RunReport
) -> list[Outcome]:
    """The outcomes of rules that all hold for sure; empty where the rows have to be judged."""
    claims = claims_of(contract)
    if claims is None or sum(item.size for item in files) > MOST_BYTES:
        return []
    task = ProofTask([claim for each in claims for claim in each], [item.location for item in files])
    (proof,) = on_spark(glue_context.spark_session.sparkContext)(prove, [task])
    if proof is None:
        return []
    report.peak_memory = max(report.peak_memory, proof.peak_memory)
    return confirm(glue_context, proof, claims, contract)


def audit_rows(
    glue_context: GlueContext, arguments: JobArguments, contract: Contract, rows: DataFrame, report: RunReport
) -> None:
    """Of the rows that are about to be published; the same errors."""
    if contract.quality_rules:
        _keep(evaluate(glue_context, rows, contract), arguments, contract, report)


def _keep(outcomes: list[Outcome], arguments: JobArguments, contract: Contract, report: RunReport) -> None:
    report.quality = outcomes
    report.dq = dq_line(report.quality)
    if arguments.quality:
        store_results(report.quality, contract, arguments)
    enforce(report.quality, contract)


def silver_schema(contract: Contract) -> str:
    """The silver columns and the partition columns as Spark's DDL."""
    technical = [f"{EXTRA_FIELDS} string"] if contract.schema_change == "append" else []
    columns = [f"`{column.name}` {column.type}" for column in (*contract.columns, *contract.partitions)]
    return ", ".join([*columns, *technical, f"{SOURCE_OBJECT} string"])

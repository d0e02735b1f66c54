"""The contract's DQDL rules over rows that are about to be published."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsgluedq.transforms import EvaluateDataQuality
from pyspark.sql import DataFrame

from lakeworks.contract import Contract


@dataclass(frozen=True)
class Outcome:
    rule: str
    #: Passed or Failed.
    outcome: str
    reason: str | None
    #: What the engine measured for the rule, `Column.quantity.Completeness` -> 1.0.
    metrics: dict[str, float] = field(default_factory=dict)


class QualityGateError(Exception):
    """Rows broke a rule of a contract whose quality is a gate; nothing was published."""


def evaluate(glue_context: GlueContext, rows: DataFrame, contract: Contract) -> list[Outcome]:
    """https://docs.aws.amazon.com/glue/latest/dg/dqdl.html"""
    if not contract.quality_rules:
        return []
    outcomes = EvaluateDataQuality.apply(
        frame=DynamicFrame.fromDF(_asked(rows, contract), glue_context, "rows"),
        ruleset=f"Rules = [ {', '.join(contract.quality_rules)} ]",
        publishing_options={
            "dataQualityEvaluationContext": contract.name,
            "enableDataQualityCloudWatchMetrics": contract.quality_metrics,
            # Glue tells EventBridge only of results that it keeps.
            "enableDataQualityResultsPublishing": True,
            **({"resultsS3Prefix": contract.quality_results} if contract.quality_results else {}),
        },
    ).toDF()
    return [
        Outcome(
            row["Rule"],
            row["Outcome"],
            row["FailureReason"] if row["Outcome"] != "Passed" else None,
            dict(row["EvaluatedMetrics"] or {}),
        )
        for row in outcomes.select("Rule", "Outcome", "FailureReason", "EvaluatedMetrics").collect()
    ]


#: Rules over the table as a whole, or in SQL: they may ask for any column.
_OF_ALL_COLUMNS = re.compile(
    r"\b(Column(Count|Exists|NamesMatchPattern)|CustomSql|SchemaMatch|DatasetMatch|AggregateMatch)\b|\bwhere\b"
)


def _asked(rows: DataFrame, contract: Contract) -> DataFrame:
    """The columns that the rules name: the others need not be read."""
    rules = " ".join(contract.quality_rules)
    if _OF_ALL_COLUMNS.search(rules):
        return rows
    named = set(re.findall(r'"([^"]*)"', rules))
    columns = [column for column in rows.columns if column in named]
    return rows.select(columns or rows.columns[:1])


def dq_line(outcomes: list[Outcome]) -> str:
    """What people are told of an evaluation, in a line."""
    failed = [outcome.rule for outcome in outcomes if outcome.outcome != "Passed"]
    passed = f"{len(outcomes) - len(failed)} of {len(outcomes)} rules passed"
    return f"{passed}; failed: {', '.join(failed)}" if failed else passed


def enforce(outcomes: list[Outcome], contract: Contract) -> None:
    """Raises QualityGateError naming every failed rule, where the contract says that a failure fails the run."""
    failed = [outcome for outcome in outcomes if outcome.outcome != "Passed"]
    if failed and contract.gate:
        reasons = "; ".join(f"{outcome.rule}: {outcome.reason or outcome.outcome}" for outcome in failed)
        raise QualityGateError(
            f"{len(failed)} of {len(outcomes)} quality rules of the dataset {contract.name} failed, "
            f"so nothing was published: {reasons}. The bookmark stays: mend the source or the rule and run again."
        )

"""The contract's DQDL rules over the rows of a run."""

from __future__ import annotations

from dataclasses import dataclass

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


class QualityGateError(Exception):
    """Rows broke a rule of a contract whose quality is a gate; nothing was published."""


def evaluate(glue_context: GlueContext, rows: DataFrame, contract: Contract) -> list[Outcome]:
    """https://docs.aws.amazon.com/glue/latest/dg/dqdl.html"""
    if not contract.quality_rules:
        return []
    outcomes = EvaluateDataQuality.apply(
        frame=DynamicFrame.fromDF(rows, glue_context, "rows"),
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
        Outcome(row["Rule"], row["Outcome"], row["FailureReason"] if row["Outcome"] != "Passed" else None)
        for row in outcomes.select("Rule", "Outcome", "FailureReason").collect()
    ]


def enforce(outcomes: list[Outcome], contract: Contract) -> None:
    """Raises QualityGateError naming every failed rule, where the contract says that a failure fails the run."""
    failed = [outcome for outcome in outcomes if outcome.outcome != "Passed"]
    if failed and contract.gate:
        reasons = "; ".join(f"{outcome.rule}: {outcome.reason or outcome.outcome}" for outcome in failed)
        raise QualityGateError(
            f"{len(failed)} of {len(outcomes)} quality rules of the dataset {contract.name} failed, "
            f"so nothing was published: {reasons}. The bookmark stays: mend the source or the rule and run again."
        )

"""The contract's DQDL rules over rows that are about to be published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsgluedq.transforms import EvaluateDataQuality
from pyspark.sql import DataFrame

from lakeworks.contract import Contract
from lakeworks.quality_proof import Claim, Proof


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
    return _evaluate(glue_context, _asked(rows, contract), contract.quality_rules, contract)


def confirm(glue_context: GlueContext, proof: Proof, claims: list[list[Claim]], contract: Contract) -> list[Outcome]:
    """Has the engine judge, and keep and tell of, rules that are proven: over one row of what was measured, since there
    is no other way to tell Glue of outcomes. The columns say what they are, `Completeness_of_customer_id`.

    Empty where the engine does not agree.
    """
    figures = ", ".join(f"{value!r}D AS `{label}`" for label, value in proof.figures.items())
    row = glue_context.spark_session.sql(f"SELECT {figures}")
    judged = _evaluate(glue_context, row, [_over_figures(each) for each in claims], contract)
    if len(judged) != len(claims) or any(outcome.outcome != "Passed" for outcome in judged):
        return []
    return [
        Outcome(rule, "Passed", None, {claim.metric: proof.figures[claim.label] for claim in each})
        for rule, each in zip(contract.quality_rules, claims, strict=True)
    ]


def _over_figures(claims: list[Claim]) -> str:
    rules = [f'ColumnValues "{claim.label}" {claim.condition}' for claim in claims]
    return rules[0] if len(rules) == 1 else " and ".join(f"({rule})" for rule in rules)


def _evaluate(glue_context: GlueContext, rows: DataFrame, rules: Sequence[str], contract: Contract) -> list[Outcome]:
    outcomes = EvaluateDataQuality.apply(
        frame=DynamicFrame.fromDF(rows, glue_context, "rows"),
        ruleset=f"Rules = [ {', '.join(rules)} ]",
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

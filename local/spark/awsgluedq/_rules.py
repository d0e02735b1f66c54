"""What Deequ can evaluate of DQDL, and what it says wrongly."""

from __future__ import annotations

from typing import Any

_FILE_RULES = ("FileFreshness", "FileMatch", "FileSize", "FileUniqueness")
_HISTORY_RULES = ("DetectAnomalies",)
#: Deequ reports what it lacks as a failed rule; these mark such reasons.
_ENGINE_FAULTS = ("Unknown operand type", "No converter found", "Rule type not supported", "not implemented")


class UnsupportedRule(NotImplementedError):
    """A DQDL rule that AWS Glue evaluates and the local AWS does not."""


def checked(jvm: Any, ruleset: str) -> list[str]:
    """The rules' texts in order, as the outcomes name them.

    Raises IllegalArgumentException (from the parser) on malformed DQDL or an unknown rule type, UnsupportedRule where
    an evaluation here would not be AWS's.
    """
    parsed = jvm.com.amazon.deequ.dqdl.util.DefaultDQDLParser.parse(ruleset)
    if len(parsed.getAnalyzers()) > 0:
        raise UnsupportedRule("DQDL Analyzers are not supported by the local AWS; remove the Analyzers section")
    rules = list(parsed.getRules())
    for rule in rules:
        for part in rule.getNestedRulesAsFlattenedList() if rule.getNestedRules() else [rule]:
            _check(part)
    return [rule.toString() for rule in rules]


def _check(rule: Any) -> None:
    kind, text = rule.getRuleType(), rule.toString()
    if kind in _FILE_RULES:
        raise UnsupportedRule(f"{text}: the local AWS does not evaluate rules over files")
    if kind in _HISTORY_RULES or "last(" in text.replace(" ", ""):
        raise UnsupportedRule(f"{text}: the local AWS keeps no history of earlier evaluations")
    if kind == "ColumnValues" and rule.getThresholdCondition() is not None:
        raise UnsupportedRule(f"{text}: the local engine passes over the threshold of ColumnValues")


def outcome(row: Any) -> tuple[Any, ...]:
    """Rule, Outcome, FailureReason, EvaluatedMetrics, EvaluatedRule: with a reason only where the rule failed."""
    reason = row["FailureReason"]
    if row["Outcome"] != "Passed" and any(mark in (reason or "") for mark in _ENGINE_FAULTS):
        raise UnsupportedRule(f"{row['Rule']}: the local AWS cannot evaluate it ({reason})")
    failed = row["Outcome"] != "Passed"
    evaluated = row["EvaluatedRule"] or row["Rule"]
    return (row["Rule"], row["Outcome"], reason if failed else None, row["EvaluatedMetrics"], evaluated)

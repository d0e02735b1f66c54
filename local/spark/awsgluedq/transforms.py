"""EvaluateDataQuality: DQDL rulesets over a frame.

https://docs.aws.amazon.com/glue/latest/dg/data-quality-gs-studio.html and …/dqdl.html
"""

from __future__ import annotations

import sys
from typing import Any

from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection
from awsglue.transforms import GlueTransform
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from awsgluedq import _publish, _rules

_PUBLISHING = {
    "dataQualityEvaluationContext",
    "enableDataQualityCloudWatchMetrics",
    "enableDataQualityResultsPublishing",
    "resultsS3Prefix",
}
_OUTCOME_COLUMNS = ("Rule", "Outcome", "FailureReason", "EvaluatedMetrics", "EvaluatedRule")


class EvaluateDataQuality(GlueTransform):
    """Evaluates a DQDL ruleset; a rule that can't be evaluated here raises, it never counts as a data failure.

    Not evaluated here: rules over history (`last(n)`, DetectAnomalies), the File* rules, analyzers, and the threshold
    of `ColumnValues`, which Deequ passes over.
    """

    def __call__(
        self,
        frame: DynamicFrame,
        ruleset: str,
        publishing_options: dict[str, Any] | None = None,
        additional_options: dict[str, Any] | None = None,
        additional_data_sources: dict[str, DynamicFrame] | None = None,
        **unsupported: Any,
    ) -> DynamicFrame:
        """One row per rule in the ruleset's order: Rule, Outcome (Passed or Failed), FailureReason,
        EvaluatedMetrics (map of doubles), EvaluatedRule."""
        evaluation = _Evaluation(frame, ruleset, publishing_options, unsupported)
        others = evaluation.others(additional_data_sources or {})
        outcomes = evaluation.outcomes(evaluation.engine.process(evaluation.data._jdf, ruleset, others))
        return DynamicFrame(outcomes, frame.glue_ctx, "EvaluateDataQuality")

    def process_rows(
        self,
        frame: DynamicFrame,
        ruleset: str,
        publishing_options: dict[str, Any] | None = None,
        additional_options: dict[str, Any] | None = None,
        additional_data_sources: dict[str, DynamicFrame] | None = None,
        **unsupported: Any,
    ) -> DynamicFrameCollection:
        """The collection `originalData`, `ruleOutcomes`, `rowLevelOutcomes` (the rows with DataQualityRulesPass,
        DataQualityRulesFail, DataQualityRulesSkip and DataQualityEvaluationResult)."""
        evaluation = _Evaluation(frame, ruleset, publishing_options, unsupported)
        others = evaluation.others(additional_data_sources or {})
        parts = evaluation.engine.processRows(evaluation.data._jdf, ruleset, others)
        session = evaluation.data.sparkSession
        frames = {
            "originalData": evaluation.data,
            "ruleOutcomes": evaluation.outcomes(parts.apply("ruleOutcomes")),
            "rowLevelOutcomes": DataFrame(parts.apply("rowLevelOutcomes"), session),
        }
        context = frame.glue_ctx
        return DynamicFrameCollection({key: DynamicFrame(data, context, key) for key, data in frames.items()}, context)


class _Evaluation:
    """One ruleset over one frame: parsed and checked before anything runs."""

    def __init__(
        self, frame: DynamicFrame, ruleset: str, publishing_options: dict[str, Any] | None, unsupported: dict[str, Any]
    ) -> None:
        given = {name: value for name, value in unsupported.items() if value and name != "transformation_ctx"}
        if given:
            raise NotImplementedError(f"EvaluateDataQuality: {sorted(given)} are not supported by the local AWS")
        self._options = publishing_options or {}
        unknown = sorted(set(self._options) - _PUBLISHING)
        if unknown:
            raise ValueError(f"EvaluateDataQuality: unknown publishing_options {unknown}")
        self.data = frame.toDF()
        self._jvm = self.data.sparkSession._jvm
        self._rules = _rules.checked(self._jvm, ruleset)
        self.engine = self._jvm.com.amazon.deequ.dqdl.EvaluateDataQuality
        # CustomSql names the evaluated frame so.
        self.data.createOrReplaceTempView("primary")

    def others(self, sources: dict[str, DynamicFrame]) -> Any:
        """Frames that rules name beside the evaluated one, for Deequ; CustomSql finds them by their names."""
        frames = {name: frame.toDF() for name, frame in sources.items()}
        for name, frame in frames.items():
            frame.createOrReplaceTempView(name)
        return self._jvm.PythonUtils.toScalaMap({name: frame._jdf for name, frame in frames.items()})

    def outcomes(self, java_frame: Any) -> DataFrame:
        """The outcomes in the ruleset's order, published as the options say."""
        session = self.data.sparkSession
        rows = {row["Rule"]: row for row in DataFrame(java_frame, session).collect()}
        ordered = []
        for rule in self._rules:
            if rule not in rows:
                raise RuntimeError(f"Deequ gave no outcome for the rule {rule}")
            ordered.append(_rules.outcome(rows[rule]))
        _publish.publish(self._options, ordered)
        if self._options.get("enableDataQualityResultsPublishing"):
            print("Data quality results are not kept for GetDataQualityResult by the local AWS", file=sys.stderr)
        schema = DataFrame(java_frame, session).select(*_OUTCOME_COLUMNS).schema
        return session.createDataFrame(ordered, schema).select(*(f.col(name) for name in _OUTCOME_COLUMNS))

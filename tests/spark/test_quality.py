"""EvaluateDataQuality on Deequ."""

from __future__ import annotations

import unittest
from typing import Any

from awsglue.dynamicframe import DynamicFrame
from awsgluedq.transforms import EvaluateDataQuality
from support import GlueTestCase


class Quality(GlueTestCase):
    def evaluate(self, rules: str) -> list[dict[str, Any]]:
        outcomes = EvaluateDataQuality.apply(
            frame=self.frame(),
            ruleset=f"Rules = [ {rules} ]",
            publishing_options={"dataQualityEvaluationContext": "test"},
        )
        return [row.asDict() for row in outcomes.toDF().collect()]

    def frame(self) -> DynamicFrame:
        rows = [(1, "a", 2.5), (2, "b", 3.5), (3, None, 4.5)]
        return DynamicFrame.fromDF(self.spark.createDataFrame(rows, "id int, name string, v double"), self.glue, "in")

    def test_outcomes_in_the_rules_order(self) -> None:
        rules = ['IsComplete "name"', "RowCount = 3", 'ColumnValues "v" > 2', 'IsUnique "id"', 'IsComplete "id"']
        outcomes = self.evaluate(", ".join(rules))
        self.assertEqual([row["Rule"] for row in outcomes], rules)
        self.assertEqual([row["Outcome"] for row in outcomes], ["Failed", "Passed", "Passed", "Passed", "Passed"])
        self.assertEqual(list(outcomes[0]), ["Rule", "Outcome", "FailureReason", "EvaluatedMetrics", "EvaluatedRule"])
        self.assertIn("0.66", outcomes[0]["FailureReason"])
        self.assertEqual(outcomes[1]["EvaluatedMetrics"], {"Dataset.*.RowCount": 3.0})

    def test_a_passed_rule_has_no_reason(self) -> None:
        (outcome,) = self.evaluate('(IsComplete "name") or (IsComplete "id")')
        self.assertEqual((outcome["Outcome"], outcome["FailureReason"]), ("Passed", None))

    def test_custom_sql_sees_the_frame_as_primary(self) -> None:
        (outcome,) = self.evaluate('CustomSql "select count(*) from primary" = 3')
        self.assertEqual(outcome["Outcome"], "Passed")

    def test_a_column_that_is_not_there_fails_its_rule(self) -> None:
        (outcome,) = self.evaluate('IsComplete "nope"')
        self.assertEqual(outcome["Outcome"], "Failed")
        self.assertIn("nope", outcome["FailureReason"])

    def test_rules_that_cannot_be_evaluated_here_are_errors(self) -> None:
        for rule in (
            "RowCount > avg(last(3))",
            'DetectAnomalies "RowCount"',
            "FileSize > 3 MB",
            'ColumnValues "name" in ["a", "b"] with threshold > 0.5',
            "(RowCount > 1) and (RowCount > last(1))",
        ):
            with self.subTest(rule), self.assertRaises(NotImplementedError):
                self.evaluate(rule)

    def test_an_unknown_rule_is_an_error(self) -> None:
        with self.assertRaisesRegex(Exception, "NoSuchRule"):
            self.evaluate('NoSuchRule "id"')

    def test_row_level_outcomes(self) -> None:
        parts = EvaluateDataQuality().process_rows(
            frame=self.frame(), ruleset='Rules = [ IsComplete "name", RowCount > 0 ]', publishing_options={}
        )
        self.assertEqual(parts.keys(), ["originalData", "ruleOutcomes", "rowLevelOutcomes"])
        rows = parts.select("rowLevelOutcomes").toDF().orderBy("id").collect()
        self.assertEqual([row["DataQualityEvaluationResult"] for row in rows], ["Passed", "Passed", "Failed"])
        self.assertEqual(rows[2]["DataQualityRulesFail"], ['IsComplete "name"'])


if __name__ == "__main__":
    unittest.main()

"""Rules that DuckDB proves, against Deequ: what is proven passes there too, in the same figures."""

from __future__ import annotations

import random
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import duckdb
from support import ROOT, GlueTestCase

sys.path[1:1] = [str(ROOT / "glue-scripts"), str(ROOT / "tests" / "glue-scripts")]

from conformed import contract  # noqa: E402
from lakeworks import quality  # noqa: E402
from lakeworks.quality_proof import ProofTask, claims_of, prove  # noqa: E402

RULES = (
    "RowCount between 3 and 7",
    "RowCount >= 5",
    'IsComplete "id"',
    'IsComplete "note"',
    'IsUnique "id"',
    'IsUnique "count"',
    'ColumnValues "count" >= -1',
    'ColumnValues "count" < 9',
    'ColumnValues "count" between -2 and 8',
    'ColumnValues "price" > 0.5',
    'ColumnValues "price" = 1.5',
    'ColumnValues "ratio" <= 2',
    'ColumnValues "note" in ["x", "y"]',
)


class QualityProof(GlueTestCase):
    def test_what_is_proven_passes_in_the_same_figures(self) -> None:
        both = {True: 0, False: 0}
        for seed in range(4):
            rows = table(random.Random(seed))
            with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
                file = Path(folder, "rows.parquet")
                connection.execute(f"COPY ({rows}) TO '{file}' (FORMAT parquet)")
                frame = self.spark.read.parquet(str(file))
                judged = self.evaluate(frame, RULES)
                for rule, outcome in zip(RULES, judged, strict=True):
                    claims = claims_of(contract(quality={"rules": [rule], "onFailure": "fail"}))
                    assert claims is not None
                    proof = prove(ProofTask(claims[0], [f"file://{file}"]))
                    both[proof is not None] += 1
                    with self.subTest(rule, seed=seed):
                        self.assertEqual(proof is not None, outcome.outcome == "Passed")
                        for claim in claims[0] if proof and outcome.metrics else []:
                            figures = {claim.metric: proof.figures[claim.label]}
                            self.assertEqual(outcome.metrics, {**outcome.metrics, **figures})
        self.assertTrue(all(both.values()), both)

    def test_the_engine_confirms_what_is_proven(self) -> None:
        rules = [RULES[0], 'IsUnique "id"', 'ColumnValues "count" between -2 and 100', RULES[-1]]
        asked = contract(quality={"rules": rules, "onFailure": "fail"})
        claims = claims_of(asked)
        assert claims is not None
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
            file = Path(folder, "rows.parquet")
            rows = "SELECT 'a' || i AS id, CAST(i AS INTEGER) AS count, 'x' AS note FROM range(5) r (i)"
            connection.execute(f"COPY ({rows}) TO '{file}' (FORMAT parquet)")
            proof = prove(ProofTask([claim for each in claims for claim in each], [f"file://{file}"]))
            assert proof is not None
            with patch("awsgluedq._publish.publish") as told:
                outcomes = quality.confirm(self.glue, proof, claims, asked)
            self.assertEqual([(each.rule, each.outcome) for each in outcomes], [(rule, "Passed") for rule in rules])
            self.assertEqual(outcomes[0].metrics, {"Dataset.*.RowCount": 5.0})
            self.assertEqual(outcomes[2].metrics, {"Column.count.Minimum": 0.0, "Column.count.Maximum": 4.0})
            ((options, rows_told), _) = told.call_args
            self.assertEqual(options["dataQualityEvaluationContext"], "things")
            self.assertEqual(
                [row[0] for row in rows_told][:2],
                ['ColumnValues "RowCount" between 3 and 7', 'ColumnValues "Uniqueness_of_id" = 1.0'],
            )

    def evaluate(self, frame: object, rules: tuple[str, ...]) -> list[quality.Outcome]:
        asked = contract(quality={"rules": list(rules), "onFailure": "fail"})
        with patch("awsgluedq._publish.publish"):
            return quality.evaluate(self.glue, frame, asked)  # type: ignore[arg-type]


def table(dice: random.Random) -> str:
    """Some rows, of which some rules hold and some do not."""

    def value(choices: list[str]) -> str:
        return dice.choice(choices)

    notes = ["'x'", "'y'", *dice.choice([[], ["'z'"], ["NULL"]])]
    ratios = ["1.5", "2", *dice.choice([[], ["2.5"], ["NULL"]])]
    rows = ", ".join(
        f"('{dice.choice([number, 1]) if dice.random() < 0.3 else number}', {dice.randrange(-2, 9)}, "
        f"{value(['1.50', '0.75'])}, {value(ratios)}, {value(notes)})"
        for number in range(dice.randrange(3, 9))
    )
    return (
        "SELECT id, CAST(count AS INTEGER) AS count, CAST(price AS DECIMAL(10,2)) AS price, "
        f"CAST(ratio AS DOUBLE) AS ratio, note FROM (VALUES {rows}) AS r (id, count, price, ratio, note)"
    )


if __name__ == "__main__":
    unittest.main()

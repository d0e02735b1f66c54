"""DQDL by its documentation: the corpus on real Deequ, and the page that tells of it."""

from __future__ import annotations

import re
import unittest

from dqdl_corpus import CORPUS, REFUSED, evaluate
from support import ROOT, GlueTestCase


class Corpus(GlueTestCase):
    def test_every_rule_has_the_documented_outcome(self) -> None:
        self.assertGreaterEqual(len({case.kind for case in CORPUS}), 25)
        outcomes = evaluate(self.glue, [case.rule for case in CORPUS])
        for case, found in zip(CORPUS, outcomes, strict=True):
            with self.subTest(case.rule):
                self.assertEqual(found["Outcome"], case.outcome, found)

    def test_what_is_not_evaluated_is_refused_by_name(self) -> None:
        for rule in REFUSED.values():
            with self.subTest(rule), self.assertRaisesRegex(NotImplementedError, re.escape(rule.split()[0])):
                evaluate(self.glue, [rule])

    def test_the_page_says_what_is_evaluated(self) -> None:
        page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
        told = dict(re.findall(r"^\| `?([A-Za-z ]+?)`? +\| (yes|no) ", page, re.MULTILINE))
        expected = {case.kind: "yes" for case in CORPUS} | dict.fromkeys(REFUSED, "no")
        self.assertEqual(told, expected)


if __name__ == "__main__":
    unittest.main()

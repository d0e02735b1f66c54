"""The corpus of DQDL rule types, tests/spark/dqdl_corpus.py, on Deequ. Prints one line of JSON."""

from __future__ import annotations

import json
import sys
from collections import defaultdict

import spark_job

sys.path.insert(0, str(spark_job.ROOT / "tests" / "spark"))
from dqdl_corpus import CORPUS, REFUSED, evaluate

context = spark_job.start()
right: dict[str, bool] = defaultdict(lambda: True)
for case, found in zip(CORPUS, evaluate(context, [case.rule for case in CORPUS]), strict=True):
    right[case.kind] &= found["Outcome"] == case.outcome
refused = []
for kind, rule in REFUSED.items():
    try:
        evaluate(context, [rule])
    except NotImplementedError:
        refused.append(kind)
print(json.dumps({"passed": sum(right.values()), "types": len(right), "refused": refused}))

"""Every kind of bad input of tests/glue-scripts/dirt.py: what was expected and what was found, a line of JSON each."""

from __future__ import annotations

import json

import spark_job  # noqa: F401, since it sets the paths of the modules
from dirt import KINDS, outcome

for kind in KINDS:
    found = outcome(kind)
    lost = found.records - found.rows - sum(found.reasons.values()) - found.duplicates
    shown = str(found) if lost == 0 else f"{found}, {lost} LOST"
    print(json.dumps({"kind": kind.name, "rows": found.records, "expected": kind.expected, "found": shown}))

"""run_tests.py FOLDER RESULT [unittest option ...]: runs the test_*.py of FOLDER and writes the counts,
and what failed, to RESULT."""

import json
import os
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    folder, result_file = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    paths = [str(folder), str(ROOT / "glue-scripts"), str(ROOT / "local" / "spark")]
    sys.path[:0] = paths
    # Spark's Python workers are processes of their own.
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    arguments = ["run_tests", "discover", "--start-directory", str(folder), *sys.argv[3:]]
    # Py4J leaves its sockets to the garbage collector, which warns of each.
    result = unittest.main(module=None, argv=arguments, exit=False, warnings="ignore").result
    bad = [*result.failures, *result.errors, *((test, "unexpected success") for test in result.unexpectedSuccesses)]
    failures = [{"title": test.id(), "message": text.strip().splitlines()[-1]} for test, text in bad]
    failed, skipped = len(failures), len(result.skipped)
    counts = {"passed": max(result.testsRun - failed - skipped, 0), "failed": failed, "skipped": skipped}
    counts["failures"] = failures
    result_file.write_text(json.dumps(counts), encoding="utf-8")
    sys.exit(0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()

"""Runs these tests: `python tests/glue-scripts [unittest options]`, with the virtual environment's Python."""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "glue-scripts"), str(ROOT / "local" / "spark")]

# Py4J leaves its sockets to the garbage collector.
unittest.main(module=None, argv=["glue-scripts", "discover", "-s", str(HERE), *sys.argv[1:]], warnings="ignore")

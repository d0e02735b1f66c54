"""The contract's expressions, Spark SQL, in the words of DuckDB, which computes them.

What is translated gives the same value in both, tests compare them; everything else is refused by name.
"""

from lakeworks.expressions.translate import UnsupportedExpressionError, supported, translate

__all__ = ["UnsupportedExpressionError", "supported", "translate"]

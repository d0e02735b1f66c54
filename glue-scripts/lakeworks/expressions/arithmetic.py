"""Sums and products. An integer that overflows is NULL, where Spark wraps it around."""

from __future__ import annotations

from lakeworks.expressions.kinds import NUMBERS, Kind, Value, common

_MOST_DIGITS = 38
#: DuckDB computes with so many digits unless an operand has more.
_QUICK_DIGITS = 18


def arithmetic(operator: str, left: Value, right: Value) -> Value | None:
    """None for what are no numbers, and for decimals of more digits than there can be: Spark would round them.

    https://spark.apache.org/docs/latest/sql-ref-ansi-compliance.html, of the digits of a result
    """
    if left.kind not in NUMBERS or right.kind not in NUMBERS:
        return None
    kind = common([left.kind, right.kind])
    if kind is not Kind.DECIMAL:
        return Value(f"({left.sql} {operator} {right.sql})", kind)
    if operator == "*":
        digits = left.digits[0] + right.digits[0] + 1, left.digits[1] + right.digits[1]
        scale = left.digits[1]
    else:
        digits = max(left.digits[0], right.digits[0]) + 1, max(left.digits[1], right.digits[1])
        scale = digits[1]
    if sum(digits) > _MOST_DIGITS:
        return None
    first = left.sql if sum(digits) <= _QUICK_DIGITS else f"CAST({left.sql} AS DECIMAL({_MOST_DIGITS}, {scale}))"
    return Value(f"({first} {operator} {right.sql})", kind, digits=digits)

"""The library's own work on Spark's executors: Spark places the tasks, repeats a failed one and gathers the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from py4j.protocol import Py4JJavaError
from pyspark import SparkContext


class TaskError(Exception):
    """A task failed as often as Spark tries one; what it said, and in the log the whole of it."""


T = TypeVar("T")
R = TypeVar("R")


def on_spark(context: SparkContext) -> Callable[[Callable[[Any], Any], list[Any]], list[Any]]:
    """Gives a function that runs another over tasks, one Spark task each; results in the tasks' order."""

    def run(work: Callable[[T], R], tasks: list[T]) -> list[R]:
        if not tasks:
            return []
        try:
            return context.parallelize(tasks, len(tasks)).map(work).collect()
        except Py4JJavaError as error:
            raise TaskError(_reason(str(error.java_exception))) from error

    return run


def _reason(text: str) -> str:
    """The last line of the task's own traceback, which Spark wraps into its stack."""
    trace = text.partition("Traceback (most recent call last):")[2].partition("\n\n\tat ")[0]
    lines = [line.strip() for line in trace.splitlines() if line and not line.startswith(" ")]
    return lines[-1] if lines else text.partition("\n")[0]


def balanced(items: Sequence[T], size: Callable[[T], int], at_most: int, least: int) -> list[list[T]]:
    """The items in their order, in groups of about equal size: a smaller one at the end would keep one core busy, and
    the others waiting.

    :param at_most: bytes of a group, unless one item is larger.
    :param least: groups that there should be at least, where there are items enough; more are a multiple of it.
    """
    total = sum(size(item) for item in items)
    count = -(-total // (at_most * least)) * least
    groups: list[list[T]] = []
    current, filled, before = 0, 0, 0
    for item in items:
        # By the item's middle: half of the items at a border belong to either side.
        place = (2 * before + size(item)) * count // (2 * total) if total else 0
        if not groups or place > current or filled + size(item) > at_most:
            groups.append([])
            current, filled = place, 0
        groups[-1].append(item)
        filled += size(item)
        before += size(item)
    return groups

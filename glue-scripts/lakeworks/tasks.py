"""The library's own work on Spark's executors: Spark places the tasks, repeats a failed one and gathers the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pyspark import SparkContext

T = TypeVar("T")
R = TypeVar("R")


def on_spark(context: SparkContext) -> Callable[[Callable[[Any], Any], list[Any]], list[Any]]:
    """Gives a function that runs another over tasks, one Spark task each; results in the tasks' order."""

    def run(work: Callable[[T], R], tasks: list[T]) -> list[R]:
        if not tasks:
            return []
        return context.parallelize(tasks, len(tasks)).map(work).collect()

    return run


def balanced(items: Sequence[T], size: Callable[[T], int], at_most: int, least: int) -> list[list[T]]:
    """The items in their order, in groups of about equal size.

    :param at_most: bytes of a group, unless one item is larger.
    :param least: groups that there should be at least, where there are items enough.
    """
    total = sum(size(item) for item in items)
    share = min(at_most, max(1, -(-total // max(1, least))))
    groups: list[list[T]] = []
    room = 0
    for item in items:
        if not groups or room < size(item):
            groups.append([])
            room = share
        groups[-1].append(item)
        room -= size(item)
    return groups

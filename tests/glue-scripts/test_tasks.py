"""Groups of a step's work, one for each task."""

from __future__ import annotations

import unittest

from lakeworks.tasks import balanced


def sizes(items: list[int], at_most: int, least: int) -> list[int]:
    groups = balanced(items, lambda size: size, at_most, least)
    assert [item for group in groups for item in group] == items, "each item once, in order"
    return [sum(group) for group in groups]


class Balanced(unittest.TestCase):
    def test_no_small_group_at_the_end(self) -> None:
        self.assertEqual(sizes([22] * 60, 384, 4), [330] * 4)
        days = [20 + n % 5 for n in range(62)]
        found = sizes(days, 400, 4)
        self.assertEqual(len(found), 4)
        self.assertLess(max(found) - min(found), 2 * max(days))

    def test_their_number_is_a_multiple(self) -> None:
        self.assertEqual(sorted(sizes([100] * 10, 300, 2)), [200, 200, 300, 300])
        self.assertEqual(len(sizes([10] * 100, 60, 4)), 20)

    def test_none_is_too_large_unless_one_item_is(self) -> None:
        self.assertEqual(sizes([1, 1, 900, 1, 1], 100, 1), [2, 900, 2])
        self.assertTrue(all(size <= 100 for size in sizes([33, 66, 34, 70, 20, 90, 1], 100, 1)))

    def test_little_or_nothing(self) -> None:
        self.assertEqual(sizes([], 100, 4), [])
        self.assertEqual(sizes([7], 100, 4), [7])
        self.assertEqual(sizes([0, 0, 0], 100, 4), [0])
        self.assertEqual(sizes([5, 5], 100, 4), [5, 5])


if __name__ == "__main__":
    unittest.main()

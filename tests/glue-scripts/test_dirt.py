"""Every kind of bad input has exactly the outcome that dirt.py says, and no record is lost or invented."""

from __future__ import annotations

import unittest
import zlib

from dirt import KINDS, TRUNCATED_ROWS, outcome


class DirtTest(unittest.TestCase):
    def test_every_kind(self) -> None:
        self.assertGreaterEqual(len(KINDS), 60)
        for kind in KINDS:
            with self.subTest(kind.name):
                found = outcome(kind)
                self.assertEqual(str(found), kind.expected)
                self.assertEqual(found.records, found.rows + sum(found.reasons.values()) + found.duplicates)

    def test_what_a_truncated_object_holds(self) -> None:
        (kind,) = (each for each in KINDS if each.name == "truncated gzip")
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(kind.content)
        self.assertEqual(plain.count(b"\n"), TRUNCATED_ROWS)


if __name__ == "__main__":
    unittest.main()

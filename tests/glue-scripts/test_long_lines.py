"""Objects of long lines: the engine's memory has to do, whatever the format."""

from __future__ import annotations

import json
import unittest

from conformed import line
from reading import ReadingTestCase, csv_contract, json_contract


class LongLines(ReadingTestCase):
    def test_many_long_lines_fit_into_the_memory_of_a_task(self) -> None:
        for length, count in ((100_000, 1000), (1_000_000, 100), (10_000_000, 2)):
            note = "x" * length
            lines = [line(id=f'"{number}"', note=json.dumps(note)) for number in range(count)]
            plain = "\n".join(lines)
            rows = [f"{number},2024-01-31T23:59:59Z,2,1.25,{note}" for number in range(count)]
            csv = "\n".join(["id,timestamp,count,price,note", *rows])
            objects = [(plain, json_contract()), (plain.replace("\n", "\r\n"), json_contract()), (csv, csv_contract())]
            for body, contract in objects:
                with self.subTest(f"{contract.raw_format} {count} x {length}"):
                    rows_found = self.conformed(body, contract)
                    self.assertEqual([row.reason for row in rows_found], [None] * count)


if __name__ == "__main__":
    unittest.main()

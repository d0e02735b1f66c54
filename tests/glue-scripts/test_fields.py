"""Fields that were renamed, are new, or come in a reader's box."""

from __future__ import annotations

import json
import unittest
from decimal import Decimal

from conformed import conformed, contract, found_fields, line, reasons
from lakeworks.contract import Contract


def with_sources(sources: list[str]) -> Contract:
    plain = contract()
    columns = [
        {"name": column.name, "type": column.type, "source": list(column.sources), "nullable": column.nullable}
        for column in plain.read_columns
    ]
    renamed = [column | {"source": sources} if column["name"] == "id" else column for column in columns]
    return contract(columns=renamed, rowRules=[])


class Renamed(unittest.TestCase):
    def test_the_first_name_that_has_a_value_counts(self) -> None:
        lines = [
            line(id=None, key='"new"'),
            line(id='"old"'),
            line(id='"old"', key='"new"'),
            line(id='"old"', key="null"),
            line(id=None),
            line(id=None, key='{"a":1}'),
        ]
        rows = conformed(lines, with_sources(["key", "id"]))
        self.assertEqual([row.id for row in rows[:4]], ["new", "old", "new", "old"])
        self.assertEqual([row.reason for row in rows], [None] * 4 + ["id_missing", "id_invalid"])


class New(unittest.TestCase):
    def test_they_are_counted_without_those_that_the_contract_computes(self) -> None:
        lines = [line(new="1"), line(new="null", other="2"), line(total="3"), "broken", '{"a":']
        self.assertEqual(found_fields(lines), {"new": 2, "other": 1})

    def test_appended_as_json(self) -> None:
        keeping = contract(schemaChange="append")
        lines = [line(new='{"a":[1,2]}', total="7"), line(), line(x="1", y='"é"'), line(count="0", x="1")]
        rows = conformed(lines, keeping)
        found = [row.extra_fields and json.loads(row.extra_fields) for row in rows]
        self.assertEqual(found, [{"new": {"a": [1, 2]}}, None, {"x": 1, "y": "é"}, None])

    def test_ignored(self) -> None:
        self.assertFalse(hasattr(conformed([line(new="1")])[0], "extra_fields"))

    def test_names_that_are_data(self) -> None:
        """Many names: strictness is told from the whole line then."""
        many = [line(**{f"key {number}": "1"}) for number in range(300)]
        loose = [line(zzz="NaN"), line(zzz="[1,]"), line(zzz='"NaN"'), line(zzz="[1]")]
        self.assertEqual(reasons([*many, *loose]), [None] * 300 + ["malformed_json"] * 2 + [None] * 2)

    def test_loose_json_in_fields_that_the_contract_does_not_name(self) -> None:
        loose = ["NaN", "-Infinity", "inf", "nAn", "[1,]", '{"a":NaN}', '{"a":1 , }', '{"a":1}']
        self.assertEqual(reasons([line(new=value) for value in loose]), ["malformed_json"] * 7 + [None])


class Exact(unittest.TestCase):
    """Numbers that a double would change."""

    def test_wide_decimals(self) -> None:
        wide = contract(columns=[*COLUMNS, {"name": "wide", "type": "decimal(38,18)", "nullable": True}], rowRules=[])
        good = [
            "12345678901234567890.123456789012345678",
            '"0.123456789012345003"',
            "0.123456789012345003",
            "5",
            "1e-3",
        ]
        rows = conformed([line(wide=text) for text in good], wide)
        self.assertEqual([row.reason for row in rows], [None] * 5)
        self.assertEqual([row.wide for row in rows], [Decimal(text.strip('"')) for text in good])
        bad = ["0.1234567890123456789", "1e-19", "123456789012345678901"]
        self.assertEqual(reasons([line(wide=text) for text in bad], wide), ["wide_invalid"] * 3)

    def test_a_name_that_stands_in_nested_objects_too(self) -> None:
        whole = contract(columns=COLUMNS, rowRules=[])
        self.assertEqual(reasons([line(big="1.0", extra='{"big":2.0}'), line(big="1.0")], whole), ["big_invalid", None])

    def test_bigints_with_a_point(self) -> None:
        rows = conformed([line(big="9007199254740993.0"), line(big="9007199254740993.5"), line(big="1e-30")])
        self.assertEqual(
            [(row.big, row.reason) for row in rows], [(9007199254740993, None), *[(None, "big_invalid")] * 2]
        )


COLUMNS = [
    {"name": "id", "type": "string"},
    {"name": "at", "source": "timestamp", "type": "timestamp"},
    {"name": "big", "type": "bigint", "nullable": True},
]


class Boxed(unittest.TestCase):
    def test_lines_of_json_are_parsed_and_faults_kept(self) -> None:
        boxes = [{"r": line()}, {"r": "x\\xff", "e": "encoding_invalid"}, {"r": "{"}, {"r": line(note='"a\\nb"')}]
        rows = conformed([json.dumps(box) for box in boxes], boxed=True)
        self.assertEqual([row.reason for row in rows], [None, "encoding_invalid", "malformed_json", None])
        self.assertEqual([row.raw for row in rows], [None, "x\\xff", "{", None])
        self.assertEqual(rows[3].note, "a\nb")

    def test_fields_of_csv(self) -> None:
        csv = contract(raw={"format": "csv"}, schemaChange="append")
        good = {
            "id": "a",
            "timestamp": "2024-01-31T23:59:59Z",
            "count": "2",
            "price": "1.25",
            "note": "[1]",
            "new": "n",
        }
        boxes = [
            {"r": "good", "f": good},
            {"r": "bad", "f": {**good, "id": ""}},
            {"r": "worse", "f": {**good, "note": {"nested": "1"}}},
            {"r": "NaN", "f": {**good, "note": "NaN", "ratio": "NaN"}},
            {"r": "x", "e": "malformed_csv"},
        ]
        rows = conformed([json.dumps(box) for box in boxes], csv, boxed=True)
        expected = [None, "id_missing", "note_invalid", "ratio_invalid", "malformed_csv"]
        self.assertEqual([row.reason for row in rows], expected)
        self.assertEqual((rows[0].note, rows[0].total, rows[0].extra_fields), ("[1]", Decimal("2.50"), '{"new":"n"}'))
        self.assertEqual([row.raw for row in rows], [None, "bad", "worse", "NaN", "x"])


if __name__ == "__main__":
    unittest.main()

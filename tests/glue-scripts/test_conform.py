"""Casts that lose nothing, reasons, row rules, derived columns."""

from __future__ import annotations

import datetime
import unittest
from decimal import Decimal

from conformed import conformed, contract, line, reasons


class Casts(unittest.TestCase):
    def check(self, column: str, field: str, good: dict[str, object], bad: list[str]) -> None:
        rows = conformed([line(**{field: text}) for text in good])
        self.assertEqual({text: row.reason for text, row in zip(good, rows, strict=True)}, dict.fromkeys(good))
        self.assertEqual([getattr(row, column) for row in rows], list(good.values()))
        found = reasons([line(**{field: text}) for text in bad])
        self.assertEqual(dict(zip(bad, found, strict=True)), dict.fromkeys(bad, f"{column}_invalid"))

    def test_int(self) -> None:
        good: dict[str, object] = {"3": 3, '"3"': 3, "3.0": 3, "3e2": 300, "2147483647": 2147483647, '"+7"': 7}
        bad = [
            "1.5",
            "3.7",
            "2147483648",
            "99999999999",
            "1e10",
            "1e308",
            '"3 pieces"',
            '" 3"',
            "true",
            '{"v":1}',
            "[3]",
        ]
        self.check("count", "count", good, bad)

    def test_bigint(self) -> None:
        good: dict[str, object] = {"9223372036854775807": 2**63 - 1, "-9223372036854775808": -(2**63), "0": 0}
        self.check("big", "big", good, ["9223372036854775808", "1e19", "0.5", '"x"'])

    def test_decimal(self) -> None:
        good: dict[str, object] = {"19.9": Decimal("19.90"), '"19.90"': Decimal("19.90"), "19.9900": Decimal("19.99")}
        good |= {"99999999.99": Decimal("99999999.99"), "0": Decimal("0.00"), "1e2": Decimal("100.00")}
        bad = ["9.999", "0.001", "100000000", "1e308", '"12,50"', '"N/A"', '"0x10"', '"1d"', '"NaN"', "false"]
        self.check("price", "price", good, bad)

    def test_double(self) -> None:
        good: dict[str, object] = {"0.1": 0.1, "-5": -5.0, "1e-300": 1e-300, '"2.5"': 2.5}
        self.check("ratio", "ratio", good, ["1e999", '"NaN"', '"Infinity"', '"1d"', '"1f"', '"0x1p3"', "true"])

    def test_boolean(self) -> None:
        good: dict[str, object] = {"true": True, "false": False, '"true"': True}
        self.check("flag", "flag", good, ['"yes"', '"t"', "1", '"TRUE"'])

    def test_date(self) -> None:
        good: dict[str, object] = {'"2024-02-29"': datetime.date(2024, 2, 29)}
        self.check(
            "due", "due", good, ['"2023-02-29"', '"2024-1-1"', '"2024"', '"01/02/2024"', '"2024-01-01T00:00:00Z"']
        )

    def test_timestamp(self) -> None:
        good = [
            "2024-02-29T12:00:00Z",
            "2024-01-01 10:00:00",
            "2024-01-01T10:00:00.123456",
            "2024-03-31T02:30:00+02:00",
        ]
        rows = conformed([line(timestamp=f'"{text}"') for text in good])
        self.assertEqual([row.reason for row in rows], [None] * 4)
        spoken = ["2024", "2024-01", "2024-01-01", "10:00", "2024-02-30T10:00:00Z", "2023-02-29T10:00:00Z"]
        spoken += [
            "01/02/2024 10:00",
            "2024-01-01T25:00:00Z",
            "2024-01-01T10:00:00 PST",
            "now",
            "epoch",
            "20240101T100000Z",
        ]
        bad = ["1704103200", *(f'"{text}"' for text in spoken)]
        self.assertEqual(reasons([line(timestamp=text) for text in bad]), ["at_invalid"] * len(bad))

    def test_string(self) -> None:
        good: dict[str, object] = {
            '"[sale] shirt"': "[sale] shirt",
            '"{a}"': "{a}",
            "5": "5",
            '"[1]"': "[1]",
            "true": "true",
        }
        self.check("note", "note", good, ['{"a":1}', "[1]", "{}", "[]", '["[sale]"]'])


class Reasons(unittest.TestCase):
    def test_missing(self) -> None:
        lines = [
            line(id=None),
            line(id="null"),
            line(id='""'),
            line(id='"  "'),
            line(timestamp=None),
            line(count="null"),
        ]
        self.assertEqual(reasons(lines), ["id_missing"] * 4 + ["at_missing", "count_missing"])

    def test_nullable(self) -> None:
        self.assertEqual(reasons([line(note=None), line(note="null"), line(note='""'), line(ratio="null")]), [None] * 4)

    def test_names_are_case_sensitive_and_unknown_fields_ignored(self) -> None:
        self.assertEqual(reasons([line(id=None, ID='"a"'), line(new='"x"')]), ["id_missing", None])

    def test_the_first_fault_in_the_contracts_order(self) -> None:
        self.assertEqual(
            reasons([line(id=None, count="-1"), line(count='"x"', price='"y"')]), ["id_missing", "count_invalid"]
        )

    def test_row_rules(self) -> None:
        lines = [line(count="0"), line(count="-3"), line(ratio="100"), line(ratio="99.9"), line(count="0", ratio="100")]
        expected = ["count_not_positive", "count_not_positive", "ratio_too_high", None, "count_not_positive"]
        self.assertEqual(reasons(lines), expected)

    def test_a_rule_that_is_null_is_broken(self) -> None:
        strict = contract(rowRules=[{"name": "ratio_too_high", "condition": "ratio < 100"}])
        self.assertEqual([row.reason for row in conformed([line()], strict)], ["ratio_too_high"])


class Derived(unittest.TestCase):
    def test_computed_columns_win_over_the_sources(self) -> None:
        self.assertEqual(conformed([line(total="999.99")])[0].total, Decimal("2.50"))

    def test_a_computed_value_that_does_not_fit(self) -> None:
        self.assertEqual(reasons([line(count="2147483647", price="99999999.99")]), ["total_invalid"])

    def test_partitions_are_the_event_time_in_utc(self) -> None:
        spoken = [
            "2024-01-31T23:59:59Z",
            "2024-01-31T23:59:59-01:00",
            "2024-03-01 00:30:00+01:00",
            "2024-12-31T23:59:59.999999Z",
        ]
        rows = conformed([line(timestamp=f'"{text}"') for text in spoken])
        places = [(row.year, row.month, row.day) for row in rows]
        self.assertEqual(places, [(2024, 1, 31), (2024, 2, 1), (2024, 2, 29), (2024, 12, 31)])

"""A line is exactly one JSON object, or it is malformed."""

from __future__ import annotations

import json
import random
import unittest

from conformed import conformed, line, reasons

GARBAGE = [
    " x",
    "]",
    "}",
    "]}",
    '],"x":[1',
    '],"s":{"r":{}',
    ",",
    ",{}",
    ",null",
    "{}",
    "[]",
    ' ] [ {"id":"b"}',
    '"',
    "\\n",
    "//",
]


class StrictLines(unittest.TestCase):
    def test_good_lines(self) -> None:
        good = [
            line(),
            f"  {line()}\t ",
            line(note='"a ] b } c"'),
            line(note='"],\\"x\\":[1"'),
            line(extra='[1,[2,{"a":[]}]]'),
        ]
        self.assertEqual(reasons(good), [None] * len(good))

    def test_garbage_after_the_object(self) -> None:
        bad = [line() + garbage for garbage in GARBAGE]
        self.assertEqual(reasons(bad), ["malformed_json"] * len(bad))

    def test_garbage_after_an_object_with_brackets_in_its_texts(self) -> None:
        bad = [line(note='"]"', extra="[1]") + garbage for garbage in GARBAGE]
        self.assertEqual(reasons(bad), ["malformed_json"] * len(bad))

    def test_not_an_object(self) -> None:
        bad = [
            "null",
            "[]",
            "[{}]",
            f"[{line()}]",
            '"text"',
            "5",
            "true",
            "plain words",
            "\ufeff" + line(),
            "{",
            "}",
            "]",
            "],[",
        ]
        self.assertEqual(reasons(bad), ["malformed_json"] * len(bad))

    def test_what_json_does_not_allow(self) -> None:
        bad = [
            "{'id':'a'}",
            line(ratio="NaN"),
            line(ratio="Infinity"),
            line(ratio="01"),
            line(ratio="+1"),
            line(ratio=".5"),
            line(note='"tab\tinside"'),
            line(note='"\\x41"'),
            line()[:-1] + ",}",
            "{id:1}",
            line().replace('"count":2', '"count":2 /* two */'),
        ]
        self.assertEqual(reasons(bad), ["malformed_json"] * len(bad))

    def test_every_truncation(self) -> None:
        whole = line(note='"é ] }"', extra='{"a":[1,{}]}')
        bad = [whole[:length] for length in range(1, len(whole))]
        self.assertEqual(set(reasons(bad)), {"malformed_json"})

    def test_unicode(self) -> None:
        texts = ["Café", "日本語", "😀", "\u2028", "a\u0301"]
        rows = conformed([line(note=json.dumps(text)) for text in texts] + [line(note=f'"{text}"') for text in texts])
        self.assertEqual([row.note for row in rows], texts * 2)

    def test_duplicate_fields_keep_the_last(self) -> None:
        self.assertEqual(conformed([line(note='"first","note":"last"')])[0].note, "last")

    def test_random_damage_against_pythons_parser(self) -> None:
        """Python's json, an independent strict parser, and the library agree on what is malformed."""
        dice = random.Random(7)
        whole = line(note='"x ] } , \\" y"', extra='[{"a":[1,2]},"]"]')
        damaged = {damage(whole, dice) for _ in range(1500)}
        texts = sorted(text for text in damaged if text.strip() and "NaN" not in text)
        expected = [is_object(text) for text in texts]
        self.assertTrue(50 < sum(expected) < len(expected) - 50, sum(expected))
        found = [reason != "malformed_json" for reason in reasons(texts)]
        self.assertEqual([t for t, e, g in zip(texts, expected, found, strict=True) if e != g], [])


def damage(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(text) + 1)
        kind = dice.randrange(3)
        piece = dice.choice(["{", "}", "[", "]", ",", '"', ":", "1", " ", "\\", "a", '],"x":[', '{"r":'])
        text = text[:place] + (piece if kind else "") + text[place + (dice.randint(0, 2) if kind < 2 else 0) :]
        text = text or "x"
    return text


def is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False

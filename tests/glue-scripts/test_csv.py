"""A line of CSV is exactly one record of its object's header, or it is quarantined; none vanishes."""

from __future__ import annotations

import csv
import io
import random
import re
import unittest
from decimal import Decimal

from lakeworks.csv_syntax import CLOSES, OPENS, fields_of, inside_quotes
from lakeworks.survey import survey
from spark import LINE, REASON, SOURCE_OBJECT, conform, csv_conformed, csv_contract, csv_frame

HEADER = "id,timestamp,count,price,note"
GOOD = "a,2024-01-31T23:59:59Z,2,1.25,x"


def found(*lines: str, header: str = HEADER) -> dict[str, str | None]:
    """Reasons by line."""
    rows = csv_conformed({"s3://bronze/a.csv": "\n".join([header, *lines]) + "\n"})
    return {row[LINE]: row[REASON] for row in rows}


def notes(*texts: str) -> list[str | None]:
    """The values of a nullable text column from the texts of its field."""
    rows = csv_conformed({"s3://a.csv": "\n".join([HEADER, *(f"{n:03},{GOOD[2:-1]}{t}" for n, t in enumerate(texts))])})
    assert [row[REASON] for row in rows] == [None] * len(texts), rows
    return [row.note for row in rows]


class Records(unittest.TestCase):
    def test_values_and_quotes(self) -> None:
        fields = ['"a, b"', '"say ""hi"""', '""""', "", '""', "' x '", " x ", "é日😀", '"x"']
        expected = ["a, b", 'say "hi"', '"', None, "", "' x '", " x ", "é日😀", "x"]
        self.assertEqual(notes(*fields), expected)

    def test_types_are_cast_as_from_json(self) -> None:
        row = csv_conformed({"s3://a.csv": f"{HEADER},big,flag,due\n{GOOD},7,true,2024-02-29\n"})[0]
        self.assertEqual((row[REASON], row["count"], row.price, row.total), (None, 2, Decimal("1.25"), Decimal("2.50")))
        self.assertEqual((row.big, row.flag, str(row.due), row.ratio), (7, True, "2024-02-29", None))

    def test_malformed_lines(self) -> None:
        lines = [
            "plain words",
            GOOD[:-2],
            GOOD + ",",
            GOOD + ",y",
            GOOD[:-1] + '"x',
            GOOD[:-1] + '"x"y',
            GOOD[:-1] + 'x"y',
            GOOD[:-1] + '"x" ',
            GOOD[:-1] + '"x""',
            ",",
            '"',
        ]
        self.assertEqual(found(*lines), dict.fromkeys(lines, "malformed_csv"))

    def test_missing_and_invalid_fields(self) -> None:
        lines = {
            GOOD: None,
            GOOD.replace("a,", ",", 1): "id_missing",
            GOOD.replace("a,", '"",', 1): "id_missing",
            GOOD.replace("a,", "  ,", 1): "id_missing",
            GOOD.replace(",2,", ",two,"): "count_invalid",
            GOOD.replace(",2,", ",1.5,"): "count_invalid",
            GOOD.replace(",2,", ",0,"): "count_not_positive",
            GOOD.replace("2024", "24", 1): "at_invalid",
            GOOD.replace("a,", "{},", 1): None,
        }
        self.assertEqual(found(*lines), lines)

    def test_a_long_hostile_line_does_not_break_the_run(self) -> None:
        lines = ["," * 200_000, '"' * 100_001, 'x""' * 50_000, '"' + '""' * 100_000 + "x"]
        self.assertEqual(found(*lines, GOOD), {**dict.fromkeys(lines, "malformed_csv"), GOOD: None})

    def test_against_pythons_reader(self) -> None:
        """Python's csv module, an independent reader, finds the same fields wherever a line is right."""
        dice = random.Random(5)
        texts = ["".join(dice.choice('ab ",x') for _ in range(dice.randrange(9))) for _ in range(3000)]
        right = [text for text in texts if text.strip() and fields_of(text) is not None]
        self.assertGreater(len(right), 500)
        for text in right:
            self.assertEqual(fields_of(text), next(csv.reader([text], strict=True)), text)
        quoted = [
            fields for text in right if len(fields := fields_of(text) or []) == 2 and all(f.strip() for f in fields)
        ]
        self.assertGreater(len(quoted), 50)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [[i, *GOOD.split(",")[1:4], "\t".join(q)] for i, q in enumerate(quoted)]
        )
        rows = csv_conformed({"s3://a.csv": f"{HEADER}\n{out.getvalue()}"})
        self.assertEqual({row.id: row.note for row in rows}, {str(i): "\t".join(q) for i, q in enumerate(quoted)})


class Headers(unittest.TestCase):
    def test_columns_are_matched_by_each_objects_own_header(self) -> None:
        rows = csv_conformed(
            {
                "s3://a.csv": f"{HEADER}\n{GOOD}\n",
                "s3://b.csv": "price,extra,id,count,timestamp\n1.25,y,b,2,2024-01-31T23:59:59Z\n",
                "s3://c.csv": '\ufeff"id","timestamp",count,price\r\nc,2024-01-31T23:59:59Z,2,1.25\r\n',
            }
        )
        self.assertEqual([(row.id, row["count"], row.price, row[REASON]) for row in rows], [
            ("a", 2, Decimal("1.25"), None), ("b", 2, Decimal("1.25"), None), ("c", 2, Decimal("1.25"), None)
        ])  # fmt: skip
        self.assertEqual([row.note for row in rows], ["x", None, None])

    def test_a_header_that_lacks_a_required_column(self) -> None:
        rows = csv_conformed({"s3://a.csv": "id,timestamp,price\na,2024-01-31T23:59:59Z,1.25\n"})
        self.assertEqual([row[REASON] for row in rows], ["count_missing"])

    def test_an_object_without_a_header_is_quarantined_whole(self) -> None:
        for first in (GOOD.replace("a,", "0,", 1), "id,id,timestamp,count,price", 'id,"timestamp', "one,two"):
            rows = csv_conformed({"s3://a.csv": f"{first}\n{GOOD}\n", "s3://b.csv": f"{HEADER}\n{GOOD}\n"})
            self.assertEqual([row[REASON] for row in rows].count("header_invalid"), 2, first)
            self.assertEqual([row[REASON] for row in rows if row[SOURCE_OBJECT] == "s3://b.csv"], [None])

    def test_names_are_case_sensitive(self) -> None:
        self.assertEqual(found(GOOD, header=HEADER.replace("id", "ID")), {GOOD: "id_missing"})

    def test_headers_are_no_records_wherever_they_stand(self) -> None:
        rows = csv_conformed({"s3://a.csv": f"\n  \n{HEADER}\n{GOOD}\n{HEADER}\n{GOOD}\n", "s3://b.csv": HEADER})
        self.assertEqual([(row[SOURCE_OBJECT], row[LINE]) for row in rows], [("s3://a.csv", GOOD)] * 2)


class LineBreaks(unittest.TestCase):
    """Fields of several lines are not read: every line of them is quarantined."""

    def test_a_line_inside_quotes_that_looks_like_a_record(self) -> None:
        inside = GOOD.replace("a,", "inside,", 1)
        first, last = GOOD[:-1] + '"one', 'end"'
        rows = csv_conformed({"s3://a.csv": "\n".join([HEADER, "b" + GOOD[1:], first, inside, last, GOOD])})
        good = {row.id for row in rows if row[REASON] is None}
        self.assertEqual((good, len(rows)), ({"a", "b"}, 5))
        self.assertEqual({row[LINE] for row in rows if row[REASON] == "malformed_csv"}, {first, inside, last})

    def test_a_quote_that_is_never_closed_spoils_its_own_line_alone(self) -> None:
        lines = [GOOD[:-1] + '"cut', GOOD, GOOD[:-1] + '"whole"', GOOD[:-1] + '"cut again']
        reasons = found(*lines)
        self.assertEqual([reasons[line] for line in lines], ["malformed_csv", None, None, "malformed_csv"])

    def test_patterns(self) -> None:
        self.assertTrue(all(re.match(OPENS, line) for line in ('"', '"a', 'a,"b', '"x","y', '"a""')))
        self.assertFalse(any(re.match(OPENS, line) for line in ("", "a", '"a"', 'a"b', '"a"b,"')))
        self.assertTrue(all(re.match(CLOSES, line) for line in ('"', 'a"', 'a",b,"c"', 'a""b",')))
        self.assertFalse(any(re.match(CLOSES, line) for line in ("", "a", '"a"', 'a"b', 'a""')))
        self.assertEqual(list(inside_quotes(['"a', "b", '"c', "d", 'e""f', 'g"', "h"])), ["d", 'e""f'])


class Accounting(unittest.TestCase):
    def test_every_line_but_the_headers_is_counted_once(self) -> None:
        dice = random.Random(3)
        kinds = [GOOD, GOOD, GOOD[:9], GOOD + ",z", GOOD[:-1] + '"x', 'x"', GOOD.replace(",2,", ",0,"), "none"]
        bodies = {f"s3://{n}.csv": [dice.choice(kinds) for _ in range(200)] for n in range(5)}
        frame = csv_frame({name: "\n".join([HEADER, *lines]) for name, lines in bodies.items()}, csv_contract())
        counted = survey(conform(frame, csv_contract()).persist(), csv_contract())
        self.assertEqual(counted.rows, 1000)
        self.assertEqual(counted.source_objects, sorted(bodies))
        self.assertEqual(counted.text_length, sum(len(line) for lines in bodies.values() for line in lines))

    def test_no_lines(self) -> None:
        self.assertEqual(csv_conformed({"s3://a.csv": HEADER}), [])


if __name__ == "__main__":
    unittest.main()

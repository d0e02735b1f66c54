"""CSV: a record is exactly one of its object's header, or it is quarantined; none vanishes."""

from __future__ import annotations

import csv
import io
import random
import unittest
from decimal import Decimal

from lakeworks.read.csv_syntax import Syntax
from reading import ReadingTestCase, csv_contract

HEADER = "id,timestamp,count,price,note"
GOOD = "a,2024-01-31T23:59:59Z,2,1.25,x"
CONTRACT = csv_contract()
COMMA = Syntax.of(",")


class CsvTestCase(ReadingTestCase):
    def reasons(self, *lines: str, header: str = HEADER) -> list[str | None]:
        return [row.reason for row in self.conformed("\n".join([header, *lines]) + "\n", CONTRACT)]

    def notes(self, *texts: str, end: str = "\n") -> list[str | None]:
        """The values of a nullable text column from the texts of its field."""
        lines = [HEADER, *(f"{number:03},{GOOD[2:-1]}{text}" for number, text in enumerate(texts))]
        rows = self.conformed(end.join(lines), CONTRACT)
        self.assertEqual([row.reason for row in rows], [None] * len(texts))
        return [row.note for row in rows]


class Records(CsvTestCase):
    def test_values_and_quotes(self) -> None:
        fields = ['"a, b"', '"say ""hi"""', '""""', "", '""', "' x '", " x ", "é日😀", '"x"']
        expected = ["a, b", 'say "hi"', '"', None, "", "' x '", " x ", "é日😀", "x"]
        self.assertEqual(self.notes(*fields), expected)

    def test_types_are_cast_as_from_json(self) -> None:
        (row,) = self.conformed(f"{HEADER},big,flag,due\n{GOOD},7,true,2024-02-29\n", CONTRACT)
        self.assertEqual((row.reason, row.count, row.price, row.total), (None, 2, Decimal("1.25"), Decimal("2.50")))
        self.assertEqual((row.big, row.flag, str(row.due), row.ratio), (7, True, "2024-02-29", None))

    def test_malformed_lines(self) -> None:
        lines = [
            '"',
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
        ]
        found = self.read("\n".join([HEADER, *lines]), CONTRACT)
        self.assertEqual(found, [(line, "malformed_csv") for line in lines])

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
        self.assertEqual(self.reasons(*lines), list(lines.values()))

    def test_another_separator(self) -> None:
        for separator in (";", "\t", "|"):
            text = f"{HEADER}\n{GOOD}\n".replace(",", separator) + f'b{separator}"x"'
            found = self.read(text, csv_contract(separator))
            self.assertEqual(
                [kind if isinstance(kind, str) else kind and kind["note"] for _, kind in found], ["x", "malformed_csv"]
            )

    def test_a_long_hostile_line_does_not_break_the_run(self) -> None:
        lines = ["," * 200_000, '"' * 100_001, 'x""' * 50_000, '"' + '""' * 100_000 + "x"]
        self.assertEqual(self.reasons(*lines, GOOD), [*["malformed_csv"] * 4, None])

    def test_many_open_quotes_are_read_in_good_time(self) -> None:
        lines = [GOOD[:-1] + '"open'] * 20_000
        self.assertEqual(set(self.reasons(*lines)), {"malformed_csv"})


class Headers(CsvTestCase):
    def test_columns_are_matched_by_each_objects_own_header(self) -> None:
        bodies = [
            f"{HEADER}\n{GOOD}\n",
            "price,extra,id,count,timestamp\n1.25,y,b,2,2024-01-31T23:59:59Z\n",
            '\ufeff"id","timestamp",count,price\r\nc,2024-01-31T23:59:59Z,2,1.25\r\n',
        ]
        rows = [row for body in bodies for row in self.conformed(body, CONTRACT)]
        good = [(name, 2, Decimal("1.25"), None) for name in "abc"]
        self.assertEqual([(row.id, row.count, row.price, row.reason) for row in rows], good)
        self.assertEqual([row.note for row in rows], ["x", None, None])

    def test_what_a_header_lacks(self) -> None:
        body = "id,timestamp,price\na,2024-01-31T23:59:59Z,1.25\n"
        self.assertEqual([row.reason for row in self.conformed(body, CONTRACT)], ["count_missing"])
        self.assertEqual(self.records(body, CONTRACT).missing, ("count", "note", "big", "ratio", "flag", "due"))

    def test_an_object_without_a_header_is_quarantined_whole(self) -> None:
        for first in (GOOD.replace("a,", "0,", 1), "id,id,timestamp,count,price", 'id,"timestamp', "one,two"):
            found = self.read(f"{first}\n\n{GOOD}\n", CONTRACT)
            self.assertEqual(found, [(first, "header_invalid"), (GOOD, "header_invalid")])

    def test_names_of_several_lines(self) -> None:
        header = 'id,"note\non two lines"'
        found = self.read(f"{header}\na,b\n{header}\nc,d\n", CONTRACT)
        self.assertEqual([fields for _, fields in found], [{"id": i, "note\non two lines": n} for i, n in ("ab", "cd")])

    def test_columns_without_a_name_and_with_the_same(self) -> None:
        found = self.read("id,x,,x,_c2,100%\na,1,2,3,4,5\nb,1,2,3,,\\\n", CONTRACT)
        self.assertEqual([fields for _, fields in found], [
            {"id": "a", "x1": "1", "_c2_": "2", "x3": "3", "_c2": "4", "100%": "5"},
            {"id": "b", "x1": "1", "_c2_": "2", "x3": "3", "100%": "\\"},
        ])  # fmt: skip

    def test_a_name_of_before(self) -> None:
        columns = [
            {"name": "id", "source": ["code", "key"], "type": "string"},
            {"name": "at", "type": "timestamp"},
            {"name": "no", "source": ["nr", "number"], "type": "int"},
        ]
        old = csv_contract(columns=columns, rowRules=[])
        self.assertEqual(self.records("key,at\n1,2\n", old).missing, ("nr",))
        self.assertEqual(self.records("code,at,number\n1,2,3\n", old).missing, ())

    def test_a_header_in_another_encoding(self) -> None:
        found = self.read(b"id,pr\xe9nom\na,b\n", CONTRACT)
        self.assertEqual(found, [("id,pr\\xe9nom", "encoding_invalid"), ("a,b", "header_invalid")])

    def test_marks_where_files_were_joined(self) -> None:
        for header in (HEADER, HEADER.replace("id", '"id"')):
            found = self.read(f"\ufeff{header}\r\n{GOOD}\r\n\ufeff{header}\r\n{GOOD}\r\n", CONTRACT)
            self.assertEqual([raw for raw, _ in found], [GOOD] * 2)

    def test_names_are_case_sensitive(self) -> None:
        self.assertEqual(self.reasons(GOOD, header=HEADER.replace("id", "ID")), ["id_missing"])

    def test_headers_are_no_records_wherever_they_stand(self) -> None:
        found = self.read(f"\n  \n{HEADER}\n{GOOD}\n{HEADER}\n\n{GOOD}\n", CONTRACT)
        self.assertEqual([raw for raw, _ in found], [GOOD] * 2)
        self.assertEqual(self.read(HEADER, CONTRACT), [])
        self.assertEqual(self.read("", CONTRACT), [])


class SeveralLines(CsvTestCase):
    def test_line_ends_within_quotes_are_text(self) -> None:
        texts = ["one\ntwo", "\n", "a\n\n  \nb", 'say "x",\n"y"', "tail\n"]
        fields = ['"' + text.replace('"', '""') + '"' for text in texts]
        self.assertEqual(self.notes(*fields), texts)
        windows = [text.replace("\n", "\r\n") for text in texts]
        self.assertEqual(self.notes(*(field.replace("\n", "\r\n") for field in fields), end="\r\n"), windows)

    def test_lines_that_end_in_carriage_returns_alone(self) -> None:
        """All of it would else be the header, and none of it a record."""
        for mark in ("", "\ufeff"):
            found = self.read(f"{mark}{HEADER}\r{GOOD}\r\r{GOOD}\r", CONTRACT)
            self.assertEqual([raw for raw, _ in found], [GOOD, GOOD])

    def test_fields_that_close_and_open_quotes_in_one_line(self) -> None:
        record = '"a\nb","2024-01-31T23:59:59Z",2,1.25,"x\ny"'
        found = self.read(f"{HEADER}\n{record}\n{GOOD}", CONTRACT)
        self.assertEqual([raw for raw, _ in found], [record, GOOD])
        self.assertEqual(
            found[0][1],
            {"id": "a\nb", "timestamp": "2024-01-31T23:59:59Z", "count": "2", "price": "1.25", "note": "x\ny"},
        )

    def test_a_line_inside_quotes_that_looks_like_a_record(self) -> None:
        inside = GOOD.replace("a,", "inside,", 1)
        found = self.read("\n".join([HEADER, GOOD[:-1] + '"one', inside, 'end"', GOOD]), CONTRACT)
        self.assertEqual(len(found), 2)
        self.assertEqual(found[0][1]["note"], f"one\n{inside}\nend")

    def test_a_quote_that_is_never_closed_spoils_its_own_line_alone(self) -> None:
        lines = [GOOD[:-1] + '"cut', GOOD, GOOD[:-1] + '"whole"', GOOD[:-1] + '"cut again']
        self.assertEqual(self.reasons(*lines), ["malformed_csv", None, None, "malformed_csv"])

    def test_bytes_that_are_no_text_within_quotes(self) -> None:
        found = self.read(f'{HEADER}\n{GOOD[:-1]}"x\n'.encode() + b'\xff\ny"\n' + GOOD.encode(), CONTRACT)
        kinds = [kind if isinstance(kind, str) else None for _, kind in found]
        self.assertEqual(kinds, ["malformed_csv", "encoding_invalid", "malformed_csv", None])
        self.assertEqual([raw for raw, _ in found], [GOOD[:-1] + '"x', "\\xff", 'y"', GOOD])

    def test_a_field_of_very_many_lines(self) -> None:
        for lines, good in ((990, True), (1010, False)):
            found = self.read(f'{HEADER}\n{GOOD[:-1]}"{"x" * 9}{chr(10) * lines}x"\n{GOOD}', CONTRACT)
            self.assertEqual(
                [isinstance(kind, dict) for _, kind in found], [True] * 2 if good else [False] * 2 + [True]
            )

    def test_a_header_ends_a_quote_that_is_open(self) -> None:
        """Files were joined, the first of which is cut off: its last line must not swallow the second file."""
        cut = GOOD[:-1] + '"cut'
        quoted = GOOD[:-1] + '"x"'
        found = self.read("\n".join([HEADER, GOOD, cut, HEADER, GOOD, 'b",2', quoted]), CONTRACT)
        self.assertEqual([raw for raw, _ in found], [GOOD, cut, GOOD, 'b",2', quoted])
        self.assertEqual([kind for _, kind in found if isinstance(kind, str)], ["malformed_csv"] * 2)

    def test_a_record_of_several_lines_with_too_many_fields(self) -> None:
        lines = [GOOD[:-1] + '"x', 'y",z', GOOD]
        self.assertEqual(self.reasons(*lines), ["malformed_csv", "malformed_csv", None])


class Oracle(CsvTestCase):
    """Python's csv module, an independent reader and writer."""

    def test_what_python_writes_is_read_back(self) -> None:
        dice = random.Random(5)
        texts = ["".join(dice.choice('ab ",\nx') for _ in range(dice.randrange(9))) for _ in range(2000)]
        rows = [[f"k{number}", GOOD.split(",")[1], text, "", dice.choice(texts)] for number, text in enumerate(texts)]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([HEADER.split(","), *rows])
        found = self.read(out.getvalue(), CONTRACT)
        names = HEADER.split(",")
        expected = [{name: value for name, value in zip(names, row, strict=True) if value} for row in rows]
        self.assertEqual([{name: value for name, value in kind.items() if value} for _, kind in found], expected)

    def test_fields_of_single_lines(self) -> None:
        dice = random.Random(5)
        texts = ["".join(dice.choice('ab ",x') for _ in range(dice.randrange(9))) for _ in range(3000)]
        right = [text for text in texts if text.strip() and COMMA.whole.fullmatch(text)]
        self.assertGreater(len(right), 500)
        for text in right:
            fields = [field or "" for field in COMMA.fields(text)]
            self.assertEqual(fields, next(csv.reader([text], strict=True)), text)

    def test_patterns(self) -> None:
        opens = ('"', '"a', 'a,"b', '"x","y', '"a""')
        self.assertEqual([bool(COMMA.opens.fullmatch(line)) for line in opens], [True] * 5)
        no = ("", "a", '"a"', 'a"b', '"a"b,"')
        self.assertEqual([bool(COMMA.opens.fullmatch(line)) for line in no], [False] * 5)
        closes = ('"', 'a"', 'a",b,"c"', 'a""b",')
        self.assertEqual([bool(COMMA.closes.fullmatch(line)) for line in closes], [True] * 4)
        no = ("", "a", '"a"', 'a"b', 'a""')
        self.assertEqual([bool(COMMA.closes.fullmatch(line)) for line in no], [False] * 5)
        reopens = ('","', 'a",b,"c', '","x","y')
        self.assertEqual([bool(COMMA.reopens.fullmatch(line)) for line in reopens], [True] * 3)

    def test_every_line_but_the_header_is_found_once(self) -> None:
        dice = random.Random(3)
        kinds = [GOOD, GOOD, GOOD[:9], GOOD + ",z", GOOD[:-1] + '"x', 'x"', GOOD.replace(",2,", ",0,"), "none"]
        for _ in range(20):
            lines = [dice.choice(kinds) for _ in range(200)]
            found = self.read("\n".join([HEADER, *lines]), CONTRACT)
            self.assertEqual("\n".join(raw for raw, _ in found), "\n".join(lines))


if __name__ == "__main__":
    unittest.main()

"""JSON lines: clean files are left as they are, others are boxed line by line; nothing is lost."""

from __future__ import annotations

import codecs
import json
import unittest
from pathlib import Path
from unittest.mock import patch

from conformed import line
from lakeworks.read import encodings, json_records, plain
from reading import ReadingTestCase, json_contract

CONTRACT = json_contract()
LINES = [line(), line(id='"b"', note='"é日😀"')]
TEXT = "\n".join(LINES)
GOOD = [(text, None) for text in LINES]


class Clean(ReadingTestCase):
    def test_a_clean_file_is_not_copied(self) -> None:
        for body in (TEXT, TEXT + "\n", "", line()):
            records = self.records(body, CONTRACT)
            self.assertEqual((records.path.name, records.boxed), ("object", False))

    def test_what_is_not_clean(self) -> None:
        for body in (
            "\n" + TEXT,
            TEXT.replace("\n", "\n\n"),
            TEXT.replace("\n", "\r\n"),
            TEXT + "\n  \n",
            "\ufeff" + TEXT,
            " " + TEXT,
            TEXT.replace("\n", "\n\t"),
        ):
            records = self.records(body, CONTRACT)
            self.assertTrue(records.boxed, body)
            self.assertEqual([(raw.strip(), kind) for raw, kind in self.read(body, CONTRACT)], GOOD)
            self.assertEqual([row.reason for row in self.conformed(body, CONTRACT)], [None, None])

    def test_chunks_that_end_anywhere(self) -> None:
        for size in (1, 2, 3, 5, 7):
            with patch.object(json_records, "_CHUNK", size):
                self.assertFalse(self.records(TEXT, CONTRACT).boxed)
                for body in (TEXT.replace("\n", "\n\n"), TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\n ")):
                    self.assertTrue(self.records(body, CONTRACT).boxed)
                cut = TEXT.encode()[:-5]
                self.assertTrue(self.records(cut[: cut.rfind(b"\xf0") + 2], CONTRACT).boxed)


class Encodings(ReadingTestCase):
    def test_marks(self) -> None:
        for mark, encoding in encodings._MARKS:
            for body in (TEXT, TEXT + "\n", TEXT.replace("\n", "\r\n")):
                self.assertEqual(self.read(mark + body.encode(encoding), CONTRACT), GOOD, encoding)

    def test_characters_cut_by_chunks(self) -> None:
        with patch.object(encodings, "_CHUNK", 3):
            self.assertEqual(self.read(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), CONTRACT), GOOD)

    def test_a_wrong_encoding_spoils_its_line_alone(self) -> None:
        latin = line(note='"Café"').encode("latin-1")
        found = self.read(b"\n".join([LINES[0].encode(), latin, LINES[1].encode()]), CONTRACT)
        self.assertEqual(found, [GOOD[0], (latin.decode(errors="backslashreplace"), "encoding_invalid"), GOOD[1]])

    def test_utf_16_that_breaks(self) -> None:
        found = self.read(codecs.BOM_UTF16_LE + (LINES[0] + "\n").encode("utf-16-le") + b"\x00\xd8\x41\x00", CONTRACT)
        self.assertEqual([kind for _, kind in found], [None, "encoding_invalid"])

    def test_utf_16_that_breaks_spoils_its_line_alone(self) -> None:
        body = [TEXT.encode("utf-16-le"), b"\n\0a\0\x00\xd8b\0\n\0", TEXT.encode("utf-16-le"), b"\n\0c"]
        found = self.read(codecs.BOM_UTF16_LE + b"".join(body), CONTRACT)
        self.assertEqual(
            found, [*GOOD, ("a\\xff\\x00\\xd8b", "encoding_invalid"), *GOOD, ("\\xff\\x63", "encoding_invalid")]
        )

    def test_marks_where_files_were_joined(self) -> None:
        self.assertEqual(self.read(f"\ufeff{LINES[0]}\n\ufeff{LINES[1]}\n", CONTRACT), GOOD)
        self.assertEqual(self.read(f"{LINES[0]}\n\ufeff{LINES[1]}\n", CONTRACT), GOOD)

    def test_a_character_that_is_cut_off(self) -> None:
        found = self.read(TEXT.encode() + b"\n" + '{"id":"é'.encode()[:-1], CONTRACT)
        self.assertEqual(found, [*GOOD, ('{"id":"\\xc3', "encoding_invalid")])


class NoText(ReadingTestCase):
    def test_binary_objects_are_one_record(self) -> None:
        for head, word in (
            (b"PAR1", "Parquet"),
            (b"\x89PNG\r\n", "PNG"),
            (b"PK\x03\x04", "ZIP"),
            (b"\0\1\2\3", "no text"),
        ):
            ((raw, reason),) = self.read(head * 200 + bytes(range(256)), CONTRACT, "ingest_date=2024-01-01/x.jsonl")
            self.assertEqual(reason, "binary")
            self.assertIn(word, raw)
            self.assertTrue(raw.startswith("ingest_date=2024-01-01/x.jsonl: ") and len(raw) < 250, raw)

    def test_nul_bytes_in_a_line(self) -> None:
        found = self.read(f'{LINES[0]}\n{{"id":"a\0b"}}\n{LINES[1]}', CONTRACT)
        self.assertEqual(found, [GOOD[0], ('{"id":"a\\0b"}', "binary"), GOOD[1]])

    def test_the_engines_separator_in_a_line(self) -> None:
        found = self.read(f"{LINES[0]}\n\x01{LINES[1]}", CONTRACT)
        self.assertEqual(found, [GOOD[0], (f"\x01{LINES[1]}", "binary")])

    def test_both_in_a_line(self) -> None:
        found = self.read(b"\xff\0\n" + LINES[0].encode() * 2, CONTRACT)
        self.assertEqual(found[0], ("\\xff\\0", "encoding_invalid"))


class Lengths(ReadingTestCase):
    def test_ten_megabytes_are_a_record(self) -> None:
        long = line(note=json.dumps("x" * 10_000_000))
        rows = self.conformed(f"{LINES[0]}\n{long}\n", CONTRACT)
        self.assertEqual([(row.reason, len(row.note or "")) for row in rows], [(None, 0), (None, 10_000_000)])

    def test_longer_than_that_may_be(self) -> None:
        long = "x" * 200
        small = patch.multiple(json_records, LONG_LINE=150, _CHUNK=64)
        with small, patch.object(plain, "LONGEST_LINE", 150):
            for end in ("", "\n", "\n" + LINES[0]):
                found = self.read(f"{LINES[0]}\n{long * 3}{end}", CONTRACT)
                reasons = [None, "line_too_long", None][: 2 + (len(end) > 1)]
                self.assertEqual([kind for _, kind in found], reasons)

    def test_a_million_lines(self) -> None:
        """No line is looked at by itself."""
        path = Path(self.folder, "large")
        path.write_text((LINES[0] + "\n") * 1_000_000)
        self.assertTrue(json_records.is_clean(path))


class Nested(ReadingTestCase):
    def test_deep_nesting_spoils_nothing_but_its_own_record(self) -> None:
        depth = 100_000
        for begin, end in (("[", "]"), ('{"a":', "}")):
            deep = begin * depth + "1" + end * depth
            lines = [line(), line(id='"text"', note=deep), line(id='"unknown"', more=deep), deep, line(id='"last"')]
            with self.subTest(begin):
                rows = self.conformed("\n".join(lines) + "\n", CONTRACT)
                self.assertEqual([row.id for row in rows], ["a", "text", "unknown", None, "last"])
                spoiled = "malformed_json" if begin == "[" else "id_missing"
                self.assertEqual([row.reason for row in rows], [None, "note_invalid", None, spoiled, None])


if __name__ == "__main__":
    unittest.main()

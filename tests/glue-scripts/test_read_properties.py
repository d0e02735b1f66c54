"""Readers on random input: independent readers and writers as oracles, chunks of any size, faults anywhere."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import random
import unittest
from unittest.mock import patch
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

import zstandard
from lakeworks.read import encodings, json_records, plain, xml_records
from reading import ReadingTestCase, csv_contract, json_contract, xml_contract

NAMES = ["id", "timestamp", "count", "price", "note", "other"]
CSV, JSON, XML = csv_contract(), json_contract(), xml_contract()


class Csv(ReadingTestCase):
    def test_what_the_csv_module_writes_is_read_back(self) -> None:
        for seed in range(120):
            dice = random.Random(seed)
            texts = [
                "",
                "a",
                "é日😀",
                "x y",
                '"',
                '""',
                ",",
                ";",
                "\n",
                "\n\n",
                "\r\n",
                "a,\nb",
                '"\n"',
                " ",
                "\\",
                "%s",
            ]
            separator = dice.choice(",;|")
            rows = [
                [f"k{number}", *("".join(dice.choices(texts, k=dice.randrange(4))) for _ in NAMES[1:])]
                for number in range(dice.randrange(40))
            ]
            out = io.StringIO()
            quoting = dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
            end = dice.choice(["\n", "\r\n"])
            csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows([NAMES, *rows])
            with self.subTest(seed), patch.object(plain, "_CHUNK", dice.choice([1, 2, 3, 7, 64, 65536])):
                found = self.read(out.getvalue(), csv_contract(separator))
                kept = quoting == csv.QUOTE_ALL
                expected = [
                    {name: value for name, value in zip(NAMES, row, strict=True) if value or kept} for row in rows
                ]
                self.assertEqual([fields for _, fields in found], expected)
                self.assertEqual("".join(raw + end for raw, _ in found), out.getvalue().split(end, 1)[1])

    def test_spoilt_lines_are_found_once_and_spoil_no_others(self) -> None:
        spoilt = ['x,"', 'x,"y', '"x"y,1', 'x"', '"', 'a,b,c,d,e,f,g"', "short", '"a"b"', '"""']
        good = "k,t,1,2,{},o"
        for seed in range(60):
            dice = random.Random(seed)
            lines = []
            for number in range(50):
                lines += [good.format(number)] * dice.randrange(3)
                # A quote that is opened by the one would be closed by the other, but not in the right place.
                lines += [dice.choice(spoilt), good.format(f'"{number}"')]
            found = self.read("\n".join([",".join(NAMES), *lines]), CSV)
            self.assertEqual("\n".join(raw for raw, _ in found), "\n".join(lines))
            self.assertTrue(all(line in {raw for raw, _ in found} for line in lines))
            self.assertEqual([kind for _, kind in found if isinstance(kind, str)].count("malformed_csv"), 50)


class Xml(ReadingTestCase):
    def test_what_elementtree_writes_is_read_back(self) -> None:
        for seed in range(60):
            dice = random.Random(seed)
            root = Element("rows")
            expected = []
            for number in range(dice.randrange(30)):
                fields = {"@no": str(number)}
                row = SubElement(root, "row", no=str(number))
                for name in dice.sample(NAMES, dice.randrange(len(NAMES))):
                    fields[name] = "".join(dice.choices(["a", "é", "😀", "<", "&", '"', "]]>", "x y"], k=3))
                    SubElement(row, name).text = fields[name]
                expected.append(fields)
            encoding = dice.choice(["utf-8", "utf-16", "us-ascii"])
            body = tostring(root, encoding=encoding, xml_declaration=True)
            with self.subTest(seed), patch.object(xml_records, "_CHUNK", dice.choice([1, 2, 3, 7, 65536])):
                found = self.read(body, XML)
                self.assertEqual([fields for _, fields in found], expected)
                for raw, fields in found:
                    again = {child.tag: child.text for child in fromstring(raw)}
                    self.assertEqual({"@no": fields["@no"], **again}, fields)


class Chunks(ReadingTestCase):
    def test_any_encoding_in_chunks_of_any_size(self) -> None:
        lines = [f'{{"id":"{text}"}}' for text in ("a", "é", "日", "😀", "e\u0301", "")]
        for mark, encoding in encodings._MARKS:
            for end in ("\n", "\r\n", "\n\n"):
                body = mark + end.join(lines).encode(encoding)
                for size in (1, 2, 3, 5, 64):
                    small = {"_CHUNK": size}
                    with (
                        patch.multiple(plain, **small),
                        patch.multiple(encodings, **small),
                        patch.multiple(json_records, **small),
                    ):
                        self.assertEqual(self.read(body, JSON), [(line, None) for line in lines], (encoding, end, size))

    def test_clean_or_not_is_told_in_chunks_of_any_size(self) -> None:
        pieces = [b'{"a":1}', "é".encode(), "😀".encode(), b"\n", b"\n", b"\r", b" ", b"\0", b"\x01", b"\xff", b"\xc3"]
        for seed in range(400):
            dice = random.Random(seed)
            body = b'{"b":2}\n' + b"".join(dice.choices(pieces, dice.choices([0, 5], k=len(pieces)), k=4) * 2)
            whole = self.records(body, JSON)
            for size in (1, 2, 3):
                with patch.object(json_records, "_CHUNK", size):
                    self.assertEqual(self.records(body, JSON).boxed, whole.boxed, body)


class Damage(ReadingTestCase):
    def test_cut_anywhere_the_lines_before_are_read(self) -> None:
        dice = random.Random(1)
        lines = [f'{{"id":"{dice.getrandbits(64)}"}}' for _ in range(300)]
        text = "\n".join(lines) + "\n"
        for pack in (gzip.compress, bz2.compress, zstandard.ZstdCompressor().compress):
            packed = pack(text.encode())
            for end in [*range(10, 20), *range(20, len(packed), 97), len(packed) - 1]:
                *found, (raw, reason) = self.read(packed[:end], JSON)
                self.assertEqual(reason, "binary" if not found and "begins with" in raw else "object_truncated")
                self.assertEqual(found, [(line, None) for line in lines[: len(found)]])
                _, _, rest = raw.partition("\n")
                self.assertTrue(text.startswith("".join(f"{line}\n" for line in lines[: len(found)]) + rest))

    def test_one_wrong_byte_loses_nothing_before_it(self) -> None:
        """It is in the checksum, at the end: all lines have been read when it turns out to be wrong."""
        dice = random.Random(2)
        lines = [f'{{"id":"{dice.getrandbits(64)}"}}' for _ in range(3000)]
        text = ("\n".join(lines) + "\n").encode()
        for pack in (gzip.compress, lambda data: zstandard.ZstdCompressor(write_checksum=True).compress(data)):
            packed = bytearray(pack(text))
            packed[-8 if pack is gzip.compress else -1] ^= 1
            *found, (_, reason) = self.read(bytes(packed), JSON)
            self.assertEqual((found, reason), ([(line, None) for line in lines], "object_truncated"))


if __name__ == "__main__":
    unittest.main()

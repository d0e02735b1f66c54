"""Compressed objects: told by content, read to where they break, and never a way to fill a disk."""

from __future__ import annotations

import bz2
import gzip
import tracemalloc
import unittest
import zlib
from collections.abc import Callable
from pathlib import Path

import zstandard
from conformed import line
from lakeworks.read.compression import unpacked
from reading import ReadingTestCase, csv_contract, json_contract, xml_contract

CONTRACT = json_contract()
LINES = [line(id=f'"k{number}"', note=f'"{number * 7919 % 100_000}"') for number in range(2000)]
TEXT = ("\n".join(LINES) + "\n").encode()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


class Compressed(ReadingTestCase):
    def test_whole_objects_whatever_their_names(self) -> None:
        for ending, pack in PACKERS.items():
            for name in (f"a.jsonl.{ending}", "a.jsonl"):
                records = self.records(pack(TEXT), CONTRACT, name)
                self.assertEqual((records.path.read_bytes(), records.boxed), (TEXT, False))

    def test_a_name_that_lies(self) -> None:
        self.assertEqual(self.records(TEXT, CONTRACT, "a.jsonl.gz").path.read_bytes(), TEXT)

    def test_members_one_after_the_other(self) -> None:
        for ending, pack in PACKERS.items():
            with self.subTest(ending):
                half = len("\n".join(LINES[:1000])) + 1
                records = self.records(pack(TEXT[:half]) + pack(b"") + pack(TEXT[half:]), CONTRACT)
                self.assertEqual(records.path.read_bytes(), TEXT)

    def test_zero_bytes_after_the_end(self) -> None:
        self.assertFalse(self.records(gzip.compress(TEXT) + b"\0" * 1000, CONTRACT).boxed)

    def test_truncated_objects_give_what_there_is(self) -> None:
        for ending, pack in PACKERS.items():
            with self.subTest(ending):
                large = "\n".join(LINES * 200).encode()
                packed = pack(large)
                found = self.read(packed[: len(packed) * 2 // 3], CONTRACT, f"a.jsonl.{ending}")
                *read, (raw, reason) = found
                self.assertEqual(reason, "object_truncated")
                self.assertIn(f"a.jsonl.{ending}: ", raw)
                self.assertEqual(read[:-1], [(text, None) for text in (LINES * 200)[: len(read) - 1]])
                self.assertTrue(read == [] or (LINES * 200)[len(read) - 1].startswith(read[-1][0]))

    def test_damaged_objects(self) -> None:
        for ending, pack in PACKERS.items():
            with self.subTest(ending):
                packed = bytearray(pack(TEXT))
                packed[len(packed) // 2] ^= 0xFF
                packed[len(packed) // 2 + 1] ^= 0xFF
                self.assertEqual(self.read(bytes(packed), CONTRACT)[-1][1], "object_truncated")

    def test_garbage_after_the_end(self) -> None:
        found = self.read(gzip.compress(TEXT) + b"garbage", CONTRACT)
        self.assertEqual((len(found), found[-1][1]), (2001, "object_truncated"))

    def test_the_rest_of_a_line_is_no_record(self) -> None:
        text = b"id,timestamp,count,price\na,2024-01-31T23:59:59Z,2,1.25\nb,2024-01-31T23:59:59Z,2,1.2"
        packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        cut = packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)
        found = self.read(cut, csv_contract(), "x.csv.gz")
        self.assertEqual([raw for raw, _ in found], [
            "a,2024-01-31T23:59:59Z,2,1.25",
            "x.csv.gz: ends before its compressed data do\nb,2024-01-31T23:59:59Z,2,1.2",
        ])  # fmt: skip
        self.assertEqual(found[1][1], "object_truncated")

    def test_a_document_that_is_cut_off(self) -> None:
        packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        cut = packer.compress(b"<rows><row><id>a</id></row>\n<row><id>b") + packer.flush(zlib.Z_SYNC_FLUSH)
        self.assertEqual(
            self.read(cut, xml_contract(), "x.xml.gz"),
            [
                ("<row><id>a</id></row>", {"id": "a"}),
                ("x.xml.gz: ends before its compressed data do\n<row><id>b", "object_truncated"),
            ],
        )

    def test_frames_to_skip(self) -> None:
        skipped = b"\x50\x2a\x4d\x18" + (9).to_bytes(4, "little") + b"\x28\xb5\x2f\xfd" + b"12345"
        packed = PACKERS["zst"](TEXT)
        self.assertEqual(self.records(skipped + packed + skipped + packed, CONTRACT).path.read_bytes(), TEXT * 2)

    def test_utf_16_within(self) -> None:
        packed = gzip.compress(TEXT.decode().encode("utf-16"))
        self.assertEqual(self.records(packed, CONTRACT).path.read_bytes(), TEXT)

    def test_words_that_begin_as_archives_do(self) -> None:
        for header in ("BZh9", "ORCID", "PAR1", "(x", "Pk"):
            found = self.read(f"{header},id\n1,a\n", csv_contract())
            self.assertEqual(found, [("1,a", {header: "1", "id": "a"})])

    def test_nothing_but_a_beginning(self) -> None:
        ((raw, reason),) = self.read(b"\x1f\x8b\x08", CONTRACT, "a.gz")
        self.assertEqual((reason, raw), ("object_truncated", "a.gz: ends before its compressed data do"))

    def test_bombs_stop_at_the_limit(self) -> None:
        source, target = Path(self.folder, "bomb"), Path(self.folder, "out")
        source.write_bytes(gzip.compress(b"\0" * 200_000_000))
        _, fault = unpacked(source, target, limit=10_000_000)
        self.assertEqual(fault, "unpacks to more than 10000000 bytes")
        self.assertLess(target.stat().st_size, 15_000_000)

    def test_bombs_take_little_memory(self) -> None:
        source, target = Path(self.folder, "bomb"), Path(self.folder, "out")
        for ending, size, most in (("gz", 60, 16), ("bz2", 60, 16), ("zst", 250, 70)):
            packed = PACKERS[ending](b"\n" * size * 1_000_000)
            for end in (None, -4):
                source.write_bytes(packed[:end])
                tracemalloc.start()
                _, fault = unpacked(source, target)
                _, peak = tracemalloc.get_traced_memory()
                tracemalloc.stop()
                with self.subTest(ending, end=end):
                    self.assertEqual(fault, None if end is None else "ends before its compressed data do")
                    self.assertLess(peak, most * 1_000_000)
                    if end is None:
                        self.assertEqual(target.stat().st_size, size * 1_000_000)

    def test_a_full_disk_is_no_fault_of_the_object(self) -> None:
        source = Path(self.folder, "packed")
        source.write_bytes(gzip.compress(TEXT))
        with self.assertRaises(OSError):
            unpacked(source, Path("/dev/full"))

    def test_an_archive_within_another(self) -> None:
        ((_, reason),) = self.read(gzip.compress(gzip.compress(TEXT)), CONTRACT)
        self.assertEqual(reason, "binary")

    def test_csv_too(self) -> None:
        body = b"id,timestamp,count,price\na,2024-01-31T23:59:59Z,2,1.25\n"
        self.assertEqual([row.reason for row in self.conformed(gzip.compress(body), csv_contract())], [None])


if __name__ == "__main__":
    unittest.main()

"""Kinds of bad input, each with the exact outcome: rows that are published, records that are quarantined and why.

Every object holds two good records besides what is bad, unless the kind is about the object as a whole.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import zstandard
from conformed import contract, line
from lakeworks.bookmark import raw_objects
from lakeworks.contract import Contract
from lakeworks.stage import StageTask, stage

GOOD = [line(id='"a"'), line(id='"b"')]
TWO = 2
CSV_HEADER = "id,timestamp,count,price"
CSV_GOOD = [f"{name},2024-01-31T23:59:59Z,2,1.25" for name in "ab"]
XML_ROW = "<row><id>{}</id><timestamp>2024-01-31T23:59:59Z</timestamp><count>2</count><price>1.25</price></row>"
XML_GOOD = [XML_ROW.format(name) for name in "ab"]
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(9))


@dataclass(frozen=True)
class Kind:
    name: str
    content: bytes
    #: Rows that are published.
    rows: int
    #: Quarantined records by reason.
    reasons: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    contract: Callable[[], Contract] = contract
    object: str = "part-0000.jsonl"

    @property
    def expected(self) -> str:
        return shown(self.rows, self.reasons, self.duplicates)


def shown(rows: int, reasons: dict[str, int], duplicates: int) -> str:
    parts = [f"{rows} rows", *(f"{reason} {count}" for reason, count in sorted(reasons.items()))]
    return ", ".join([*parts, *([f"duplicates {duplicates}"] if duplicates else [])])


def csv() -> Contract:
    return contract(raw={"format": "csv"})


def xml() -> Contract:
    return contract(raw={"format": "xml", "rowTag": "row"})


def lines(*more: str | bytes) -> bytes:
    return b"\n".join(each.encode() if isinstance(each, str) else each for each in [GOOD[0], *more, GOOD[1]])


def with_line(name: str, bad: str | bytes, reason: str) -> Kind:
    return Kind(name, lines(bad), TWO, {reason: 1})


def fields(name: str, field_name: str, values: list[str], reason: str) -> Kind:
    bad = [line(**{field_name: value}) for value in values]
    return Kind(name, lines(*bad), TWO, {reason: len(values)})


def csv_of(*rows: str, header: str = CSV_HEADER) -> bytes:
    return "\n".join([header, CSV_GOOD[0], *rows, CSV_GOOD[1]]).encode()


def xml_of(*more: str) -> bytes:
    return f"<rows>{''.join([XML_GOOD[0], XML_GOOD[1], *more])}</rows>".encode()


def json_kinds() -> Iterator[Kind]:
    yield with_line("valid JSON followed by garbage", line() + " garbage", "malformed_json")
    yield with_line("two objects on a line", line() + line(), "malformed_json")
    yield with_line("a truncated line", line()[:-9], "malformed_json")
    yield with_line("an array", f"[{line()}]", "malformed_json")
    yield with_line("a bare number", "42", "malformed_json")
    yield with_line("single quotes", line().replace('"', "'"), "malformed_json")
    yield with_line("a trailing comma", line()[:-1] + ",}", "malformed_json")
    yield with_line("a comment", line()[:-1] + "/* x */}", "malformed_json")
    yield with_line("a control character in a text", line(note='"a\tb"'), "malformed_json")
    yield with_line("half a surrogate", line(note='"\\ud800"'), "malformed_json")
    yield fields("NaN and infinities", "ratio", ["NaN", "Infinity", "-Infinity"], "malformed_json")
    yield with_line("NaN in a field that no column reads", line(more="NaN"), "malformed_json")
    yield with_line("an object where a number is due", line(count='{"value":2}'), "count_invalid")
    yield with_line("an array where a text is due", line(note='["a"]'), "note_invalid")
    yield fields(
        "numbers that are too large", "count", ["1e308", "2147483648", "-2147483649", "1e400"], "count_invalid"
    )
    yield fields("fractions where a whole number is due", "count", ["1.5", '"2.01"', "1e-3"], "count_invalid")
    yield fields("a third decimal", "price", ["9.999", '"0.001"', "1e-3"], "price_invalid")
    yield fields(
        "texts where a number is due", "count", ['"two"', '"1,000"', '"0x10"', '" 2"', "true"], "count_invalid"
    )
    yield fields("negative amounts", "count", ["-1", "0"], "count_not_positive")
    yield fields("nulls", "count", ["null", '""', '"  "'], "count_missing")
    dates = ["01/02/2024", "2024/01/02", "2 Jan 2024", "20240102", "1704153600", "2024-01-02", "02.01.2024 10:00"]
    yield fields("dates in seven formats", "timestamp", [f'"{text}"' for text in dates], "at_invalid")
    yield fields(
        "days that do not exist", "timestamp", ['"2023-02-29T00:00:00Z"', '"2024-04-31T00:00:00Z"'], "at_invalid"
    )
    yield fields(
        "hours that do not exist", "timestamp", ['"2024-01-01T24:00:00Z"', '"2024-01-01T10:60:00Z"'], "at_invalid"
    )
    leap = [
        line(id=f'"{n}"', timestamp=f'"{text}"')
        for n, text in enumerate(["2024-02-29T12:00:00Z", "2000-02-29 00:00:00"])
    ]
    yield Kind("leap days", lines(*leap), TWO + 2)
    summer = ["2024-03-31T02:30:00+01:00", "2024-10-27T02:30:00+02:00", "2024-10-27T02:30:00+01:00"]
    clock = [line(id=f'"{n}"', timestamp=f'"{text}"') for n, text in enumerate(summer)]
    yield Kind("hours of a change of the clock", lines(*clock), TWO + 3)
    yield Kind("blank lines", lines("", "   ", "\t"), TWO)
    yield Kind("a byte order mark", codecs.BOM_UTF8 + lines(), TWO)
    yield Kind("Windows line ends", lines().replace(b"\n", b"\r\n"), TWO)
    yield Kind("UTF-16", codecs.BOM_UTF16_LE + lines().decode().encode("utf-16-le"), TWO)
    yield with_line("Latin-1", line(note='"Café"').encode("latin-1"), "encoding_invalid")
    yield with_line("a NUL byte", '{"id":"a\0b"}', "binary")
    yield Kind("a line of 10 MB", lines(line(id='"long"', note=json.dumps("x" * 10_000_000))), TWO + 1)
    yield with_line("a line of 20 MB", line(note=json.dumps("x" * 20_000_000)), "line_too_long")
    yield Kind("names that stand twice", lines('{"id":"x",' + line(id='"c"')[1:]), TWO + 1)
    yield Kind("fields that no column reads", lines(line(id='"c"', more='{"a":[1]}')), TWO + 1)
    yield Kind("keys that come twice", lines(GOOD[0], GOOD[0]), TWO, duplicates=2)


def object_kinds() -> Iterator[Kind]:
    many = "".join(line(id=f'"{number}"', note=f'"{number * 7919}"') + "\n" for number in range(2000)).encode()
    yield Kind("an empty object", b"", 0)
    yield Kind("white space alone", b"\n \n\t\n", 0)
    yield Kind("a PNG image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, 0, {"binary": 1})
    yield Kind("a Parquet file", b"PAR1" + bytes(1000) + b"PAR1", 0, {"binary": 1})
    packed = gzip.compress(many)
    yield Kind("gzip", packed, 2000, object="a.jsonl.gz")
    yield Kind("gzip in two members", gzip.compress(lines() + b"\n") + gzip.compress(line(id='"c"').encode()), TWO + 1)
    yield Kind("a name that lies about gzip", lines(), TWO, object="a.jsonl.gz")
    yield Kind("zstd", zstandard.ZstdCompressor().compress(many), 2000, object="a.jsonl.zst")
    yield Kind("bzip2", bz2.compress(many), 2000, object="a.jsonl.bz2")
    whole = TRUNCATED_ROWS
    yield Kind("truncated gzip", packed[: len(packed) // 2], whole, {"object_truncated": 1}, object="a.jsonl.gz")
    yield Kind("garbage after gzip", packed + b"garbage", 2000, {"object_truncated": 1}, object="a.jsonl.gz")


#: How many whole lines half of the compressed object holds; told by zlib itself, see the test.
TRUNCATED_ROWS = 986


def csv_kinds() -> Iterator[Kind]:
    def kind(name: str, content: bytes, rows: int, reasons: dict[str, int] | None = None) -> Kind:
        return Kind(name, content, rows, reasons or {}, contract=csv, object="part-0000.csv")

    yield kind("CSV: too few and too many fields", csv_of("a,b", CSV_GOOD[0] + ",x"), TWO, {"malformed_csv": 2})
    yield kind("CSV: a quote out of place", csv_of('c,2024-01-31T23:59:59Z,2,1"25'), TWO, {"malformed_csv": 1})
    yield kind("CSV: a quote that is never closed", csv_of('"c,2024-01-31T23:59:59Z,2,1.25'), TWO, {"malformed_csv": 1})
    yield kind(
        "CSV: line breaks and separators in quotes", csv_of('"c\nd, ""e""",2024-01-31T23:59:59Z,2,1.25'), TWO + 1
    )
    yield kind("CSV: a duplicated header", csv_of(CSV_HEADER), TWO)
    yield kind(
        "CSV: a column twice in the header", csv_of(header="id,id,timestamp,count,price"), 0, {"header_invalid": 3}
    )
    yield kind("CSV: no header", csv_of(header=CSV_GOOD[0]), 0, {"header_invalid": 3})
    yield kind("CSV: a header alone", CSV_HEADER.encode(), 0)
    moved = "price,more,id,count,timestamp\n1.25,x,a,2,2024-01-31T23:59:59Z"
    yield kind("CSV: columns moved, one more", moved.encode(), 1)
    yield kind(
        "CSV: a required column is gone", b"id,timestamp,price\na,2024-01-31T23:59:59Z,1.25", 0, {"count_missing": 1}
    )
    yield kind("CSV: a byte order mark and Windows line ends", codecs.BOM_UTF8 + csv_of().replace(b"\n", b"\r\n"), TWO)
    yield kind("CSV: old Macintosh line ends", csv_of().replace(b"\n", b"\r"), TWO)


def xml_kinds() -> Iterator[Kind]:
    def kind(name: str, content: bytes, rows: int, reasons: dict[str, int] | None = None) -> Kind:
        return Kind(name, content, rows, reasons or {}, contract=xml, object="part-0000.xml")

    yield kind("XML: predefined entities and CDATA", xml_of(XML_ROW.format("&lt;c&#62;<![CDATA[&]]>")), TWO + 1)
    yield kind(
        "XML: an entity bomb", f"<!DOCTYPE r [{BOMB}]><r>{XML_ROW.format('&e8;')}</r>".encode(), 0, {"malformed_xml": 1}
    )
    external = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>' + XML_ROW.format("&x;") + "</r>"
    yield kind("XML: an external entity", external.encode(), 0, {"malformed_xml": 1})
    yield kind("XML: a tag that is not closed", xml_of("<row><id>c</id>"), TWO, {"malformed_xml": 1})
    yield kind("XML: cut off", xml_of()[:-5], TWO, {"malformed_xml": 1})
    yield kind("XML: a nested value where text is due", xml_of(XML_ROW.format("<x>1</x>")), TWO, {"id_invalid": 1})


KINDS = [*json_kinds(), *object_kinds(), *csv_kinds(), *xml_kinds()]


@dataclass(frozen=True)
class Found:
    records: int
    rows: int
    reasons: dict[str, int]
    duplicates: int

    def __str__(self) -> str:
        return shown(self.rows, self.reasons, self.duplicates)


def outcome(kind: Kind) -> Found:
    """What the job's first step makes of the object: rows, quarantined records, duplicates."""
    with tempfile.TemporaryDirectory(prefix="lakeworks-dirt-") as folder:
        path = Path(folder, "bronze", "ingest_date=2024-01-01", kind.object)
        path.parent.mkdir(parents=True)
        path.write_bytes(kind.content)
        objects = raw_objects(f"file://{folder}/bronze/")
        if not objects:
            return Found(0, 0, {}, 0)
        staged = stage(StageTask(0, objects, kind.contract(), f"file://{folder}/staging/"))
        rows = sum(fragment.rows for fragment in staged.fragments)
        return Found(staged.records, rows, staged.reasons, staged.duplicates)

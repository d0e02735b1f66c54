"""Bytes to lines of text: encodings, line ends, and what is no text."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 4 * 1024**2
#: Longer lines are not kept whole.
LONGEST_LINE = 64 * 1024**2

#: UTF-32 first: its mark begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: First bytes of formats that turn up among raw objects.
_BINARY = {
    b"PAR1": "a Parquet file",
    b"\x89PNG": "a PNG image",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"%PDF": "a PDF document",
    b"Obj\x01": "an Avro file",
    b"ORC": "an ORC file",
    b"\xff\xd8\xff": "a JPEG image",
    b"\x1f\x8b": "a gzip archive within another",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"SQLite format 3\0": "a SQLite database",
}
#: Share of NUL bytes in its beginning above which an object is no text.
_MOST_NULS = 0.05


@dataclass(frozen=True)
class Line:
    text: str
    #: Why it can't be a record, `binary`, `encoding_invalid` or `line_too_long`; None = it is text.
    reason: str | None = None
    #: How it ended.
    end: str = "\n"


def mark_of(head: bytes) -> tuple[bytes, str]:
    """The byte order mark that a file begins with, and its encoding; UTF-8 where there is none."""
    return next(((mark, encoding) for mark, encoding in _MARKS if head.startswith(mark)), (b"", "utf-8"))


def binary_kind(path: Path) -> str | None:
    """What an object is, with its size and its beginning, where it is no text at all."""
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    kind = next((kind for magic, kind in _BINARY.items() if head.startswith(magic)), None)
    if kind is None and mark_of(head)[0] in (b"", codecs.BOM_UTF8) and head.count(0) > _MOST_NULS * len(head):
        kind = "no text"
    return kind and f"{kind} of {path.stat().st_size} bytes, begins with {head[:32].hex(' ')}"


def lines(path: Path) -> Iterator[Line]:
    """All lines, blank ones too. They end in LF or CRLF. A mark is no part of the text."""
    with path.open("rb") as file:
        mark, encoding = mark_of(file.read(4))
    raw = _split(path, len(mark)) if encoding == "utf-8" else _transcoded(path, len(mark), encoding)
    for each in raw:
        yield each if isinstance(each, Line) else _line(each)


def _line(raw: bytes) -> Line:
    raw = raw.removesuffix(b"\n")
    end = "\r\n" if raw.endswith(b"\r") else "\n"
    raw = raw.removesuffix(b"\r")
    if len(raw) > LONGEST_LINE:
        return Line(raw[: 1024**2].decode(errors="backslashreplace"), "line_too_long")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return Line(raw.decode(errors="backslashreplace"), "encoding_invalid")
    if "\0" in text or "\x01" in text:
        return Line(text.replace("\0", "\\0"), "binary")
    return Line(text, end=end)


def _split(path: Path, start: int) -> Iterator[bytes]:
    """Lines with their ends; of one that is too long no more than shows that it is."""
    with path.open("rb") as file:
        file.seek(start)
        while raw := file.readline(LONGEST_LINE + 2):
            yield raw
            while not raw.endswith(b"\n") and len(raw) > LONGEST_LINE:
                # The rest of the line is not kept.
                raw = file.readline(LONGEST_LINE + 2)
                if not raw:
                    return


def _transcoded(path: Path, start: int, encoding: str) -> Iterator[bytes | Line]:
    """Lines as UTF-8. After the first fault it can't be told where characters begin: the rest is one line."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = ""
    with path.open("rb") as file:
        file.seek(start)
        while True:
            chunk = file.read(_CHUNK)
            try:
                rest += decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                rest += error.object[: error.start].decode(encoding)
                *whole, rest = rest.split("\n")
                yield from (text.encode() + b"\n" for text in whole)
                yield Line(f"{rest[:1000]}… ({error})", "encoding_invalid")
                return
            if not chunk:
                if rest:
                    yield rest.encode()
                return
            *whole, rest = rest.split("\n")
            for text in whole:
                yield text.encode() + b"\n"

"""Encodings that a byte order mark tells. Without one, text is UTF-8."""

from __future__ import annotations

import codecs
from pathlib import Path

_CHUNK = 1024**2

#: UTF-32 first: its mark begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def mark_of(head: bytes) -> tuple[bytes, str]:
    """The byte order mark that a file begins with, and its encoding; UTF-8 where there is none."""
    return next(((mark, encoding) for mark, encoding in _MARKS if head.startswith(mark)), (b"", "utf-8"))


def as_utf8(path: Path, target: Path) -> Path:
    """The file itself where it is UTF-8, as far as its mark tells, else one that is, without a mark.

    What is not of its encoding becomes a byte that is not of UTF-8, and the text of its bytes: the line that it is in
    is found wanting later, and no other is.
    """
    with path.open("rb") as source:
        mark, encoding = mark_of(source.read(4))
        if encoding == "utf-8":
            return path
        decoder = codecs.getincrementaldecoder(encoding)(_ESCAPE)
        source.seek(len(mark))
        with target.open("wb") as out:
            while chunk := source.read(_CHUNK):
                out.write(decoder.decode(chunk).encode("utf-8", "surrogateescape"))
            out.write(decoder.decode(b"", final=True).encode("utf-8", "surrogateescape"))
    return target


def _escape(error: UnicodeError) -> tuple[str, int]:
    """The surrogate is written as the byte 0xFF; none of them is in text that was decoded."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff" + "".join(f"\\x{byte:02x}" for byte in error.object[error.start : error.end]), error.end


_ESCAPE = "lakeworks.escape"
codecs.register_error(_ESCAPE, _escape)


def with_line_feeds(path: Path, target: Path) -> Path:
    """The file itself, or one with line feeds where its lines end in carriage returns alone, as on old Macs: it would
    else be one line, and that of CSV its header.
    """
    with path.open("rb") as source:
        head = source.read(_CHUNK)
        if b"\n" in head or b"\r" not in head[:-1]:
            return path
        source.seek(0)
        with target.open("wb") as out:
            while chunk := source.read(_CHUNK):
                out.write(chunk.replace(b"\r", b"\n"))
    return target

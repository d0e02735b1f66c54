"""Lines of text in UTF-8, and what among them is no text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lakeworks.read.encodings import mark_of

_CHUNK = 64 * 1024
#: Bytes; longer lines are not kept whole.
LONGEST_LINE = 16 * 1024**2
#: Of which this much is.
KEPT = 1024**2
#: Lines of nothing else are blank.
SPACE = " \t\r\v\f"
#: May stand at the beginning of a file and, where files were joined, in it.
MARK = "\ufeff"


class Fault(NamedTuple):
    """A line that can't be a record."""

    text: str
    #: `binary`, `encoding_invalid` or `line_too_long`.
    reason: str


def lines(path: Path) -> Iterator[str | Fault]:
    """All lines, blank ones too, without their line feed; a carriage return before it is still there. The mark that the
    file begins with is no part of its text."""
    pieces: list[bytes] = []
    length = 0
    with path.open("rb", buffering=0) as file:
        mark, _ = mark_of(file.read(4))
        file.seek(len(mark))
        while chunk := file.read(_CHUNK):
            end = chunk.rfind(b"\n")
            # Of a line that is too long, no more is kept than shows that it is.
            if length <= LONGEST_LINE:
                pieces.append(chunk[: end + 1] or chunk)
            elif end >= 0:
                pieces.append(chunk[chunk.index(b"\n") : end + 1])
            length += len(chunk)
            if end >= 0:
                yield from _lines_of(b"".join(pieces))
                pieces = [chunk[end + 1 :]]
                length = len(pieces[0])
    if length:
        yield from _lines_of(b"".join(pieces))


def _lines_of(block: bytes) -> Iterator[str | Fault]:
    block = block.removesuffix(b"\n")
    if b"\0" not in block and b"\x01" not in block and len(block) <= LONGEST_LINE:
        try:
            text = block.decode()
        except UnicodeDecodeError:
            pass
        else:
            return iter(text.split("\n"))
    return map(_line, block.split(b"\n"))


def _line(raw: bytes) -> str | Fault:
    if len(raw) > LONGEST_LINE:
        return Fault(raw[:KEPT].decode(errors="backslashreplace"), "line_too_long")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return Fault(raw.removesuffix(b"\r").decode(errors="backslashreplace"), "encoding_invalid")
    if "\0" in text or "\x01" in text:
        return Fault(text.removesuffix("\r"), "binary")
    return text


def cut_last_line(path: Path) -> str:
    """Cuts off what follows the last line feed, and says it, its beginning where it is long."""
    with path.open("r+b") as file:
        end = file.seek(0, 2)
        start = end
        while start > 0:
            size = min(_CHUNK, start)
            file.seek(start - size)
            found = file.read(size).rfind(b"\n")
            if found >= 0:
                start += found + 1 - size
                break
            start -= size
        file.seek(start)
        rest = file.read(KEPT)
        file.truncate(start)
    return rest.decode(errors="backslashreplace")

"""JSON lines. Files as they should be are read by the engine as they are; this only makes sure that they are."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lakeworks.contract import Contract
from lakeworks.read.boxes import BoxFile
from lakeworks.read.plain import LONGEST_LINE, lines, mark_of

_CHUNK = 8 * 1024**2
#: What no line of a clean file has.
_BYTES = (b"\0", b"\x01", b"\r")
#: What every blank line has, and few others.
_WHITE_BEGINNING = re.compile(rb"\n[\n \t]")


def is_clean(path: Path, checked: bool) -> bool:
    """Whether the file has no byte order mark, lines that end in LF and begin with no white space, and nothing that the
    engine takes for more than text.

    :param checked: whether to tell that it is UTF-8 as well.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    last, line_length = b"\n", 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if last == b"\n" and (mark_of(chunk)[0] or chunk[:1] in (b"\n", b" ", b"\t")):
                return False
            if any(each in chunk for each in _BYTES) or _WHITE_BEGINNING.search(chunk):
                return False
            try:
                if checked:
                    decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
            line_length = len(chunk) - chunk.rfind(b"\n") - 1 if b"\n" in chunk else line_length + len(chunk)
            if line_length > LONGEST_LINE:
                return False
            last = chunk[-1:]
    return not decoder.getstate()[0]


def read(path: Path, _contract: Contract, out: BoxFile) -> tuple[str, ...]:
    """Line by line; what is JSON is told later."""
    for line in lines(path):
        if line.reason is not None:
            out.fault(line.text, line.reason)
        elif line.text.strip():
            out.line(line.text)
    return ()

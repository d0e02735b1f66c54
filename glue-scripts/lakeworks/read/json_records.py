"""JSON lines. Files as they should be are read by the engine as they are; this only makes sure that they are."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lakeworks.contract import Contract
from lakeworks.read.boxes import BoxFile
from lakeworks.read.plain import MARK, SPACE, Fault, lines
from lakeworks.read.records import LONG_LINE

#: Much larger ones take twice the time: Python asks the system anew for the memory of each.
_CHUNK = 64 * 1024
#: A line that is blank, or indented, or begins with a mark or another character that JSON does not begin with.
_UNUSUAL = re.compile(rb"\n[\s\xef]")


def is_clean(path: Path) -> bool:
    """Whether the file is UTF-8 without a mark, of lines that end in LF, begin with no white space and are not long,
    and has nothing that the engine takes for more than text. Takes half a second per GB."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    last, length = b"\n", 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk or b"\x01" in chunk or b"\r" in chunk:
                return False
            if _UNUSUAL.search(chunk) or _UNUSUAL.match(last + chunk[:1]):
                return False
            length += chunk.find(b"\n") if b"\n" in chunk else len(chunk)
            if length > LONG_LINE:
                return False
            if b"\n" in chunk:
                length = len(chunk) - chunk.rfind(b"\n") - 1
            # The decoder keeps the beginning of a character that the next chunk ends.
            if decoder.getstate()[0] or not chunk.isascii():
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    return False
            last = chunk[-1:]
    return not decoder.getstate()[0]


def read(path: Path, _contract: Contract, out: BoxFile) -> tuple[str, ...]:
    """Line by line; what is JSON is told later."""
    for line in lines(path):
        if isinstance(line, Fault):
            out.fault(*line)
        elif line.strip(SPACE):
            out.line(line.removesuffix("\r").removeprefix(MARK))
    return ()

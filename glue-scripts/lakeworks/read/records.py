"""What a reader makes of a raw object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: Bytes; an object with a longer line is boxed: the engine needs to know beforehand how long lines are.
LONG_LINE = 4 * 1024**2
_CHUNK = 1024**2


@dataclass(frozen=True)
class Records:
    """A file of lines, one per record: UTF-8, ended by a line feed, none blank, without the bytes 0x00 and 0x01.

    Boxed, a line is an object of JSON: `{"r": raw text, "f": {field: value}}`, or `{"r": raw text, "e": reason}` for
    what is no record, or `{"r": raw text}` for a record in JSON that is yet to be parsed. Else it is the raw record
    itself, JSON.
    """

    path: Path
    boxed: bool
    #: Fields of the contract that the object's header lacks.
    missing: tuple[str, ...] = ()

    def longest_line(self) -> int:
        """Bytes that no line exceeds; not many more than the longest has, if it is long at all."""
        if not self.boxed:
            return LONG_LINE
        longest = length = 0
        with self.path.open("rb", buffering=0) as file:
            while chunk := file.read(_CHUNK):
                end = chunk.find(b"\n")
                length += len(chunk) if end < 0 else end
                longest = max(longest, length)
                if end >= 0:
                    length = len(chunk) - chunk.rfind(b"\n")
        return longest + _CHUNK

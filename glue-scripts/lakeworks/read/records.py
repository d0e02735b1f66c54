"""What a reader makes of a raw object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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

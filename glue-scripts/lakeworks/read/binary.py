"""Objects that are no text at all."""

from __future__ import annotations

import codecs
from pathlib import Path

from lakeworks.read.encodings import mark_of

#: First bytes of formats that turn up among raw objects. Those of letters alone may also begin a text.
_FORMATS = {
    b"PAR1": "a Parquet file",
    b"ORC": "an ORC file",
    b"Obj\x01": "an Avro file",
    b"SQLite format 3\0": "a SQLite database",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\x1f\x8b": "a gzip archive within another",
    b"\xfd7zXZ\0": "an xz archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x04\x22\x4d\x18": "an LZ4 archive",
    b"\xff\x06\0\0sNaPpY": "a Snappy archive",
}
_HEAD = 64 * 1024
#: Share of NUL bytes in its beginning above which an object is no text.
_MOST_NULS = 0.05


def binary_kind(path: Path) -> str | None:
    """What an object is, with its size and its beginning, where it is no text; None for text."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    kind = next((kind for magic, kind in _FORMATS.items() if head.startswith(magic) and _is_no_word(magic, head)), None)
    if kind is None and mark_of(head)[0] in (b"", codecs.BOM_UTF8) and head.count(0) > _MOST_NULS * len(head):
        kind = "no text"
    return kind and f"{kind} of {path.stat().st_size} bytes, begins with {head[:32].hex(' ')}"


def _is_no_word(magic: bytes, head: bytes) -> bool:
    return not magic.isalnum() or b"\0" in head

"""Compressed objects, told by their first bytes: names lie."""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

#: So little that what it unpacks to fits into memory, whatever a bomb makes of it.
_CHUNK = 1024
#: An object that unpacks to more than this is taken for a bomb.
LIMIT = 64 * 1024**3

#: First bytes, and what makes a decompressor for one member or frame.
_FORMATS: dict[bytes, Callable[[], Any]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(zlib.MAX_WBITS | 16),
    b"BZh": bz2.BZ2Decompressor,
    b"\x28\xb5\x2f\xfd": lambda: zstandard.ZstdDecompressor().decompressobj(),
}
_ERRORS = (zlib.error, OSError, ValueError, EOFError, zstandard.ZstdError)


def unpacked(path: Path, target: Path, limit: int = LIMIT) -> tuple[Path, str | None]:
    """The object itself where it is not compressed, else what could be unpacked of it, and why that is not all."""
    with path.open("rb") as source:
        head = source.read(8)
        found = next((make for magic, make in _FORMATS.items() if head.startswith(magic)), None)
        if found is None:
            return path, None
        source.seek(0)
        with target.open("wb") as out:
            return target, _unpack(source, out, found, limit)


def _unpack(source: BinaryIO, out: BinaryIO, make: Callable[[], Any], limit: int) -> str | None:
    """Members follow each other, as when files are joined. Zero bytes after the last one are padding."""
    decompressor, begun, written = make(), False, 0
    data = source.read(_CHUNK)
    while data:
        try:
            plain = decompressor.decompress(data)
        except _ERRORS as error:
            return f"damaged: {error}"
        begun = True
        written += out.write(plain)
        if written > limit:
            return f"unpacks to more than {limit} bytes"
        if decompressor.eof:
            data = decompressor.unused_data or source.read(_CHUNK)
            decompressor, begun = make(), False
            while data and not data.strip(b"\0"):
                data = source.read(_CHUNK)
        else:
            data = source.read(_CHUNK)
    return "ends before its compressed data do" if begun else None

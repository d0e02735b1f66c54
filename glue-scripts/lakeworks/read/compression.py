"""Compressed objects, told by their first bytes: names lie. What can be unpacked of a damaged one is kept."""

from __future__ import annotations

import bz2
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

#: Bytes. An object that unpacks to more is taken for a bomb: what it unpacks to and what is made of it have to go on a
#: worker's disk, of which G.1X has 44 GB free. https://docs.aws.amazon.com/glue/latest/dg/worker-types.html
LIMIT = 16 * 1024**3
#: Bytes that one step unpacks, at most.
_STEP = 4 * 1024**2
_PADDING = 64 * 1024

_ERRORS = (zlib.error, OSError, ValueError, EOFError, zstandard.ZstdError)


@dataclass(frozen=True)
class _Format:
    #: How a member, or frame, begins.
    magic: re.Pattern[bytes]
    #: A decompressor for one member.
    make: Callable[[], Any]
    #: What a decompressor makes of more of its input, in steps.
    feed: Callable[[Any, bytes], Iterator[bytes]]
    #: Bytes of input to feed it at a time.
    chunk: int


def _feed_gzip(decompressor: Any, data: bytes) -> Iterator[bytes]:
    while True:
        plain = decompressor.decompress(data, _STEP)
        yield plain
        data = decompressor.unconsumed_tail
        if decompressor.eof or (not data and len(plain) < _STEP):
            return


def _feed_bzip2(decompressor: Any, data: bytes) -> Iterator[bytes]:
    while True:
        yield decompressor.decompress(data, _STEP)
        data = b""
        if decompressor.eof or decompressor.needs_input:
            return


def _feed_zstd(decompressor: Any, data: bytes) -> Iterator[bytes]:
    """It knows no limit, but four bytes are never more than a block, of 128 KiB: small chunks bound what comes out."""
    yield decompressor.decompress(data)


#: https://www.rfc-editor.org/rfc/rfc1952 and https://www.rfc-editor.org/rfc/rfc8878 (of which a frame to skip may be
#: the first); after bzip2's header comes a block or the end.
_FORMATS = (
    _Format(re.compile(rb"\x1f\x8b"), lambda: zlib.decompressobj(zlib.MAX_WBITS | 16), _feed_gzip, 256 * 1024),
    _Format(re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bz2.BZ2Decompressor, _feed_bzip2, 256 * 1024),
    _Format(
        re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
        lambda: zstandard.ZstdDecompressor().decompressobj(),
        _feed_zstd,
        1024,
    ),
)


class _DamagedError(Exception):
    """Why not all could be unpacked."""


def unpacked(path: Path, target: Path, limit: int = LIMIT) -> tuple[Path, str | None]:
    """The object itself where it is not compressed, else what could be unpacked of it, and why that is not all."""
    with path.open("rb") as source:
        head = source.read(16)
        found = next((each for each in _FORMATS if each.magic.match(head)), None)
        if found is None:
            return path, None
        with target.open("wb") as out:
            try:
                start: int | None = 0
                while start is not None:
                    start = _next_member(source, _unpack(source, start, out, found, limit))
            except _DamagedError as error:
                return target, str(error)
    return target, None


def _next_member(source: BinaryIO, end: int) -> int | None:
    """Members follow each other, as when files are joined; zero bytes between and after them are padding."""
    source.seek(end)
    while data := source.read(_PADDING):
        if member := data.lstrip(b"\0"):
            return source.tell() - len(member)
    return None


def _unpack(source: BinaryIO, start: int, out: BinaryIO, form: _Format, limit: int) -> int:
    """Unpacks one member; where it ends."""
    source.seek(start)
    decompressor, written, fed = form.make(), 0, start
    while data := source.read(form.chunk):
        try:
            for plain in _steps(form, decompressor, data):
                written += out.write(plain)
                if out.tell() > limit:
                    raise _DamagedError(f"unpacks to more than {limit} bytes")
        except _DamagedError:
            if out.tell() <= limit:
                _rescue(source, (start, fed), out, form, written)
            raise
        fed += len(data)
        if decompressor.eof:
            return fed - len(decompressor.unused_data)
    raise _DamagedError("ends before its compressed data do")


def _rescue(source: BinaryIO, fed: tuple[int, int], out: BinaryIO, form: _Format, written: int) -> None:
    """Writes what comes before a fault: of a step that fails all is lost. It is done again, byte by byte.

    :param fed: the part of the source that was unpacked without a fault.
    :param written: how much of the member has been written.
    """
    start, end = fed
    source.seek(start)
    decompressor = form.make()
    try:
        while data := source.read(max(1, min(form.chunk, end - source.tell()))):
            for plain in _steps(form, decompressor, data):
                out.write(plain[written:])
                written -= min(written, len(plain))
    except _DamagedError:
        return


def _steps(form: _Format, decompressor: Any, data: bytes) -> Iterator[bytes]:
    try:
        yield from form.feed(decompressor, data)
    except _ERRORS as error:
        raise _DamagedError(f"damaged: {error}") from error

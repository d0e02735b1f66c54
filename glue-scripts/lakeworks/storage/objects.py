"""What a listing tells of an object."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredObject:
    location: str
    size: int
    #: Of the last write, seconds since 1970.
    modified: float
    #: Changes with the content.
    etag: str

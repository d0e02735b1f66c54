"""The file of boxes that a reader writes, see records.py."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any

#: Of a record that is too long to be kept whole, what is kept.
_LONGEST_RAW = 1024**2

_encode = json.JSONEncoder(ensure_ascii=True, check_circular=False).encode


class BoxFile:
    """Texts are escaped: whatever they hold, a box is one line of ASCII."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="ascii", newline="\n", buffering=1024**2)

    def __enter__(self) -> BoxFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def line(self, raw: str) -> None:
        """A record in JSON that is yet to be parsed."""
        self._file.write(_encode({"r": raw}) + "\n")

    def record(self, raw: str, fields: dict[str, Any]) -> None:
        self._file.write(_encode({"r": raw, "f": fields}) + "\n")

    def fault(self, raw: str, reason: str) -> None:
        """What is no record."""
        self._file.write(_encode({"r": raw[:_LONGEST_RAW], "e": reason}) + "\n")

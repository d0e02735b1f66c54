"""The file of boxes that a reader writes, see records.py."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from pathlib import Path
from types import TracebackType
from typing import Any

from lakeworks.read.plain import KEPT

#: The text in quotes, with quotes, backslashes and control characters escaped: one line, whatever it holds.
quoted = encode_basestring

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


class BoxFile:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n", buffering=1024**2)
        #: Writes boxes that are made elsewhere.
        self.write = self._file.write

    def __enter__(self) -> BoxFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def line(self, raw: str) -> None:
        """A record in JSON that is yet to be parsed."""
        self.write(f'{{"r":{quoted(raw)}}}\n')

    def record(self, raw: str, fields: dict[str, Any]) -> None:
        self.write(f'{{"r":{quoted(raw)},"f":{_encode(fields)}}}\n')

    def fault(self, raw: str, reason: str) -> None:
        """What is no record. NUL, which the engine's texts do not have, is shown as `\\0`."""
        shown = raw[:KEPT].replace("\0", "\\0")
        self.write(f'{{"r":{quoted(shown)},"e":"{reason}"}}\n')

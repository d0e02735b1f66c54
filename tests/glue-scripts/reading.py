"""Objects as the readers give them: boxes, and their conformed rows."""

from __future__ import annotations

import json
import shutil
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from conformed import contract, rows_of
from lakeworks.contract import Contract
from lakeworks.read import read_records
from lakeworks.read.records import Records

#: What a reader says of a record: its fields, None for JSON that is yet to be parsed, or the reason why it is none.
Found = tuple[str, dict[str, Any] | str | None]


class ReadingTestCase(unittest.TestCase):
    maxDiff = None

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lakeworks-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self._number = 0

    def records(self, content: bytes | str, with_contract: Contract, name: str = "part-0000") -> Records:
        self._number += 1
        work = self.folder / str(self._number)
        work.mkdir()
        (work / "object").write_bytes(content.encode() if isinstance(content, str) else content)
        return read_records(work / "object", name, with_contract, work)

    def read(self, content: bytes | str, with_contract: Contract, name: str = "part-0000") -> list[Found]:
        """Raw text and what was found, record by record."""
        records = self.records(content, with_contract, name)
        lines = records.path.read_bytes().split(b"\n")
        lines = lines[:-1] if lines[-1] == b"" else lines
        if not records.boxed:
            return [(line.decode(), None) for line in lines]
        boxes = [json.loads(line) for line in lines]
        return [(box["r"], box.get("f") if "e" not in box else box["e"]) for box in boxes]

    def conformed(self, content: bytes | str, with_contract: Contract) -> list[SimpleNamespace]:
        return rows_of(self.records(content, with_contract), with_contract)


def json_contract(**changes: Any) -> Contract:
    return contract(**changes)


def csv_contract(separator: str = ",", **changes: Any) -> Contract:
    return contract(raw={"format": "csv", "separator": separator}, **changes)


def xml_contract(**changes: Any) -> Contract:
    return contract(raw={"format": "xml", "rowTag": "row"}, **changes)


def parquet_contract(**changes: Any) -> Contract:
    return contract(raw={"format": "parquet"}, **changes)

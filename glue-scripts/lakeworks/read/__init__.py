"""Readers of raw objects: whatever the format, the encoding and the compression, a file of records in JSON.

Nothing that an object holds is lost: what is no record is one with its text and the reason.
"""

from __future__ import annotations

from pathlib import Path

from lakeworks.contract import Contract
from lakeworks.read import csv_records, json_records, parquet_records, xml_records
from lakeworks.read.binary import binary_kind
from lakeworks.read.boxes import BoxFile
from lakeworks.read.compression import unpacked
from lakeworks.read.encodings import as_utf8, with_line_feeds
from lakeworks.read.plain import cut_last_line
from lakeworks.read.records import Records

__all__ = ["read_records"]


def read_records(path: Path, name: str, contract: Contract, work: Path) -> Records:
    """
    :param path: the object.
    :param name: its key, for what is said of it.
    :param work: a folder for what is made of it.
    """
    plain, damage = unpacked(path, work / "plain")
    boxes = work / "boxes"
    if contract.raw_format == "parquet" and damage is None:
        return parquet_records.read(plain, name, contract, work)
    if contract.raw_format == "parquet":
        # What tells where its rows are is at its end.
        with BoxFile(boxes) as out:
            out.fault(f"{name}: {damage}", "object_truncated")
        return Records(boxes, True)
    kind = binary_kind(plain)
    if kind is not None:
        with BoxFile(boxes) as out:
            out.fault(f"{name}: {kind}" + (f", {damage}" if damage else ""), "binary")
        return Records(boxes, True)
    text = as_utf8(plain, work / "text")
    if contract.raw_format == "xml":
        with BoxFile(boxes) as out:
            xml_records.read(text, contract, out, transcoded=text != plain, damage=damage and f"{name}: {damage}")
        return Records(boxes, True)
    text = with_line_feeds(text, work / "lines")
    if contract.raw_format == "json" and damage is None and json_records.is_clean(text):
        return Records(text, False)
    # Half a line may look like a whole one.
    rest = cut_last_line(text) if damage else ""
    reader = csv_records if contract.raw_format == "csv" else json_records
    with BoxFile(boxes) as out:
        missing = reader.read(text, contract, out)
        if damage is not None:
            out.fault(f"{name}: {damage}\n{rest}".rstrip("\n"), "object_truncated")
    return Records(boxes, True, missing)

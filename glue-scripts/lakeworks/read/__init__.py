"""Readers of raw objects: whatever the format, the encoding and the compression, a file of records in JSON.

Nothing that an object holds is lost: what is no record is one with its text and the reason.
"""

from __future__ import annotations

from pathlib import Path

from lakeworks.contract import Contract
from lakeworks.read import csv_records, json_records, xml_records
from lakeworks.read.boxes import BoxFile
from lakeworks.read.compression import unpacked
from lakeworks.read.plain import binary_kind
from lakeworks.read.records import Records

__all__ = ["read_records"]

_READERS = {"json": json_records.read, "csv": csv_records.read, "xml": xml_records.read}


def read_records(path: Path, name: str, contract: Contract, work: Path, checked: bool = True) -> Records:
    """
    :param path: the object.
    :param name: its key, for its ending.
    :param work: a folder for what is made of it.
    :param checked: whether JSON lines are certain to be UTF-8. That takes longer than all else that is looked at.
    """
    plain, fault = unpacked(path, work / "plain")
    if contract.raw_format == "json" and fault is None and json_records.is_clean(plain, checked):
        return Records(plain, False)
    boxes = work / "boxes"
    with BoxFile(boxes) as out:
        binary = binary_kind(plain)
        if binary is not None:
            out.fault(f"{name}: {binary}", "binary")
            missing: tuple[str, ...] = ()
        else:
            missing = _READERS[contract.raw_format](plain, contract, out)
        if fault is not None:
            out.fault(f"{name}: {fault}", "object_truncated")
    return Records(boxes, True, missing)

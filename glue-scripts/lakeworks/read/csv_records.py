"""CSV with a header line: columns are found by its names, a record may go over several lines."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from lakeworks.contract import Contract
from lakeworks.read.boxes import BoxFile
from lakeworks.read.csv_header import Header
from lakeworks.read.csv_lines import CsvLines
from lakeworks.read.csv_syntax import Syntax
from lakeworks.read.plain import MARK, SPACE, Fault, lines


def read(path: Path, contract: Contract, out: BoxFile) -> tuple[str, ...]:
    """The contract's fields that the header lacks."""
    syntax = Syntax.of(contract.separator)
    rows = CsvLines(lines(path))
    first = next((line for line in rows if isinstance(line, Fault) or line.strip(SPACE)), None)
    if first is None:
        return ()
    header = _header(first, rows, syntax, contract)
    if header is None:
        _without_header(first, rows, out)
        return ()
    _records(rows, header, syntax, out)
    return header.missing


def _header(first: str | Fault, rows: CsvLines, syntax: Syntax, contract: Contract) -> Header | None:
    if isinstance(first, Fault):
        return None
    record = rows.record(first, syntax)
    header = Header.of(record, syntax, contract) if record is not None else None
    if header is None:
        rows.put_back()
    else:
        rows.take()
    return header


def _without_header(first: str | Fault, rows: CsvLines, out: BoxFile) -> None:
    """Without names there are no fields. The first line is no record less than others: its header may be missing."""
    for line in chain([first], rows):
        if isinstance(line, Fault):
            out.fault(*line)
        elif line.strip(SPACE):
            out.fault(line.removesuffix("\r"), "header_invalid")


def _records(rows: CsvLines, header: Header, syntax: Syntax, out: BoxFile) -> None:
    separator, width = syntax.separator, header.width
    rows.header = header.record
    #: The header again, where files were joined end to end.
    repeated = (header.record, MARK + header.record)
    for line in rows:
        if isinstance(line, Fault):
            out.fault(*line)
            continue
        text = line.removesuffix("\r")
        if text in repeated or not text.strip(SPACE):
            continue
        if '"' not in text:
            values = text.split(separator)
            if len(values) == width:
                out.write(header.plain_box(text, values))
            else:
                out.fault(text, "malformed_csv")
            continue
        record = rows.record(line, syntax)
        fields = syntax.fields(record) if record is not None else []
        if record in repeated:
            rows.take()
        elif record is not None and len(fields) == width:
            rows.take()
            out.write(header.box(record, fields))
        else:
            # It is broken by itself alone: the lines after it are looked at anew.
            rows.put_back()
            out.fault(text, "malformed_csv")

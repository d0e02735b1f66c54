"""CSV with a header line: columns are found by its names, a record may go over several lines."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from lakeworks.contract import Contract
from lakeworks.read.boxes import BoxFile
from lakeworks.read.csv_syntax import Syntax
from lakeworks.read.plain import Line, lines

#: A quote that is not closed within so many lines or characters is out of place.
_MOST_LINES, _MOST_CHARACTERS = 1000, 1024**2


@dataclass(frozen=True)
class Header:
    line: str
    names: list[str]

    @staticmethod
    def of(line: str, syntax: Syntax, contract: Contract) -> Header | None:
        """None for a line that is no header: not CSV, none of the contract's fields, or one of them twice."""
        if not syntax.whole.fullmatch(line):
            return None
        names = [name or "" for name in syntax.fields(line)]
        sources = [source for column in contract.read_columns for source in column.sources]
        if not any(source in names for source in sources) or any(names.count(source) > 1 for source in sources):
            return None
        return Header(line, names)

    def missing(self, contract: Contract) -> tuple[str, ...]:
        columns = (column.sources for column in contract.read_columns)
        return tuple(sources[0] for sources in columns if not any(source in self.names for source in sources))


def read(path: Path, contract: Contract, out: BoxFile) -> tuple[str, ...]:
    """The contract's fields that the header lacks."""
    syntax = Syntax.of(contract.separator)
    texts = lines(path)
    first = next(filter(_holds, texts), None)
    if first is None:
        return ()
    header = Header.of(first.text, syntax, contract) if first.reason is None else None
    if header is None:
        # Without names there are no fields. The line itself is a record as well: a header may have been forgotten.
        for line in chain([first], filter(_holds, texts)):
            out.fault(line.text, line.reason or "header_invalid")
        return ()
    _records(texts, header, syntax, contract.separator, out)
    return header.missing(contract)


def _records(texts: Iterator[Line], header: Header, syntax: Syntax, separator: str, out: BoxFile) -> None:
    names, width = header.names, len(header.names)
    ahead = _Ahead(texts)
    for line in ahead:
        text = line.text
        if line.reason is not None:
            out.fault(text, line.reason)
        elif text == header.line or not _holds(line):
            # The header again: files were joined end to end.
            continue
        elif '"' not in text:
            values = text.split(separator)
            if len(values) == width:
                out.record(text, {name: value for name, value in zip(names, values, strict=True) if value})
            else:
                out.fault(text, "malformed_csv")
        else:
            record = _quoted(line, ahead, syntax)
            fields = syntax.fields(record) if record is not None else []
            if record is not None and len(fields) == width:
                ahead.take()
                pairs = zip(names, fields, strict=True)
                out.record(record, {name: value for name, value in pairs if value is not None})
            else:
                # It is broken by itself alone: the lines after it are looked at anew.
                ahead.put_back()
                out.fault(text, "malformed_csv")


class _Ahead:
    """Lines, some of which were looked at ahead of their turn."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._waiting: deque[Line] = deque()
        self._seen: list[Line] = []

    def __iter__(self) -> Iterator[Line]:
        while (line := self._next()) is not None:
            yield line

    def _next(self) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def look(self) -> Line | None:
        """The next line that was not looked at; None where there is none that is text."""
        line = self._next()
        if line is None:
            return None
        self._seen.append(line)
        return line if line.reason is None else None

    def take(self) -> None:
        """What was looked at is done with."""
        self._seen.clear()

    def put_back(self) -> None:
        self._waiting.extendleft(reversed(self._seen))
        self._seen.clear()


def _quoted(line: Line, ahead: _Ahead, syntax: Syntax) -> str | None:
    """The record that begins with the line; None where its quotes are out of place or never closed."""
    if syntax.whole.fullmatch(line.text):
        return line.text
    if not syntax.opens.fullmatch(line.text):
        return None
    parts, length = [line], len(line.text)
    while len(parts) < _MOST_LINES and length < _MOST_CHARACTERS:
        part = ahead.look()
        if part is None:
            return None
        parts.append(part)
        length += len(part.text)
        if syntax.closes.fullmatch(part.text):
            return "".join(each.text + each.end for each in parts[:-1]) + part.text
        if not (syntax.stays.fullmatch(part.text) or syntax.reopens.fullmatch(part.text)):
            return None
    return None


def _holds(line: Line) -> bool:
    """Whether the line is more than white space."""
    return line.reason is not None or bool(line.text.strip())

"""Which of the job's formats a sample file is, and the contract's `raw` by which the job's readers take it apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

import duckdb
from lakeworks.engine import text as literal
from lakeworks.read.binary import binary_kind
from lakeworks.read.compression import unpacked
from lakeworks.read.csv_lines import CsvLines
from lakeworks.read.csv_syntax import Syntax
from lakeworks.read.encodings import as_utf8, with_line_feeds
from lakeworks.read.plain import SPACE, Fault, lines
from lakeworks.read.xml_elements import local_name

#: Bytes. The sample is kept in the repository, and its records are looked at in memory.
LARGEST = 16 * 1024**2
LARGEST_UNPACKED = 256 * 1024**2

_COMPRESSIONS = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\x28\xb5\x2f\xfd", "zstd"))
_SEPARATOR = re.compile(r'[^"\r\n\w\s]|\t')
#: What a name of a column is not: a number, a day, a moment, true or false.
_VALUE = re.compile(r"[+-]?[\d.,]+([eE][+-]?\d+)?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|true|false", re.IGNORECASE)


class RefusedError(Exception):
    """Why the file cannot be a sample, and what to do about it."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.fix = fix


@dataclass(frozen=True)
class SampleFormat:
    #: The contract's `raw`, without the arrival key.
    raw: dict[str, Any]
    compression: str | None
    #: Names of the fields where a header tells them; the readers of the other formats need none.
    header: tuple[str, ...]
    #: Each guess with its reason: what it is about, what was chosen, why.
    guesses: tuple[tuple[str, str, str], ...]


def format_of(path: Path, work: Path, row_tag: str | None) -> SampleFormat:
    """
    :param work: a folder for what is unpacked.
    :param row_tag: the element of one record of XML, where the user named it.

    Raises RefusedError.
    """
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("The file is empty.", "Give a file with some hundred records.")
    if size > LARGEST:
        raise RefusedError(
            f"The file has {size:,} bytes; a sample has at most {LARGEST:,}, since it is kept beside the contract.",
            "Take its beginning: head -n 10000 FILE > sample",
        )
    with path.open("rb") as file:
        magic = file.read(4)
    compression = next((name for start, name in _COMPRESSIONS if magic.startswith(start)), None)
    plain, damage = unpacked(path, work / "plain", LARGEST_UNPACKED)
    if damage is not None:
        raise RefusedError(f"The compressed file is damaged: {damage}.", "Compress it anew; gzip -t FILE checks it.")
    guesses = [] if compression is None else [("compression", compression, "told by the file's first bytes")]
    with plain.open("rb") as file:
        head = file.read(4)
    if head == b"PAR1":
        found = ("format", "parquet", "the file begins with PAR1")
        return SampleFormat({"format": "parquet"}, compression, (), (*guesses, found))
    kind = binary_kind(plain)
    if kind is not None:
        raise RefusedError(f"The file is {kind}.", "Samples are JSON lines, CSV, XML or Parquet, also in gzip.")
    readable = with_line_feeds(as_utf8(plain, work / "text"), work / "lines")
    start = _first_character(readable)
    if start == "<":
        return _xml(readable, compression, guesses, row_tag)
    if start == "{":
        found = ("format", "json", "the first line begins with {: JSON lines, one object a line")
        return SampleFormat({"format": "json"}, compression, (), (*guesses, found))
    if start == "[":
        raise RefusedError(
            "The file is one JSON array; the job reads JSON lines, one object a line.",
            "jq -c '.[]' FILE > sample.jsonl",
        )
    return _csv(readable, compression, guesses)


def _first_character(path: Path) -> str:
    """That of the first line that is not blank. Raises RefusedError where all are."""
    for line in lines(path):
        if isinstance(line, Fault):
            raise RefusedError(f"The first line is no text ({line.reason}).", "Write the file as UTF-8.")
        if line.strip(SPACE):
            return line.strip(SPACE)[0]
    raise RefusedError("The file has blank lines alone.", "Give a file with some hundred records.")


def _csv(path: Path, compression: str | None, guesses: list[tuple[str, str, str]]) -> SampleFormat:
    no_csv = "Samples are JSON lines, CSV with a header line, XML or Parquet, also in gzip."
    try:
        with duckdb.connect() as connection:
            query = f'SELECT "Delimiter", "HasHeader", len("Columns") FROM sniff_csv({literal(str(path))})'
            separator, has_header, width = connection.execute(query).fetchall()[0]
    except duckdb.Error as error:
        raise RefusedError(f"The file is none of the formats: {str(error).splitlines()[0]}", no_csv) from error
    if width < 2:
        raise RefusedError("The file is neither JSON nor XML, and as CSV it has one column alone.", no_csv)
    if not _SEPARATOR.fullmatch(separator):
        raise RefusedError(
            f"Its fields seem to be separated by {separator!r}, which the job does not take.",
            "Separate them by a comma, a semicolon, a tab or a bar.",
        )
    header = _header(path, separator)
    values = [name for name in header if not name or _VALUE.fullmatch(name)]
    if values:
        raise RefusedError(
            f"The first line is no header: {values[0]!r} is no name of a column.",
            "Put a line with the columns' names before the records: the job finds columns by it.",
        )
    twice = [name for name, times in Counter(header).items() if times > 1]
    if twice:
        raise RefusedError(f"The header names {twice[0]!r} twice.", "Give each column a name of its own.")
    shown = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(separator, separator)
    why = "its names are no values" if has_header else "its names are no values, although all columns hold text alone"
    found = (
        ("format", "csv", f"neither JSON nor XML, and the lines have {width} fields each"),
        ("separator", shown, "with it the lines have the same number of fields"),
        ("header", "first line", why),
    )
    raw = {"format": "csv"} | ({} if separator == "," else {"separator": separator})
    return SampleFormat(raw, compression, header, (*guesses, *found))


def _header(path: Path, separator: str) -> tuple[str, ...]:
    syntax = Syntax.of(separator)
    rows = CsvLines(lines(path))
    first = next(line for line in rows if isinstance(line, Fault) or line.strip(SPACE))
    record = None if isinstance(first, Fault) else rows.record(first, syntax)
    if record is None:
        raise RefusedError("The first line is no CSV: a quote is out of place.", "Correct the header line.")
    return tuple(name or "" for name in syntax.fields(record))


def _xml(path: Path, compression: str | None, guesses: list[tuple[str, str, str]], row_tag: str | None) -> SampleFormat:
    counts = _elements(path)
    tag, why = row_tag, "as you said"
    if tag is None:
        repeated = {key: number for key, number in counts.items() if number > 1 and key[0] > 0}
        if not repeated:
            raise RefusedError("No element comes more than once.", "Name that of a record: --row-tag order")
        depth = min(depth for depth, _ in repeated)
        tag = max((number, name) for (at, name), number in repeated.items() if at == depth)[1]
        why = f"the outermost element that is repeated, {counts[(depth, tag)]:,} times"
    elif not any(name == tag for _, name in counts):
        raise RefusedError(f"There is no element <{tag}>.", f"Elements: {', '.join(sorted({n for _, n in counts}))}.")
    found = (("format", "xml", "the file begins with <"), ("rowTag", tag, why))
    return SampleFormat({"format": "xml", "rowTag": tag}, compression, (), (*guesses, *found))


def _elements(path: Path) -> Counter[tuple[int, str]]:
    """How often each element comes, by its depth and local name. Raises RefusedError where it is not well-formed."""
    counts: Counter[tuple[int, str]] = Counter()
    depth = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal depth
        counts[(depth, local_name(name))] += 1
        depth += 1

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise RefusedError("The document has a document type, which the job refuses.", "Leave the DOCTYPE out.")

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except ExpatError as error:
        raise RefusedError(f"The XML is not well-formed: {error}.", "xmllint --noout FILE shows the place.") from error
    return counts

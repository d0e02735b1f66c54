"""XML: an element per record, read in a stream. A document type, and with it every entity of one's own, is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from lakeworks.contract import Contract
from lakeworks.read.boxes import BoxFile

#: The value of an element without children; an object or a list of such otherwise.
Value = Any


def read(path: Path, contract: Contract, out: BoxFile) -> tuple[str, ...]:
    """A fault ends the document: the records before it count, and one more says what is wrong."""
    if path.stat().st_size == 0:
        return ()
    try:
        for element in _elements(path, contract.row_tag or ""):
            out.record(tostring(element, encoding="unicode").strip(), _fields(element))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        out.fault(f"{type(error).__name__}: {error}", "malformed_xml")
    return ()


def _elements(path: Path, tag: str) -> Iterator[Element]:
    """Each is gone from memory when the next is asked for. One within another of its name is a part of it."""
    depth = 0
    above: list[Element] = []
    for event, element in iterparse(str(path), events=("start", "end"), forbid_dtd=True):
        is_record = _local(element.tag) == tag
        if event == "start":
            depth += is_record
            if depth == 0:
                above.append(element)
            continue
        if is_record:
            depth -= 1
            if depth == 0:
                yield element
        if depth == 0:
            if not is_record and above and above[-1] is element:
                above.pop()
            element.clear()
            if above:
                del above[-1][:]


def _fields(element: Element) -> dict[str, Value]:
    """Children by their local names, attributes as `@name`, those of a child without children as `child@name`."""
    fields: dict[str, Value] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    for child in element:
        name = _local(child.tag)
        if len(child) > 0:
            _add(fields, name, _fields(child))
            continue
        text = (child.text or "").strip()
        if text:
            _add(fields, name, text)
        for attribute, value in child.attrib.items():
            _add(fields, f"{name}@{_local(attribute)}", value)
    text = (element.text or "").strip()
    if text:
        fields["#text"] = text
    return fields


def _add(fields: dict[str, Value], name: str, value: Value) -> None:
    """What comes more than once is a list."""
    if name not in fields:
        fields[name] = value
    elif isinstance(fields[name], list):
        fields[name].append(value)
    else:
        fields[name] = [fields[name], value]


def _local(name: str) -> str:
    """Without its namespace."""
    return name.rpartition("}")[2]

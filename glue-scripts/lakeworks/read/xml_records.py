"""XML: an element per record, read in a stream. A document type, and with it every entity of one's own, is refused."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from lakeworks.contract import Contract
from lakeworks.read.boxes import BoxFile
from lakeworks.read.encodings import mark_of
from lakeworks.read.plain import KEPT, LONGEST_LINE
from lakeworks.read.xml_elements import Element, local_name

_CHUNK = 64 * 1024
#: Elements within each other in a record; more are no data.
_DEEPEST = 100
#: Bytes. With each chunk the parser begins anew at a tag that has not ended (CVE-2023-52425, until Expat 2.6).
_LONGEST_TAG = 16 * 1024**2


def read(path: Path, contract: Contract, out: BoxFile, *, transcoded: bool, damage: str | None) -> None:
    """A fault ends the document: the records before it count, and one more says what is wrong. One says as well that a
    document has other elements alone: the contract may name the wrong one.

    :param transcoded: whether it is in UTF-8 whatever it says of itself.
    :param damage: why the document ends early.
    """
    if contract.row_tag is None:
        raise ValueError(f"{contract.name}: raw.rowTag says which element of XML is a record, and is not given")
    with path.open("rb", buffering=0) as file:
        head = file.read(4)
        document = _Document(contract.row_tag, "utf-8" if transcoded or mark_of(head)[0] else None, out)
        file.seek(0)
        try:
            blank = True
            while chunk := file.read(_CHUNK):
                blank = blank and not chunk.removeprefix(mark_of(head)[0]).strip()
                document.feed(chunk)
            if damage is None and not blank:
                document.end()
                if document.lacks_records:
                    out.fault(
                        f"no <{contract.row_tag}> in <{document.tags[0]}>, but <{document.tags[1]}>", "row_tag_absent"
                    )
        except (ExpatError, LookupError, ValueError, _RefusedError) as error:
            out.fault(f"{error}\n{document.rest()}".rstrip("\n"), "malformed_xml")
    if damage is not None:
        out.fault(f"{damage}\n{document.rest()}".rstrip("\n"), "object_truncated")


class _RefusedError(Exception):
    """XML that is well-formed, but not read."""


class _Document:
    """Writes each record when it ends."""

    def __init__(self, tag: str, encoding: str | None, out: BoxFile) -> None:
        self._tag = tag
        self._out = out
        self._encoding = encoding or "utf-8"
        self._open: list[Element] = []
        #: The root element, and the first one in it that is no record.
        self.tags: list[str] = []
        self._any_record = False
        #: Of the record, or 0 outside.
        self._depth = 0
        self._too_deep = False
        #: The beginning of a record that is too long.
        self._long: bytes | None = None
        #: The bytes of the record so far, or of what follows the last event, and their place in the document.
        self._window = bytearray()
        self._place = 0
        self._parser = parser = ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        if encoding is None:
            parser.XmlDeclHandler = self._declare

    def feed(self, chunk: bytes) -> None:
        self._window += chunk
        self._parser.Parse(chunk, False)
        place = self._parser.CurrentByteIndex
        if self._place + len(self._window) - place > _LONGEST_TAG:
            raise _RefusedError(f"a tag or comment is longer than {_LONGEST_TAG} bytes")
        if self._long is None and len(self._window) > LONGEST_LINE:
            self._long = bytes(self._window[:KEPT])
            self._open.clear()
        if self._depth == 0 or self._long is not None:
            self._drop(place)

    @property
    def lacks_records(self) -> bool:
        """A root element alone is a document without records; with others in it, they are called otherwise."""
        return not self._any_record and len(self.tags) > 1

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def rest(self) -> str:
        """What was read and is part of no record that was written; its beginning where it is long."""
        return self._window[:KEPT].decode(self._encoding, "backslashreplace")

    def _drop(self, place: int) -> None:
        # Before its first event the parser may be at -1.
        place = max(place, self._place)
        del self._window[: place - self._place]
        self._place = place

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth == 0:
            if local_name(name) != self._tag:
                self.tags += [local_name(name)] if len(self.tags) < 2 else []
                return
            self._any_record = True
            self._drop(self._parser.CurrentByteIndex)
        self._depth += 1
        self._too_deep = self._too_deep or self._depth > _DEEPEST
        if self._long is None:
            self._open.append(Element(name, attributes))

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].add_text(text)

    def _end(self, name: str) -> None:
        if self._depth == 0:
            return
        self._depth -= 1
        element = self._open.pop() if self._long is None else None
        if self._depth == 0:
            self._write(element, self._end_of_tag(name))
        elif element is not None:
            self._open[-1].add(element)

    def _write(self, element: Element | None, end: int) -> None:
        """The record that has just ended."""
        raw = self._window[: end - self._place] if self._long is None else self._long
        text = raw.decode(self._encoding, "backslashreplace")
        if element is None:
            self._out.fault(text, "line_too_long")
        elif self._too_deep:
            self._out.fault(text, "malformed_xml")
        else:
            self._out.record(text, element.fields())
        self._drop(end)
        self._too_deep, self._long = False, None

    def _end_of_tag(self, name: str) -> int:
        """An end tag begins where the parser is; the tag of an empty element has ended there."""
        place = self._parser.CurrentByteIndex
        tag = re.compile(rb"</" + re.escape(name.encode(self._encoding)) + rb"\s*>")
        found = tag.match(self._window, place - self._place)
        return place if found is None else self._place + found.end()

    def _refuse(self, *_: object) -> None:
        raise _RefusedError("a document type is refused")

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """What it says need not be an encoding, nor that of the declaration."""
        with suppress(LookupError, ValueError):
            b"<".decode(encoding or self._encoding)
            self._encoding = encoding or self._encoding

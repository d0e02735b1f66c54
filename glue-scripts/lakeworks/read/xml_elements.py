"""The fields of an element of XML, gathered from a parser's events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Attributes that say something of the document, and nothing of the data: namespaces, and those of XML Schema.
_TECHNICAL = ("xmlns", "xmlns:", "xsi:")


class Element:
    """Names are local ones, without their namespaces' prefixes."""

    __slots__ = ("_attributes", "_fields", "_is_leaf", "_texts", "name")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = local_name(name)
        self._attributes = {
            local_name(each): value
            for each, value in attributes.items()
            if each != _TECHNICAL[0] and not each.startswith(_TECHNICAL[1:])
        }
        self._fields: dict[str, Any] = {}
        self._texts: list[str] = []
        self._is_leaf = True

    def add_text(self, text: str) -> None:
        self._texts.append(text)

    def add(self, child: Element) -> None:
        """A child without children is its text, absent where that is empty, and its attributes are `child@name`;
        another is an object. What comes more than once is a list."""
        self._is_leaf = False
        if child._is_leaf:
            self._add(child.name, child._text())
            for name, value in child._attributes.items():
                self._add(f"{child.name}@{name}", value)
        else:
            self._add(child.name, child.fields())

    def fields(self) -> dict[str, Any]:
        """Children by their names, attributes as `@name`, text of its own, without the white space around it, as
        `#text`."""
        fields = {f"@{name}": value for name, value in self._attributes.items()} | self._fields
        if text := self._text():
            fields["#text"] = text
        return fields

    def _text(self) -> str:
        return "".join(self._texts).strip()

    def _add(self, name: str, value: Any) -> None:
        if not value:
            return
        if name not in self._fields:
            self._fields[name] = value
        elif isinstance(self._fields[name], list):
            self._fields[name].append(value)
        else:
            self._fields[name] = [self._fields[name], value]


def local_name(name: str) -> str:
    return name.rpartition(":")[2]

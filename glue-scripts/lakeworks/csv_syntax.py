"""CSV by RFC 4180, strictly: comma, double quotes, a doubled quote inside quotes, no quote inside unquoted text.

The patterns are for Java and for Python. Their possessive quantifiers never backtrack, so that no text, however long or
hostile, costs more than one pass or a deep stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_INSIDE = r'[^"]*+(?:""[^"]*+)*+'
#: One field: its text with the quotes, if it has any.
FIELD = rf'"{_INSIDE}"|[^",]*+'
#: A line whose last field is opened by a quote and not closed.
OPENS = rf'^(?:(?:{FIELD}),)*+"{_INSIDE}$'
#: A line that begins inside quotes, closes them, and is right from there on.
CLOSES = rf'^{_INSIDE}"(?:,(?:{FIELD}))*+$'

_FIELD, _OPENS, _CLOSES = re.compile(FIELD), re.compile(OPENS), re.compile(CLOSES)
_STAYS_INSIDE = re.compile(rf"^{_INSIDE}$")


def fields_of(line: str) -> list[str] | None:
    """The fields' texts; None for a line that is not CSV."""
    fields: list[str] = []
    place = 0
    while True:
        found = _FIELD.match(line, place)
        text = found[0] if found else ""
        fields.append(text[1:-1].replace('""', '"') if text.startswith('"') else text)
        place += len(text)
        if place == len(line):
            return fields
        if line[place] != ",":
            return None
        place += 1


def inside_quotes(lines: Iterable[str]) -> Iterator[str]:
    """The lines that lie within a quoted field of several lines, neither its first nor its last: each may look like a
    record and is none. A line that opens quotes which no later line rightly closes is broken by itself alone."""
    pending: list[str] | None = None
    for line in lines:
        if pending is not None and _CLOSES.match(line):
            yield from pending
            pending = None
        elif pending is not None and _STAYS_INSIDE.match(line):
            pending.append(line)
        else:
            pending = [] if _OPENS.match(line) else None

"""Lines of CSV, of which a record may have several."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from lakeworks.read.csv_syntax import Syntax
from lakeworks.read.plain import Fault

#: A quote that is not closed within so many lines or characters is out of place.
_MOST_LINES, _MOST_CHARACTERS = 1000, 1024**2


class CsvLines:
    """Lines in their order, and a look at those that follow."""

    def __init__(self, lines: Iterator[str | Fault]) -> None:
        self._lines = lines
        self._waiting: deque[str | Fault] = deque()
        self._seen: list[str | Fault] = []
        #: The header. It ends every record: where it comes again, files were joined, of which the first was cut off.
        self.header: str | None = None

    def __iter__(self) -> Iterator[str | Fault]:
        waiting, lines = self._waiting, self._lines
        while True:
            if waiting:
                yield waiting.popleft()
            elif (line := next(lines, None)) is not None:
                yield line
            else:
                return

    def record(self, line: str, syntax: Syntax) -> str | None:
        """The record that begins with the line; None where its quotes are out of place or never closed.

        The lines that were looked at for it are to be given up by `take` or `put_back`. Each of them but the last has
        an even number of quotes, so that it opens no record and is not looked at again and again.
        """
        text = line.removesuffix("\r")
        if syntax.whole.fullmatch(text):
            return text
        if not syntax.opens.fullmatch(line):
            return None
        parts, length = [line], len(line)
        while len(parts) < _MOST_LINES and length < _MOST_CHARACTERS:
            part = self._look()
            if not isinstance(part, str):
                return None
            text = part.removesuffix("\r")
            if text == self.header:
                return None
            if syntax.closes.fullmatch(text):
                return "\n".join([*parts, text])
            if not (syntax.stays.fullmatch(part) or syntax.reopens.fullmatch(part)):
                return None
            parts.append(part)
            length += len(part)
        return None

    def _look(self) -> str | Fault | None:
        line = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if line is not None:
            self._seen.append(line)
        return line

    def take(self) -> None:
        """What was looked at is done with."""
        self._seen.clear()

    def put_back(self) -> None:
        """What was looked at comes again."""
        self._waiting.extendleft(reversed(self._seen))
        self._seen.clear()

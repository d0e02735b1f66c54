"""CSV by RFC 4180, strictly: double quotes, a doubled quote inside quotes, no quote inside unquoted text.

The patterns' possessive quantifiers never backtrack, so that no text, however long or hostile, costs more than one pass
or a deep stack. https://www.rfc-editor.org/rfc/rfc4180
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_INSIDE = r'[^"]*+(?:""[^"]*+)*+'


@dataclass(frozen=True)
class Syntax:
    """The patterns for one separator; all but the first are matched against a whole line."""

    #: A separator and the field after it, whose quotes are included.
    next: re.Pattern[str]
    #: All of a record.
    whole: re.Pattern[str]
    #: The beginning of a record whose last field is opened by a quote and not closed.
    opens: re.Pattern[str]
    #: A line within quotes.
    stays: re.Pattern[str]
    #: A line that closes the quotes and ends its record.
    closes: re.Pattern[str]
    #: A line that closes the quotes and opens others.
    reopens: re.Pattern[str]
    separator: str

    @staticmethod
    @cache
    def of(separator: str) -> Syntax:
        comma = re.escape(separator)
        field = rf'(?:"{_INSIDE}"|[^"{comma}]*+)'
        after = rf"(?:{comma}{field})*+"
        return Syntax(
            next=re.compile(rf"{comma}({field})"),
            whole=re.compile(rf"{field}{after}"),
            # Possessive groups would take the opening quote's empty field first: fields before it end in a comma.
            opens=re.compile(rf'(?:{field}{comma})*+"{_INSIDE}'),
            stays=re.compile(_INSIDE),
            closes=re.compile(rf'{_INSIDE}"{after}'),
            reopens=re.compile(rf'{_INSIDE}"(?:{comma}{field}(?={comma}))*+{comma}"{_INSIDE}'),
            separator=separator,
        )

    def fields(self, record: str) -> list[str | None]:
        """The fields' texts; nothing between two separators is None, nothing between quotes is "".

        :param record: text that the patterns found to be a record.
        """
        found = self.next.findall(self.separator + record)
        return [(text[1:-1].replace('""', '"') if text[0] == '"' else text) if text else None for text in found]

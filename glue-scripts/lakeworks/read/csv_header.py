"""The header of a CSV object, and the boxes of its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lakeworks.contract import Contract
from lakeworks.read.boxes import quoted
from lakeworks.read.csv_syntax import Syntax


@dataclass(frozen=True)
class Header:
    record: str
    width: int
    #: Fields of the contract that it lacks.
    missing: tuple[str, ...]
    #: The box of a record that has all fields, to be filled in by `%` with the record as JSON and the fields' texts.
    _all: str
    #: The beginning of each member in JSON, `"name":`.
    _members: tuple[str, ...]

    @staticmethod
    def of(record: str, syntax: Syntax, contract: Contract) -> Header | None:
        """None for a record that is no header: it has none of the contract's fields, or one of them twice."""
        names = [name or "" for name in syntax.fields(record)]
        columns = [column.sources for column in contract.read_columns]
        times = [names.count(source) for sources in columns for source in sources]
        if not any(times) or any(count > 1 for count in times):
            return None
        missing = tuple(sources[0] for sources in columns if not any(source in names for source in sources))
        members = tuple(f"{quoted(name)}:" for name in _distinct(names))
        each = ",".join(f'{member.replace("%", "%%")}"%s"' for member in members)
        return Header(record, len(names), missing, f'{{"r":%s,"f":{{{each}}}}}\n', members)

    def box(self, record: str, values: Sequence[str | None]) -> str:
        """The line of a record; an absent value is no field of it.

        :param values: as many as the header has names.
        """
        pairs = zip(self._members, values, strict=True)
        fields = ",".join([member + quoted(value) for member, value in pairs if value is not None])
        return f'{{"r":{quoted(record)},"f":{{{fields}}}}}\n'

    def plain_box(self, record: str, values: list[str]) -> str:
        """The line of a record without quotes; empty text is no value."""
        raw = quoted(record)
        if len(raw) == len(record) + 2 and "" not in values:
            # Nothing is escaped in the record, hence nothing in its fields.
            return self._all % (raw, *values)
        pairs = zip(self._members, values, strict=True)
        fields = ",".join([member + quoted(value) for member, value in pairs if value])
        return f'{{"r":{raw},"f":{{{fields}}}}}\n'


def _distinct(names: list[str]) -> list[str]:
    """As Spark names them: a column without a name, or with one that others have, by its place as well."""
    counts = Counter(names)
    taken = set(names)
    distinct = []
    for place, name in enumerate(names):
        if not name or counts[name] > 1:
            name = f"{name or '_c'}{place}"
            while name in taken:
                name += "_"
            taken.add(name)
        distinct.append(name)
    return distinct

"""What the steps of a run hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from lakeworks import storage
from lakeworks.storage import StoredObject


@dataclass(frozen=True)
class Span:
    """What a set of rows covers, to tell early that two sets can't share a key."""

    #: Least and greatest text of the first business key.
    key_min: str
    key_max: str
    #: First and last event, in days since 1970.
    day_min: int
    day_max: int

    def may_share_keys(self, other: Span, within_days: int | None) -> bool:
        if self.key_min > other.key_max or other.key_min > self.key_max:
            return False
        gap = max(self.day_min - other.day_max, other.day_min - self.day_max)
        return within_days is None or gap <= within_days

    @staticmethod
    def around(spans: list[Span]) -> Span:
        return Span(
            min(span.key_min for span in spans),
            max(span.key_max for span in spans),
            min(span.day_min for span in spans),
            max(span.day_max for span in spans),
        )


@dataclass(frozen=True)
class RawObject:
    #: Relative to the dataset's bronze prefix: the row's `source_object`.
    key: str
    object: StoredObject


@dataclass(frozen=True)
class Fragment:
    """Good rows of one task that belong to one partition."""

    #: `year=2024/month=1/day=5`
    partition: str
    location: str
    rows: int
    size: int
    span: Span


@dataclass(frozen=True)
class Staged:
    """What became of the objects of one task."""

    records: int
    #: Good rows dropped for another row of the task with their key.
    duplicates: int
    fragments: list[Fragment]
    #: Hashes of all good rows' keys with the partition of each, a Parquet file; None without good rows.
    keys: str | None
    #: Records that became no row, by reason.
    reasons: dict[str, int]
    #: Those records, a Parquet file; None without any.
    quarantine: str | None
    #: Fields that the contract does not name, with the records that had them.
    unknown_fields: dict[str, int]
    #: Fields of the contract that an object's header lacks, `object: field`.
    missing_fields: list[str]
    peak_memory: int


@dataclass(frozen=True)
class Published:
    """A partition as readers see it."""

    partition: str
    #: Folder of its files, which lie directly in it.
    location: str
    #: Bytes of the files; 0 where it was not written by this library.
    size: int
    #: None where it was not written by this library.
    span: Span | None

    def files(self) -> list[StoredObject]:
        found = storage.listing(self.location)
        return [item for item in found if "/" not in item.location.removeprefix(self.location) and item.size > 0]


@dataclass(frozen=True)
class PartitionWork:
    """What is to become one partition."""

    partition: str
    fragments: list[Fragment]
    published: Published | None

    @property
    def size(self) -> int:
        published = self.published.size if self.published else 0
        return published + sum(fragment.size for fragment in self.fragments)


@dataclass(frozen=True)
class Merged:
    """A partition's new files, not yet published. Without files: the partition has no row left."""

    @staticmethod
    def of(fragment: Fragment) -> Merged:
        """A new partition whose rows are one fragment's."""
        file = StoredObject(fragment.location, fragment.size, 0, "")
        return Merged(fragment.partition, True, [file], fragment.rows, fragment.span, added=fragment.rows)

    partition: str
    #: False where the run changes nothing in it; there are no new files then.
    changed: bool
    files: list[StoredObject] = field(default_factory=list)
    rows: int = 0
    span: Span | None = None
    #: Rows of the run that are in the new files.
    added: int = 0
    #: Rows of the run dropped for another row of the run with their key.
    duplicates: int = 0
    #: Rows of the run dropped because the published row of their key is the same or a later one.
    already_published: int = 0
    #: Published rows dropped for a later one of the run.
    replaced: int = 0
    #: Bytes of published files that were read for it.
    scanned: int = 0
    peak_memory: int = 0

"""Makes staged partitions the published ones."""

from __future__ import annotations

from collections.abc import Sequence

from lakeworks import storage
from lakeworks.catalog import Catalog, Version
from lakeworks.fragments import Merged


def publish(merged: Sequence[Merged], target: str, run_id: str, catalog: Catalog) -> None:
    """All files are in their places before the first partition points to them; no file that is read is ever changed."""
    kept = [each for each in merged if each.files]
    pairs = [
        (item.location, f"{_folder(target, each, run_id)}part-{number:04}.parquet")
        for each in kept
        for number, item in enumerate(each.files)
    ]
    storage.for_each(lambda pair: storage.copy(*pair), pairs)
    catalog.publish([_version(target, each, run_id) for each in kept])
    catalog.remove([each.partition for each in merged if not each.files])


def _version(target: str, merged: Merged, run_id: str) -> Version:
    size = sum(item.size for item in merged.files)
    return Version(merged.partition, _folder(target, merged, run_id), merged.rows, size, len(merged.files), merged.span)


def _folder(target: str, merged: Merged, run_id: str) -> str:
    return f"{target}{merged.partition}/{run_id}/"

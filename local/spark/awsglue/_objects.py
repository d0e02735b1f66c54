"""The data objects under a source's paths, listed by the S3 API (or the file system, for `file://`)."""

from __future__ import annotations

import fnmatch
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class S3Object:
    #: `s3://bucket/key`, as the script wrote the path's scheme.
    path: str
    size: int
    modified_ms: int
    etag: str


def list_objects(paths: Sequence[str], *, recurse: bool, exclusions: Any = None) -> list[S3Object]:
    """Objects with content under the paths, each once, sorted by path.

    Hidden names (`_…`, `.…`) and folder markers are left out, as Spark and Glue do. Without `recurse` only the objects
    directly under a path are read. `exclusions` is Glue's JSON list of globs on the whole path.
    """
    patterns = _patterns(exclusions)
    found: dict[str, S3Object] = {}
    for path in paths:
        for item, relative in _under(path, recurse):
            hidden = any(part.startswith(("_", ".")) and "=" not in part for part in relative.split("/"))
            if item.size > 0 and not hidden and not any(pattern.match(item.path) for pattern in patterns):
                found[item.path] = item
    return [found[path] for path in sorted(found)]


def _under(path: str, recurse: bool) -> Iterator[tuple[S3Object, str]]:
    parts = urlsplit(path, allow_fragments=False)
    if parts.scheme in ("s3", "s3a", "s3n"):
        yield from _s3_under(parts.scheme, parts.netloc, path.split("://", 1)[1].partition("/")[2], recurse)
    elif parts.scheme in ("", "file"):
        yield from _files_under(unquote(parts.path) if parts.scheme else path, recurse)
    else:
        raise NotImplementedError(f"{path}: the local AWS reads s3:// and file:// paths, not {parts.scheme}://")


def _s3_under(scheme: str, bucket: str, prefix: str, recurse: bool) -> Iterator[tuple[S3Object, str]]:
    import boto3

    client = boto3.client("s3")
    # A path names a folder or one object: `logs` must not take in `logs-old/x`.
    folder = prefix if prefix == "" or prefix.endswith("/") else f"{prefix}/"
    options: dict[str, Any] = {"Bucket": bucket} if recurse else {"Bucket": bucket, "Delimiter": "/"}
    for page in client.get_paginator("list_objects_v2").paginate(Prefix=prefix, **options):
        for entry in page.get("Contents", []):
            if entry["Key"] == prefix or entry["Key"].startswith(folder):
                yield _of_entry(scheme, bucket, entry), entry["Key"][len(folder) :]
    if not recurse and folder != prefix:
        for page in client.get_paginator("list_objects_v2").paginate(Prefix=folder, **options):
            for entry in page.get("Contents", []):
                yield _of_entry(scheme, bucket, entry), entry["Key"][len(folder) :]


def _of_entry(scheme: str, bucket: str, entry: dict[str, Any]) -> S3Object:
    modified = int(entry["LastModified"].timestamp() * 1000)
    return S3Object(f"{scheme}://{bucket}/{entry['Key']}", entry["Size"], modified, entry["ETag"])


def _files_under(root: str, recurse: bool) -> Iterator[tuple[S3Object, str]]:
    if not os.path.exists(root):
        raise FileNotFoundError(f"{root} does not exist")
    if os.path.isfile(root):
        yield _of_file(root), ""
        return
    for folder, folders, names in os.walk(root):
        if not recurse:
            folders.clear()
        for name in names:
            file = os.path.join(folder, name)
            yield _of_file(file), os.path.relpath(file, root)


def _of_file(file: str) -> S3Object:
    status = os.stat(file)
    return S3Object(f"file://{os.path.abspath(file)}", status.st_size, int(status.st_mtime * 1000), str(status.st_ino))


def _patterns(exclusions: Any) -> list[re.Pattern[str]]:
    if exclusions is None:
        return []
    globs = json.loads(exclusions) if isinstance(exclusions, str) else exclusions
    if not isinstance(globs, list):
        raise ValueError(f'connection_options["exclusions"] must be a JSON list of globs, not {exclusions!r}')
    for glob in globs:
        if re.search(r"[{}]", glob):
            raise NotImplementedError(f"exclusions: braces in {glob!r} are not supported by the local AWS")
    return [re.compile(fnmatch.translate(glob)) for glob in globs]

"""Objects in S3 by boto3: what Spark does not do, listing and small texts."""

from __future__ import annotations

import bz2
import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote

import boto3

#: By the ending of an object's name, as Hadoop takes it.
_COMPRESSIONS: dict[str, Callable[[Any], Any]] = {"gz": gzip.open, "bz2": bz2.open}

#: Requests at a time: listings of partitions are short and many.
_PARALLEL = 16


@dataclass(frozen=True)
class StoredObject:
    uri: str
    size: int
    modified: datetime


@cache
def _client() -> Any:
    return boto3.client("s3")


def split_uri(uri: str) -> tuple[str, str]:
    """Bucket and key of `s3://bucket/key`, also of Hadoop's s3a and s3n spellings."""
    scheme, separator, rest = uri.partition("://")
    bucket, _, key = rest.partition("/")
    if scheme not in ("s3", "s3a", "s3n") or not separator or not bucket:
        raise ValueError(f'"{uri}" is not an S3 location; it must look like s3://bucket/prefix/')
    return bucket, key


def read_text(uri: str) -> str:
    bucket, key = split_uri(uri)
    return _client().get_object(Bucket=bucket, Key=key)["Body"].read().decode("utf-8")


@contextmanager
def open_lines(uri: str) -> Iterator[Iterator[str]]:
    """The object's lines in order, without their ends, split and decompressed as Spark's readers do."""
    open_stream = _COMPRESSIONS.get(uri.rpartition(".")[2], lambda stream: stream)
    with closing(_body(uri)) as body:
        text = io.TextIOWrapper(open_stream(body), encoding="utf-8", errors="replace", newline=None)
        yield (line.rstrip("\n") for line in text)


def _body(uri: str) -> Any:
    """Spark may escape a file name as a URI does."""
    bucket, key = split_uri(uri)
    try:
        return _client().get_object(Bucket=bucket, Key=key)["Body"]
    except _client().exceptions.NoSuchKey:
        if unquote(key) == key:
            raise
        return _client().get_object(Bucket=bucket, Key=unquote(key))["Body"]


def write_text(uri: str, text: str) -> None:
    bucket, key = split_uri(uri)
    _client().put_object(Bucket=bucket, Key=key, Body=text.encode("utf-8"), ContentType="application/json")


def list_objects(prefix: str) -> list[StoredObject]:
    """Every object whose key begins with the prefix."""
    bucket, key = split_uri(prefix)
    pages = _client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
    return [
        StoredObject(f"s3://{bucket}/{item['Key']}", item["Size"], item["LastModified"])
        for page in pages
        for item in page.get("Contents", [])
    ]


def list_many(prefixes: Iterable[str]) -> dict[str, list[StoredObject]]:
    """The objects under each prefix."""
    wanted = list(prefixes)
    with ThreadPoolExecutor(_PARALLEL) as pool:
        return dict(zip(wanted, pool.map(list_objects, wanted), strict=True))


def find_objects(uris: Iterable[str]) -> list[StoredObject]:
    """The objects that the readers' file names stand for, found by listing their folders.

    Spark may escape a file name as a URI does. Raises FileNotFoundError naming one that is gone.
    """
    wanted = ["s3://{}/{}".format(*split_uri(uri)) for uri in uris]
    spelled = {spelling.rpartition("/")[0] + "/" for uri in wanted for spelling in (uri, unquote(uri))}
    known = {item.uri: item for found in list_many(sorted(spelled)).values() for item in found}
    missing = [uri for uri in wanted if uri not in known and unquote(uri) not in known]
    if missing:
        raise FileNotFoundError(f"{missing[0]} was read but is not there any more; run the job again.")
    return [known.get(uri) or known[unquote(uri)] for uri in wanted]

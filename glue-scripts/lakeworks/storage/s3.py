"""Amazon S3 by boto3."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from lakeworks.storage.objects import StoredObject

#: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
_KEYS_PER_DELETE = 1000


@cache
def _client() -> Any:
    return boto3.client("s3")


def _split(location: str) -> tuple[str, str]:
    bucket, _, key = location.removeprefix("s3://").partition("/")
    if not bucket:
        raise ValueError(f'"{location}" names no bucket; a location looks like s3://bucket/prefix/')
    return bucket, key


def listing(prefix: str) -> list[StoredObject]:
    bucket, key = _split(prefix)
    pages = _client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
    return [
        StoredObject(
            f"s3://{bucket}/{item['Key']}", item["Size"], item["LastModified"].timestamp(), item["ETag"].strip('"')
        )
        for page in pages
        for item in page.get("Contents", [])
    ]


def read_bytes(location: str) -> bytes | None:
    bucket, key = _split(location)
    try:
        return _client().get_object(Bucket=bucket, Key=key)["Body"].read()
    except _client().exceptions.NoSuchKey:
        return None


def write_bytes(location: str, content: bytes) -> None:
    bucket, key = _split(location)
    _client().put_object(Bucket=bucket, Key=key, Body=content)


def download(location: str, path: Path) -> None:
    bucket, key = _split(location)
    try:
        _client().download_file(bucket, key, str(path))
    except ClientError as error:
        if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
            raise FileNotFoundError(f"{location} was listed but is not there any more; run the job again.") from error
        raise


def upload(path: Path, location: str) -> None:
    _client().upload_file(str(path), *_split(location))


def copy(source: str, target: str) -> None:
    """In parts where the object is larger than one request may copy."""
    bucket, key = _split(source)
    _client().copy({"Bucket": bucket, "Key": key}, *_split(target))


def delete(locations: Sequence[str]) -> None:
    bucket, _ = _split(locations[0])
    keys = [{"Key": _split(location)[1]} for location in locations]
    for start in range(0, len(keys), _KEYS_PER_DELETE):
        request = {"Objects": keys[start : start + _KEYS_PER_DELETE], "Quiet": True}
        errors = _client().delete_objects(Bucket=bucket, Delete=request).get("Errors", [])
        if errors:
            raise RuntimeError(f"s3://{bucket}/{errors[0]['Key']} cannot be deleted: {errors[0].get('Message')}")

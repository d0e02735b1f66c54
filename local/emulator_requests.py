"""Refuses, as S3 does, requests that MiniStack does not check: they fail in it, now or when they are read back."""

import re
from typing import Any

from defusedxml.ElementTree import fromstring
from ministack.services import s3

Answer = tuple[int, dict[str, str], bytes]

_handle_request = s3.handle_request

_MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema"
_COUNTS = ("max-keys", "max-uploads", "max-parts")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def fault(method: str, body: bytes, query: dict[str, list[str]]) -> tuple[str, str] | None:
    """The code and message of the refusal, if there is one."""
    for name, values in query.items():
        for value in values:
            if name in _COUNTS and value and not re.fullmatch(r"-?\d{1,10}", value):
                return "InvalidArgument", f"Provided {name} not an integer or within integer range"
            if name == "versionId" and _CONTROL.search(value):
                return "InvalidArgument", "Invalid version id specified"
            if name.startswith("response-") and _CONTROL.search(value):
                return "InvalidArgument", f"Header value cannot be represented using ISO-8859-1: {name}"
    if method == "PUT" and "lifecycle" in query and not is_lifecycle(body):
        return "MalformedXML", _MALFORMED
    return None


def is_lifecycle(body: bytes) -> bool:
    try:
        root = fromstring(body)
    except Exception:  # malformed, of no encoding, or with entities
        return False
    return root.tag.rpartition("}")[2] == "LifecycleConfiguration" and len(root) > 0


async def handle_request(
    method: str, path: str, headers: dict, body: bytes, query_params: dict, *more: Any, **named: Any
) -> Answer:
    found = fault(method, body, query_params)
    if found is None:
        return await _handle_request(method, path, headers, body, query_params, *more, **named)
    return s3._error(*found, 400, path)


def install() -> None:
    """Puts this module's check before MiniStack's handling of every request to S3."""
    s3.handle_request = handle_request

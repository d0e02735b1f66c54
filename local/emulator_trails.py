"""Keeps the tags that a CloudTrail trail is created with: MiniStack drops them, and knows those of AddTags alone."""

import json
from typing import Any

from ministack.services import cloudtrail

_create_trail = cloudtrail._create_trail


def create_trail(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    answer = _create_trail(body)
    status, _, text = answer
    tags = body.get("TagsList") or []
    if status == 200 and tags:
        cloudtrail._add_tags({"ResourceId": json.loads(text)["TrailARN"], "TagsList": tags})
    return answer


def install() -> None:
    """Puts this module's creation in the place of MiniStack's."""
    cloudtrail._DISPATCH["CreateTrail"] = create_trail

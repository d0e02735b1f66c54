"""DescribeAlarms by the Query protocol, with all that an alarm has.

MiniStack's answer in XML has neither the alarm's actions nor its period, dimensions and times.
"""

import json
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from ministack.services import cloudwatch

Answer = tuple[int, dict[str, str], bytes]

_describe_alarms = cloudwatch._describe_alarms
_LISTS = ("AlarmNames", "AlarmTypes")
_TEXTS = ("AlarmNamePrefix", "StateValue", "MaxRecords", "NextToken")


def describe_alarms(params: dict, data: dict, is_cbor: bool, is_json: bool = False) -> Answer:
    """The alarms that are asked for, in the protocol of the question."""
    if is_cbor or is_json:
        return _describe_alarms(params, data, is_cbor, is_json)
    asked: dict[str, Any] = {name: value for name in _TEXTS if (value := cloudwatch._p(params, name))}
    asked |= {name: values for name in _LISTS if (values := members(params, name))}
    status, _, body = _describe_alarms({}, asked, False, True)
    if status != 200:
        # Its refusals are right as they are, and are made before anything is read.
        return _describe_alarms(params, data, False, False)
    return cloudwatch._xml(200, "DescribeAlarmsResponse", element("DescribeAlarmsResult", json.loads(body)))


def members(params: dict, name: str) -> list[str]:
    """The values of a list, `AlarmNames.member.1` and on."""
    values = []
    while value := cloudwatch._p(params, f"{name}.member.{len(values) + 1}"):
        values.append(value)
    return values


def element(name: str, value: Any) -> str:
    """https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization"""
    return f"<{name}>{content(name, value)}</{name}>"


def content(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return "".join(element(key, each) for key, each in value.items() if each is not None)
    if isinstance(value, list):
        return "".join(element("member", each) for each in value)
    if isinstance(value, bool):
        return str(value).lower()
    if name.endswith("Timestamp") and isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return escape(str(value))


def install() -> None:
    """Puts this module's answer in the place of MiniStack's."""
    cloudwatch._describe_alarms = describe_alarms

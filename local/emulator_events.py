"""Takes the events that Glue and Athena put to EventBridge.

Their sources begin with ``aws.``, which PutEvents refuses from users. The gateway passes no request to this path, so
only the local AWS itself gets here.
"""

import json

from ministack.core.responses import set_request_account_id, set_request_region
from ministack.services import eventbridge

PATH = "/_lakeworks/events"

#: MiniStack looks at none of those that it has handled; without a bound they would grow with each change of a table.
KEPT_EVENTS = 1000


async def answer(receive: object, send: object) -> None:
    """Puts ``{"account", "region", "Entries"}``, the last as PutEvents has them, and answers as PutEvents does."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    request = json.loads(body)
    set_request_account_id(request["account"])
    set_request_region(request["region"])
    eventbridge._ensure_default_bus()
    status, headers, text = eventbridge._put_events({"Entries": request["Entries"]}, allow_aws_source=True)
    del eventbridge._events_log_list()[:-KEPT_EVENTS]
    names = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": names})
    await send({"type": "http.response.body", "body": text})

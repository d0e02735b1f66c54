"""Takes the events that Glue and Athena put to EventBridge, and delivers those that are for workflows of Glue.

Their sources begin with ``aws.``, which PutEvents refuses from users. The gateway passes no request to this path, so
only the local AWS itself gets here.
"""

import json
import logging
import os
import re
import threading
import urllib.request

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


WORKFLOW = re.compile(r"arn:aws:glue:[^:]+:(\d{12}):workflow/.+")

_invoke_others = eventbridge._invoke_target


def _invoke_target(target: dict, event: dict, rule: dict, view: object = None) -> None:
    workflow = WORKFLOW.fullmatch(target.get("Arn", ""))
    if workflow is None:
        _invoke_others(target, event, rule, view)
        return
    view = view or eventbridge._pattern_event_view(event)
    delivery = {"account": workflow[1], "target": target["Arn"], "id": view.event_with_detail()["id"]}
    # Not in this thread: the workflow's first job asks the emulator before the delivery is answered.
    threading.Thread(target=_deliver, args=(delivery,), daemon=True).start()


def _deliver(delivery: dict) -> None:
    gateway = f"http://{os.environ['MINISTACK_HOST']}:{os.environ['GATEWAY_PORT']}/_lakeworks/event"
    try:
        urllib.request.urlopen(gateway, json.dumps(delivery).encode(), timeout=30).close()
    except OSError as error:
        logging.getLogger(__name__).warning("event %s for %s: %s", delivery["id"], delivery["target"], error)


# MiniStack only logs a target of Glue.
eventbridge._invoke_target = _invoke_target

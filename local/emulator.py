"""Runs MiniStack, the emulator behind the gateway, on a free port of the loopback interface.

Prints ``port N`` when it listens. It ends, with its state saved, when its standard input closes: that is, on
request and whenever the gateway's process is gone for any reason. State is also saved while it runs, soon after a
change, since MiniStack itself saves only at a clean end.
"""

import asyncio
import fcntl
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import emulator_alarms
import emulator_events
import emulator_query
import emulator_requests
import emulator_trails
from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as ministack
from ministack.core.persistence import STATE_DIR, save_all

SAVE_INTERVAL_SECONDS = 3.0


Receive = Callable[[], Awaitable[dict]]
Send = Callable[[dict], Awaitable[None]]


def reading_first(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Reads what is left of the request before its answer begins.

    Hypercorn ends a connection whose request was answered unread, and the gateway may have sent its next one on it.
    """
    unread = True

    async def reading() -> dict:
        nonlocal unread
        message = await receive()
        unread = message["type"] == "http.request" and message.get("more_body", False)
        return message

    async def answering(message: dict) -> None:
        while unread and message["type"] == "http.response.start":
            await reading()
        await send(message)

    return reading, answering


class Saver:
    """Notes every request that may change state, and saves it at most once in an interval."""

    def __init__(self) -> None:
        self.changed = False

    async def app(self, scope: dict, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == emulator_events.PATH:
            await emulator_events.answer(receive, send)
        else:
            await ministack.app(scope, *reading_first(receive, send))
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            self.changed = True

    async def run(self) -> None:
        while True:
            await asyncio.sleep(SAVE_INTERVAL_SECONDS)
            if self.changed:
                self.changed = False
                save_all(ministack._build_persistence_save_dict())


async def input_closed() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


async def main() -> None:
    # An earlier one on this state may still be saving it: its gateway was killed a moment ago.
    state = Path(STATE_DIR)
    state.mkdir(parents=True, exist_ok=True)
    lock = (state / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    listener = socket.create_server(("127.0.0.1", 0))
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    config.graceful_timeout = 5
    emulator_alarms.install()
    emulator_query.install()
    emulator_requests.install()
    emulator_trails.install()
    saver = Saver()
    background = [asyncio.create_task(saver.run()), asyncio.create_task(emulator_alarms.run())]
    print(f"port {listener.getsockname()[1]}", flush=True)
    await serve(saver.app, config, shutdown_trigger=input_closed)
    for task in background:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main())

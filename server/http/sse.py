"""Server-sent events, a turn's with their positions as ids, and a comment line every 15 s against idle proxies."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from state.conversation import Event

PING_SECONDS = 15
PING = b": ping\n\n"

_open: set[asyncio.Task[None]] = set()


def end_streams() -> None:
    """End every stream of this process, because the server stops; clients that reconnect go on elsewhere."""
    for task in _open:
        task.cancel()


class EventStream(Response):
    """The response of a route that follows a turn or a job; events without a position have no id to continue from.

    What is there at once goes out as one piece: a piece an event cost more than the events.
    """

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[tuple[object | None, Event], None]) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["Content-Length"]
        self._events = events
        self._waiting: list[bytes] = []
        self._news = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the events end, the client leaves or the server stops."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        reading = asyncio.create_task(self._read())
        leaving = asyncio.create_task(_left(receive))
        _open.add(reading)
        for task in (reading, leaving):
            task.add_done_callback(lambda _: self._news.set())
        try:
            while not (reading.done() or leaving.done()):
                await self._send(send)
            await self._send(send, last=True)
        finally:
            _open.discard(reading)
            reading.cancel()
            leaving.cancel()
            await asyncio.wait({reading, leaving})
        if not reading.cancelled():
            reading.result()

    async def _send(self, send: Send, *, last: bool = False) -> None:
        """What has come, once something has."""
        if not last:
            try:
                async with asyncio.timeout(PING_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                self._waiting.append(PING)
        self._news.clear()
        body = b"".join(self._waiting)
        self._waiting.clear()
        if body or last:
            await send({"type": "http.response.body", "body": body, "more_body": not last})

    async def _read(self) -> None:
        async with aclosing(self._events) as events:
            async for position, event in events:
                self._waiting.append(_lines(position, event))
                self._news.set()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _lines(position: object | None, event: Event) -> bytes:
    named = f"id: {position}\nevent: {event['event']}\ndata: " if position else f"event: {event['event']}\ndata: "
    return named.encode() + orjson.dumps(event["data"]) + b"\n\n"

"""Server-sent events, a turn's with their positions as ids, and a comment line every 15 s against idle proxies."""

import json
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from state.conversation import Event

PING_SECONDS = 15


class EventStream(EventSourceResponse):
    """The response of a route that follows a turn or a job; events without a position have no id to continue from."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncIterator[tuple[object | None, Event]]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_lines(events), ping=PING_SECONDS, sep="\n", headers=headers)


async def _lines(events: AsyncIterator[tuple[object | None, Event]]) -> AsyncIterator[ServerSentEvent]:
    async for position, event in events:
        data = json.dumps(event["data"], ensure_ascii=False, separators=(",", ":"))
        yield ServerSentEvent(data=data, event=event["event"], id=str(position) if position else None, sep="\n")

"""Server-sent events, a turn's with their positions as ids, and a comment line every 15 s against idle proxies."""

import json
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from server.turns.log import Position
from state.conversation import Event

PING_SECONDS = 15


def stream(events: AsyncIterator[tuple[Position | None, Event]]) -> EventSourceResponse:
    """The response of a route that follows a turn or a job; events without a position have no id to continue from."""
    return EventSourceResponse(
        _lines(events), ping=PING_SECONDS, sep="\n", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


async def _lines(events: AsyncIterator[tuple[Position | None, Event]]) -> AsyncIterator[ServerSentEvent]:
    async for position, event in events:
        data = json.dumps(event["data"], ensure_ascii=False, separators=(",", ":"))
        yield ServerSentEvent(data=data, event=event["event"], id=str(position) if position else None, sep="\n")

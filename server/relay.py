"""Carries a running turn's events to a follower on another replica, through Postgres NOTIFY, only when one announced itself.

A follower notifies `petraf_follow` with the turn's id; the replica that runs it then sends each event, from the first, on
`petraf_events`. What is lost or too large for a notification (8,000 bytes) is read from the turn's row at its end.
"""

import asyncio
import json
import logging
from collections.abc import Callable

from psycopg import AsyncConnection, OperationalError

from server.live import LiveTurn, Position
from state.conversation import Event
from state.records.database import Database

log = logging.getLogger("petraf")

FOLLOW = "petraf_follow"
EVENTS = "petraf_events"
LARGEST = 7_900
RETRY_SECONDS = 1.0


class Relay:
    """Listens for followers and for events of turns that are followed here."""

    def __init__(self, url: str, database: Database, running: Callable[[str], LiveTurn | None]) -> None:
        self._url = url
        self._database = database
        self._running = running
        self._waiting: dict[str, list[asyncio.Queue[tuple[Position, Event]]]] = {}
        self._sending: dict[str, asyncio.Task[None]] = {}

    async def listen(self) -> None:
        """Runs until cancelled; reconnects when the connection breaks."""
        while True:
            try:
                async with await AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute(f"listen {FOLLOW}")
                    await connection.execute(f"listen {EVENTS}")
                    async for notice in connection.notifies():
                        self._hear(notice.channel, notice.payload)
            except OperationalError:
                log.warning("the event relay lost its connection; trying again")
                await asyncio.sleep(RETRY_SECONDS)

    async def announce(self, turn_id: str) -> asyncio.Queue[tuple[Position, Event]]:
        """Ask whoever runs the turn for its events; they come in the queue."""
        queue: asyncio.Queue[tuple[Position, Event]] = asyncio.Queue()
        self._waiting.setdefault(turn_id, []).append(queue)
        await self._notify(FOLLOW, turn_id)
        return queue

    def leave(self, turn_id: str, queue: asyncio.Queue[tuple[Position, Event]]) -> None:
        """The follower of `queue` is gone."""
        queues = self._waiting.get(turn_id, [])
        queues.remove(queue)
        if not queues:
            self._waiting.pop(turn_id, None)

    def _hear(self, channel: str, payload: str) -> None:
        if channel == EVENTS:
            message = json.loads(payload)
            for queue in self._waiting.get(message["turn"], []):
                queue.put_nowait((Position(message["attempt"], message["number"]), message["event"]))
        elif (live := self._running(payload)) is not None:
            if task := self._sending.pop(payload, None):
                task.cancel()
            task = asyncio.create_task(self._send(payload, live))
            self._sending[payload] = task
            task.add_done_callback(lambda _: self._sending.pop(payload, None))

    async def _send(self, turn_id: str, live: LiveTurn) -> None:
        async for position, event in live.after(0):
            message = {"turn": turn_id, "attempt": position.attempt, "number": position.number, "event": event}
            payload = json.dumps(message, ensure_ascii=False)
            if len(payload.encode()) <= LARGEST:
                await self._notify(EVENTS, payload)

    async def _notify(self, channel: str, payload: str) -> None:
        async with self._database.system() as tx:
            await tx.run("notify", channel=channel, payload=payload)

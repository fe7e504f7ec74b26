"""Carries a running turn's events to a follower on another replica, through Postgres NOTIFY, only when one announced itself.

A follower notifies `petraf_follow` with the turn's id; the replica that runs it then sends each event, from the first, on
`petraf_events`. What is lost or too large for a notification (8,000 bytes) is read from the turn's row at its end.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import AsyncConnection

from server.turns.log import LiveTurn, Position
from state.conversation import Event
from state.records.database import Database, DatabaseUnavailable

log = logging.getLogger("petraf")

FOLLOW = "petraf_follow"
EVENTS = "petraf_events"
LARGEST = 7_900
RETRY_SECONDS = 1.0

Heard = asyncio.Queue[tuple[Position, Event]]


class Relay:
    """Listens for followers and for events of turns that are followed here."""

    def __init__(self, url: str, database: Database, running: Callable[[str], LiveTurn | None]) -> None:
        self._url = url
        self._database = database
        self._running = running
        self._waiting: dict[str, list[Heard]] = {}
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
            except psycopg.Error:
                log.warning("the event relay lost its connection; trying again")
                await asyncio.sleep(RETRY_SECONDS)

    @contextmanager
    def heard(self, turn: str) -> Iterator[Heard]:
        """A queue of what other replicas send of a turn, while the follower is there."""
        queue: Heard = asyncio.Queue()
        self._waiting.setdefault(turn, []).append(queue)
        try:
            yield queue
        finally:
            self._waiting[turn].remove(queue)
            if not self._waiting[turn]:
                del self._waiting[turn]

    async def announce(self, turn: str) -> None:
        """Ask whoever runs the turn for its events, from the first; raises DatabaseUnavailable."""
        await self._notify(FOLLOW, turn)

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
            task.add_done_callback(lambda done: self._sent(payload, done))

    def _sent(self, turn: str, task: asyncio.Task[None]) -> None:
        if self._sending.get(turn) is task:
            del self._sending[turn]

    async def _send(self, turn: str, live: LiveTurn) -> None:
        try:
            async for position, event in live.after(0):
                message = {"turn": turn, "attempt": position.attempt, "number": position.number, "event": event}
                payload = json.dumps(message, ensure_ascii=False)
                if len(payload.encode()) <= LARGEST:
                    await self._notify(EVENTS, payload)
        except DatabaseUnavailable:
            log.warning("a turn could not be sent to its followers elsewhere; they read it from its row")

    async def _notify(self, channel: str, payload: str) -> None:
        async with self._database.system() as tx:
            await tx.run("notify", channel=channel, payload=payload)

"""The one turn runner: whoever asks (chat route, LangServe, terminal), an accepted turn runs here, in a task of its own.

Losing the client changes nothing. A lease is renewed while the turn runs; the turn of a server that died is taken over.
Routes only follow: `follow` replays and continues from any replica.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any, Self, cast

from ulid import ULID

from graph.checkpoints import acting_tenant, run_config
from graph.conversation import Graph
from nodes.understanding.acts import goes_on_when_done
from server.http.errors import error_event
from server.turns.log import LiveTurn, Position, turn_key
from server.turns.notify import Relay
from server.work import lease
from state.conversation import Event, TurnInput
from state.errors import PetrafError
from state.identity import TenantId, Ticket, proven_tenant
from state.languages.choice import SOURCE, Language
from state.records.database import Database, DatabaseUnavailable
from state.records.rows import SessionRow, TurnRow
from state.records.sessions.sessions import language_of_session, thread_of
from state.records.turns.accept import TurnNotFound, TurnRequest, accept_turn
from state.records.turns.outcomes import TurnLost, fail_turn, lock_running, stop_turn
from state.records.turns.turn_rows import TurnRows

log = logging.getLogger("petraf")

MOST_ATTEMPTS = 3
LAST_WAIT_SECONDS = 20.0
"""How long a server that stops waits for the turns it runs."""
LAST_EVENTS = ("end", "error")
CLOSING = ("transition", "confirm", "end")
"""Events that tell what a turn has left behind."""
POLL_SECONDS = 1.0
"""How often a follower of another replica's turn looks whether it ended."""


class TurnGaveUp(PetrafError):
    """This turn was interrupted three times and is given up. What you wrote is kept: send it again."""

    code = "TURN_GAVE_UP"
    recoverable = True


class TurnBroke(PetrafError):
    """Something went wrong on our side while the coach worked. What you wrote is kept: send it again."""

    code = "INTERNAL"
    recoverable = True


class TurnStopped(PetrafError):
    """You stopped this turn. What you wrote is kept: send it again, or write something else."""

    code = "TURN_STOPPED"
    recoverable = True


class TurnRunner:
    """Accepts, runs, follows and stops turns."""

    def __init__(self, graph: Graph, database: Database, relay_url: str) -> None:
        self._graph = graph
        self._database = database
        self._owner = str(ULID())
        self._live: dict[str, LiveTurn] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._relay = Relay(relay_url, database, self._live.get)

    @classmethod
    @asynccontextmanager
    async def start(cls, graph: Graph, database: Database, relay_url: str) -> AsyncIterator[Self]:
        """A runner with its sweeper and relay; leaving waits for the turns in hand."""
        runner = cls(graph, database, relay_url)
        helpers = [asyncio.create_task(runner._sweep()), asyncio.create_task(runner._relay.listen())]
        try:
            yield runner
        finally:
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            if runner._tasks:
                _, unfinished = await asyncio.wait(runner._tasks, timeout=LAST_WAIT_SECONDS)
                for task in unfinished:
                    task.cancel()
                await asyncio.gather(*unfinished, return_exceptions=True)

    async def submit(self, tenant: TenantId, session: SessionRow, request: TurnRequest) -> Ticket:
        """Accept the turn and let it run, or find what the same turn id already is. Raises the errors of `accept_turn`."""
        if session.status == "completed" and request.step == "collect":
            request = replace(request, goes_on=await asyncio.to_thread(goes_on_when_done, request.message))
        async with self._database.tenant(tenant) as tx:
            accepted = await accept_turn(tx, session, request, self._owner)
        if accepted.fresh:
            self._run(accepted.ticket, request.given(), accepted.rows)
        return accepted.ticket

    async def follow(
        self,
        tenant: TenantId,
        session_id: str,
        turn_id: str,
        after: Position | None = None,
        language: Language = SOURCE,
    ) -> AsyncGenerator[tuple[Position, Event], None]:
        """Every event of a turn after a position, as they come, until it ends; an error event when it can't be read on."""
        at = after or Position()
        try:
            async with aclosing(self._events(tenant, session_id, turn_id, at)) as events:
                async for position, event in events:
                    at = position
                    yield position, event
        except PetrafError as error:
            yield at, error_event(error, language)

    async def _events(
        self, tenant: TenantId, session_id: str, turn_id: str, at: Position
    ) -> AsyncGenerator[tuple[Position, Event], None]:
        while True:
            source, ended = await self._source(tenant, session_id, turn_id, at)
            async with aclosing(source):
                async for position, event in source:
                    if position.attempt > at.attempt and position.attempt > 1:
                        yield Position(position.attempt, 0), _restart(turn_id, position.attempt)
                    at = position
                    yield position, event
                    if event["event"] in LAST_EVENTS:
                        return
            if ended:
                return

    async def exists(self, tenant: TenantId, session_id: str, turn_id: str) -> None:
        """Raise TurnNotFound unless the session has this turn."""
        await self._row(tenant, session_id, turn_id)

    async def stop(self, tenant: TenantId, session_id: str, turn_id: str) -> None:
        """End a running turn with TurnStopped, wherever it runs; one that is over stays as it is. Raises TurnNotFound."""
        await self._row(tenant, session_id, turn_id)
        key = turn_key(session_id, turn_id)
        live = self._live.get(key, LiveTurn(0))
        async with self._database.tenant(tenant) as tx:
            if not await lock_running(tx, session_id, turn_id):
                return
            live.add(error_event(TurnStopped(), await language_of_session(tx, session_id)))
            live.close()
            await stop_turn(tx, session_id, turn_id, live.events)
        stopped = [task for task in self._tasks if task.get_name() == key]
        for task in stopped:
            task.cancel()
        if stopped:
            await asyncio.wait(stopped)  # what its graph still writes must not come after the next turn's beginning

    async def _source(
        self, tenant: TenantId, session_id: str, turn_id: str, at: Position
    ) -> tuple[AsyncGenerator[tuple[Position, Event], None], bool]:
        live = self._live.get(turn_key(session_id, turn_id))
        if live is not None:
            return live.after(at.number if at.attempt == live.attempt else 0), False
        row = await self._row(tenant, session_id, turn_id)
        if row.status == "running":
            return self._elsewhere(tenant, row, at), False
        return _stored(row, at), True

    async def _elsewhere(
        self, tenant: TenantId, row: TurnRow, at: Position
    ) -> AsyncGenerator[tuple[Position, Event], None]:
        """What the replica that runs the turn sends, until it ends there or comes here; the row has what was missed."""
        key, heard = turn_key(row.session_id, row.id), 0
        with self._relay.heard(key) as queue:
            await self._relay.announce(key)
            while key not in self._live:
                try:
                    position, event = await asyncio.wait_for(queue.get(), POLL_SECONDS)
                except TimeoutError:
                    row = await self._row(tenant, row.session_id, row.id)
                    if row.status != "running":
                        return
                    if row.attempt != heard:  # begun there since, or nobody listened when this was announced
                        await self._relay.announce(key)
                    continue
                heard = position.attempt
                if position == Position(at.attempt, at.number + 1) or _begins(position, at):
                    at = position
                    yield position, event

    async def _row(self, tenant: TenantId, session_id: str, turn_id: str) -> TurnRow:
        async with self._database.tenant(tenant) as tx:
            row = await tx.first(TurnRow, "turn", session_id=session_id, id=turn_id)
        if row is None:
            raise TurnNotFound
        return row

    def _run(self, ticket: Ticket, given: TurnInput, rows: TurnRows | None = None) -> None:
        live = LiveTurn(ticket["attempt"])
        key = turn_key(ticket["session_id"], ticket["turn_id"])
        self._live[key] = live
        task = asyncio.create_task(self._turn(ticket, given, rows, live), name=key)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _turn(self, ticket: Ticket, given: TurnInput, rows: TurnRows | None, live: LiveTurn) -> None:
        work = asyncio.create_task(self._work(ticket, given, rows, live))
        heart = asyncio.create_task(lease.keep(self._database, ticket, work))
        try:
            await asyncio.wait({work})
        finally:
            heart.cancel()
            work.cancel()
            key = turn_key(ticket["session_id"], ticket["turn_id"])
            if self._live.get(key) is live:
                del self._live[key]
            live.close()
            await asyncio.wait({work})

    async def _work(self, ticket: Ticket, given: TurnInput, rows: TurnRows | None, live: LiveTurn) -> None:
        """Run the graph. Holds the only catch-all: whatever breaks, the turn ends with an error event."""
        try:
            if ticket["attempt"] > MOST_ATTEMPTS:
                raise TurnGaveUp
            await self._graph_events(ticket, given, rows, live)
        except TurnLost:
            log.warning("turn %s was taken over by another server, or erased", ticket["turn_id"])
        except PetrafError as error:
            await self._fail(ticket, live, error)
        except Exception as error:
            log.error("turn %s broke: %s", ticket["turn_id"], type(error).__name__, exc_info=_traceless(error))
            await self._fail(ticket, live, TurnBroke())

    async def _graph_events(self, ticket: Ticket, given: TurnInput, rows: TurnRows | None, live: LiveTurn) -> None:
        """Run the graph; what tells of the turn's end is told once it is written, so that no next turn can overtake that."""
        tenant = proven_tenant(ticket["tenant_id"])
        acting_tenant.set(tenant)
        config = run_config(thread_of(tenant, ticket["session_id"]), ticket=ticket, rows=rows)
        last: list[Event] = []
        async for event in self._graph.astream(given, config, stream_mode="custom", durability="exit"):
            said = cast("Event", event)
            if said["event"] in CLOSING:
                last.append(said)
            else:
                live.add(said)
        for said in last:
            live.add(said)

    async def _fail(self, ticket: Ticket, live: LiveTurn, error: PetrafError) -> None:
        event = error_event(error)
        try:
            async with self._database.tenant(proven_tenant(ticket["tenant_id"])) as tx:
                event = error_event(error, await language_of_session(tx, ticket["session_id"]))
                await fail_turn(tx, ticket, [*live.events, event])
        except DatabaseUnavailable:
            log.warning("turn %s could not be closed; its lease runs out and it is run again", ticket["turn_id"])
        except TurnLost:
            log.warning("turn %s ended before or was taken over; its row tells how", ticket["turn_id"])
            return
        live.add(event)

    async def _sweep(self) -> None:
        async for orphan in lease.orphans(self._database, self._owner):
            self._run(orphan.ticket(), TurnInput(**orphan.input))  # type: ignore[typeddict-item]


async def _stored(row: TurnRow, at: Position) -> AsyncGenerator[tuple[Position, Event], None]:
    start = at.number if at.attempt == row.attempt else 0
    if start > len(row.events) or len(row.events) == 1:
        start = len(row.events) - 1  # a server that hadn't the others stopped it: how it ended is news
    for number, event in enumerate(row.events[start:], start + 1):
        yield Position(row.attempt, number), Event(event=event["event"], data=event["data"])


def _begins(position: Position, at: Position) -> bool:
    return position.number == 1 and position.attempt > at.attempt


def _restart(turn_id: str, attempt: int) -> Event:
    return Event(event="restart", data={"turn_id": turn_id, "attempt": attempt})


def _traceless(error: Exception) -> Any:
    """The place where it broke without the error's text, which may hold what an employee wrote."""
    return RuntimeError, RuntimeError(type(error).__name__), error.__traceback__

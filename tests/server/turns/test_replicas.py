"""Two server processes on one Postgres: followed from the other, taken over by the other, one turn at a time."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest

from server.settings import Settings
from server.turns.notify import Relay
from tests.ports import free_port
from tests.server.client import Company, Employee, Events, completed, lines, one, up
from tests.server.conftest import Named, on, served
from tests.server.journeys import TAKEN_OVER_WITHIN, count, hear, running, spoken
from tests.server.test_journey import FUTURE, SARAH

FOREVER, AT_ONCE = "3600", "0"
Two = tuple[Company, Company, asyncio.subprocess.Process]


@asynccontextmanager
async def replica(url: str, pace: str, company: Named) -> AsyncIterator[tuple[Company, Any]]:
    """A running server process and the company on it."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.server.replica", url, str(port), pace)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
            await up(http, process)
            yield Company(http, str(company[0].id), company[1]), process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def two_replicas(url: str, paces: tuple[str, str], company: Named) -> AsyncIterator[Two]:
    """Two servers, started at the same time, and the first one's process."""
    async with AsyncExitStack() as stack:
        (one_, process), (other, _) = await asyncio.gather(
            *(stack.enter_async_context(replica(url, pace, company)) for pace in paces)
        )
        yield one_, other, process


async def begin(sarah: Employee, message: str = FUTURE[0]) -> asyncio.Task[httpx.Response]:
    """Sarah's first turn, accepted and running."""
    task = asyncio.create_task(sarah.try_say("g4_future", message, turn_id="one"))
    await running(sarah, "one")
    return task


def elsewhere(sarah: Employee, other: Company) -> Employee:
    return Employee(other, sarah.session_id, sarah.token)


async def test_a_turn_is_followed_and_locked_from_the_other_replica(
    let_go: asyncio.Event, acme: Company, settings: Settings, database_url: str, company: Named
) -> None:
    async with served(settings, database_url) as address, on(address, company) as other:
        sarah = await acme.employee(**SARAH)
        there = elsewhere(sarah, other)
        turn = await begin(sarah)
        refused = await there.try_say("g4_future", FUTURE[1], turn_id="two")
        assert (refused.status_code, refused.json()["detail"]["error"]) == (409, "TURN_IN_PROGRESS")
        url = f"/api/session/{sarah.session_id}/turns/one/stream"
        events = []
        async with other.http.stream("GET", url, headers=there.headers) as response:
            async for _, name, data in lines(response):
                events.append((name, data))
                if name == "message":
                    let_go.set()
        assert events == await sarah.replay("one") == await there.replay("one")
        assert spoken(events) == completed(events, "collect")["full_response"]
        await turn


async def test_a_turn_is_followed_though_nobody_listened_when_the_follower_came(
    monkeypatch: pytest.MonkeyPatch,
    let_go: asyncio.Event,
    acme: Company,
    settings: Settings,
    database_url: str,
    company: Named,
) -> None:
    announce, lost = Relay.announce, iter([True])

    async def announce_again(relay: Relay, turn: str) -> None:
        if not next(lost, False):
            await announce(relay, turn)

    monkeypatch.setattr(Relay, "announce", announce_again)
    async with served(settings, database_url) as address, on(address, company) as other:
        sarah = await acme.employee(**SARAH)
        turn = await begin(sarah)
        await hear(elsewhere(sarah, other), "one")
        let_go.set()
        await turn


async def test_a_killed_servers_turn_is_taken_over_and_its_goal_saved_once(database_url: str, company: Named) -> None:
    async with two_replicas(database_url, (FOREVER, AT_ONCE), company) as (first, other, process):
        sarah = await first.employee(**SARAH)
        there = elsewhere(sarah, other)
        turn = await begin(sarah, " ".join(FUTURE))
        url = f"/api/session/{sarah.session_id}/turns/one/stream"
        events: Events = []
        async with (
            asyncio.timeout(TAKEN_OVER_WITHIN),
            other.http.stream("GET", url, headers=there.headers) as response,
        ):
            async for _, name, data in lines(response):
                events.append((name, data))
                if name == "message" and process.returncode is None:
                    process.kill()
                    await process.wait()
        await asyncio.gather(turn, return_exceptions=True)
        names = [name for name, _ in events]
        assert "message" in names[: names.index("restart")]
        assert one(events, "restart") == {"turn_id": "one", "attempt": 2}
        after = events[names.index("restart") + 1 :]
        assert after[-1] == ("end", {"turn_id": "one", "status": "done"})
        assert spoken(after) == completed(after, "collect")["full_response"]
        assert await there.replay("one") == events[names.index("restart") :]
        assert one(after, "score")["goal_id"]
        for role in ("user", "assistant"):
            assert await count(database_url, "messages", sarah.session_id, f"role = '{role}'") == 1
        assert await count(database_url, "goals", sarah.session_id) == 1
        assert await count(database_url, "audit_logs", sarah.session_id, "action = 'goal.scored'") == 1


async def test_a_turn_is_stopped_from_the_other_replica(database_url: str, company: Named) -> None:
    async with two_replicas(database_url, (FOREVER, AT_ONCE), company) as (first, second, _):
        sarah = await first.employee(**SARAH)
        turn = await begin(sarah)
        there = elsewhere(sarah, second)
        path = f"/api/session/{sarah.session_id}/turns/one"
        assert (await second.http.delete(path, headers=there.headers)).status_code == 200
        assert (await there.replay("one"))[-1][1]["error"]["code"] == "TURN_STOPPED"
        assert "TURN_STOPPED" in (await turn).text
        heard_one = await sarah.replay("one", after="1-1")
        assert heard_one[-1][1]["error"]["code"] == "TURN_STOPPED"
        assert (await there.say("g4_future", FUTURE[1]))[-1][0] == "end"

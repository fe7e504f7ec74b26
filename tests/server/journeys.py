"""Steps that several test files take: a company with its settings changed, an employee brought to a phase, rows counted."""

import asyncio
from typing import Any

from psycopg import AsyncConnection

from server.demo import DEMO_DOCUMENTS
from state.records.turns.accept import LEASE_SECONDS
from tests.server.client import Company, Employee, Events, lines
from tests.server.test_journey import ACTIONS, FUTURE, SARAH, VALUES

TURNS = (("g4_future", FUTURE[0]), ("g4_future", FUTURE[1]), ("g6_values", VALUES), ("g8_actions", ACTIONS))
"""Sarah's messages with the phase of each."""
TAKEN_OVER_WITHIN = LEASE_SECONDS + 20
"""Seconds that DECISIONS allows until a dead server's turn runs again."""


async def configure(company: Company, **changes: Any) -> None:
    """Change the tenant's configuration."""
    path = f"/api/admin/config/{company.tenant_id}"
    read = (await company.http.get(path, headers=company.admin_headers)).json()
    read.pop("version")
    answer = await company.http.put(path, headers=company.admin_headers, json={**read, **changes})
    assert answer.status_code == 200, answer.text


async def lenient(company: Company, **changes: Any) -> None:
    """A threshold that Sarah reaches without any company documents."""
    await configure(company, threshold=5, **changes)


async def upload_demo(company: Company) -> None:
    """The demo company's four documents."""
    for demo in DEMO_DOCUMENTS:
        answer = await company.upload(demo.path, demo.category, dict(demo.metadata))
        assert answer.status_code == 200, answer.text


async def sarah_after(company: Company, turns: int) -> Employee:
    """Sarah after so many of her four turns."""
    sarah = await company.employee(**SARAH)
    for phase, message in TURNS[:turns]:
        events = await sarah.say(phase, message)
        assert events[-1][0] == "end", events[-1]
    return sarah


async def count(url: str, table: str, session_id: str, where: str = "true") -> int:
    """Rows of a session, as the database's owner sees them."""
    column = "thread_id" if table == "checkpoints" else "session_id"
    async with await AsyncConnection.connect(url) as connection:
        cursor = await connection.execute(
            f"select count(*) from {table} where {column} like %s and {where}",  # noqa: S608
            (f"%{session_id}",),
        )
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


def spoken(events: Events, step: str = "collect") -> str:
    """The text of a step, put together from its message events."""
    return "".join(data["content"] for name, data in events if name == "message" and data["step"] == step)


def code_of(events: Events) -> str:
    """The code of the error a stream ended with."""
    name, data = events[-1]
    assert name == "error", events[-1]
    return str(data["error"]["code"])


async def nothing_kept(url: str, session_id: str) -> None:
    """Wait until no checkpoint of a session is left; the server erases them after it answered."""
    while await count(url, "checkpoints", session_id):  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def running(sarah: Employee, turn_id: str) -> None:
    """Wait until the turn was accepted and runs."""
    while (await sarah.get())["running_turn_id"] != turn_id:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def hear(sarah: Employee, turn_id: str) -> None:
    """Follow a turn until the coach says something."""
    path = f"/api/session/{sarah.session_id}/turns/{turn_id}/stream"
    async with sarah.company.http.stream("GET", path, headers=sarah.headers) as response:
        async for _, name, _ in lines(response):
            if name == "message":
                return

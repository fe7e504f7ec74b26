"""What a server does beside its requests."""

import asyncio

from psycopg import AsyncConnection

from server.housekeeping import housekeeping
from state.records.database import Database
from tests.server.client import Company
from tests.server.conftest import SECRET
from tests.server.journeys import count

HOURS_OVER = {"long ago": 25, "just now": 23, "alive": -1}


async def test_a_session_is_erased_a_day_after_its_time_is_over(
    acme: Company, database: Database, database_url: str
) -> None:
    sessions = {}
    for name, hours in HOURS_OVER.items():
        employee = await acme.employee(name="Sarah")
        await employee.say("g4_future", "I want to lead a team.")
        sessions[name] = employee.session_id
        async with await AsyncConnection.connect(database_url) as owner:
            update = "update sessions set expires_at = now() - make_interval(hours => %s) where id = %s"
            await owner.execute(update, (hours, employee.session_id))

    async def kept() -> list[str]:
        return [name for name, session in sessions.items() if await count(database_url, "messages", session)]

    assert await kept() == list(sessions)
    async with await AsyncConnection.connect(database_url) as owner:
        orphan = (
            "insert into checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint) values (%s, '', '1', '{}')"
        )
        await owner.execute(orphan, (f"{acme.tenant_id}:a-session-erased-under-its-turn",))
    async with housekeeping(database, database_url, SECRET), asyncio.timeout(20):
        while "long ago" in await kept():  # noqa: ASYNC110 (another task erases it)
            await asyncio.sleep(0.05)
    assert await kept() == ["just now", "alive"]
    assert await count(database_url, "checkpoints", "a-session-erased-under-its-turn") == 0
    assert await count(database_url, "checkpoints", sessions["alive"]) == 1

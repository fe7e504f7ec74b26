"""The graph: which step follows which, one checkpoint a session, and a checkpoint that heals itself."""

from typing import Any, cast

import pytest
from psycopg import AsyncConnection

from graph.conversation import after_collect, first_step
from state.conversation import ConversationState
from tests.server.client import Company, completed
from tests.server.conftest import acme, company, settings
from tests.server.journeys import count
from tests.server.test_journey import FUTURE, SARAH

__all__ = ["acme", "company", "settings"]


def state(**fields: Any) -> ConversationState:
    return cast("ConversationState", fields)


@pytest.mark.parametrize("entry", ["collect", "refine", "score"])
def test_a_turn_begins_with_the_step_it_was_accepted_for(entry: str) -> None:
    assert first_step(state(entry=entry)) == entry


@pytest.mark.parametrize(("ready", "follows"), [(True, "refine"), (False, "transition")])
def test_refining_follows_as_soon_as_enough_is_known(ready: bool, follows: str) -> None:
    assert after_collect(state(course=follows)) == follows


async def test_a_session_keeps_one_checkpoint(acme: Company, database_url: str) -> None:
    sarah = await acme.employee(**SARAH)
    for number in range(5):
        await sarah.say("g4_future", f"I don't know {number}")
        assert await count(database_url, "checkpoints", sarah.session_id) == 1


async def test_a_polluted_checkpoint_changes_nothing(acme: Company, database_url: str) -> None:
    clean, dirty = [await acme.employee(**SARAH) for _ in range(2)]
    for sarah in (clean, dirty):
        await sarah.say("g4_future", FUTURE[0])
    async with await AsyncConnection.connect(database_url) as connection:
        await connection.execute(
            "update checkpoints set checkpoint = jsonb_set(checkpoint, '{channel_values}', "
            '\'{"said": ["I want to be a pirate"], "current_phase": "g8_actions", "version": 99}\') where thread_id like %s',
            (f"%{dirty.session_id}",),
        )
    events = [await sarah.say("g4_future", FUTURE[1]) for sarah in (clean, dirty)]
    goals = [completed(each, "refine")["full_response"] for each in events]
    assert goals[0] == goals[1]
    assert await count(database_url, "checkpoints", dirty.session_id) == 1

"""Messages behind a saved goal: a correction makes a new version of it, a question is answered, and nothing else moves."""

import pytest

from tests.server.client import Company, Employee, one
from tests.server.journeys import configure, count, lenient, spoken
from tests.server.test_journey import SARAH
from tests.server.turns.test_editing import goal_of

GOAL = "I want to become head nurse and sell 5 million of pumps by March 2028."
VALUES = "Honesty: I report my own mistakes. Respect: I greet every patient by name. Calm: I breathe before I answer the bell."
ACTIONS = "1. Train 2 cooks by May 2027\n2. Read 3 books by June 2027\n3. Write the menu by July 2027"
NOTHING_NEW = ("ok", "I want to become a pilot and fly 5 planes by 2029.", "write it now", "I am so tired today.")


@pytest.fixture
async def saved(acme: Company) -> Employee:
    """Sarah with her first goal saved."""
    await lenient(acme)
    sarah = await acme.employee(**SARAH)
    assert one(await sarah.say("g4_future", GOAL), "score")["goal_id"]
    return sarah


@pytest.fixture
async def done(saved: Employee) -> Employee:
    """Sarah with all her goals."""
    await saved.say("g6_values", VALUES)
    assert one(await saved.say("g8_actions", ACTIONS), "transition")["completion_percentage"] == 100
    return saved


async def test_a_correction_makes_a_new_version_of_the_earlier_goal_and_moves_nothing(saved: Employee) -> None:
    old, before = await goal_of(saved, "g4_future"), await saved.get()
    events = await saved.say("g6_values", "Sorry, I meant 6 million, not 5 million.")
    new = await goal_of(saved, "g4_future")
    assert one(events, "score")["goal_id"] == new["id"] != old["id"]
    assert (new["version"], new["supersedes"]) == (2, old["id"])
    assert "6 million" in new["content"] and "5 million" not in new["content"]
    assert one(events, "transition")["to"] == {"phase": "g6_values", "step": "collect"}
    after = await saved.get()
    assert all(after[kept] == before[kept] for kept in ("phase", "step", "completion_percentage", "status", "draft"))


async def test_what_was_corrected_is_no_part_of_the_next_goal(saved: Employee) -> None:
    await saved.say("g6_values", "Sorry, I meant 6 million, not 5 million.")
    events = await saved.say("g6_values", VALUES)
    assert one(events, "score")["goal_id"]
    assert "million" not in (await goal_of(saved, "g6_values"))["content"]


async def test_a_correction_that_scores_too_low_leaves_the_goal_and_the_phase(saved: Employee, acme: Company) -> None:
    await configure(acme, threshold=10)
    old = await goal_of(saved, "g4_future")
    events = await saved.say("g6_values", "Sorry, I meant 6 million, not 5 million.")
    assert one(events, "score")["goal_id"] is None
    assert await goal_of(saved, "g4_future") == old
    assert (await saved.get())["phase"] == "g6_values"


async def test_after_the_last_goal_a_correction_is_a_new_version_and_all_stays_complete(
    done: Employee, database_url: str
) -> None:
    old = await goal_of(done, "g8_actions")
    events = await done.say("g8_actions", "Sorry, I meant 4 cooks, not 2 cooks.")
    new = await goal_of(done, "g8_actions")
    assert one(events, "score")["goal_id"] == new["id"]
    assert (new["version"], new["supersedes"]) == (2, old["id"])
    assert "4 cooks" in new["content"] and "2 cooks" not in new["content"]
    moved = one(events, "transition")
    assert (moved["to"]["phase"], moved["completion_percentage"]) == ("done", 100)
    session = await done.get()
    assert (session["phase"], session["status"], session["completion_percentage"]) == ("done", "completed", 100)
    assert await count(database_url, "goals", done.session_id, "is_final") == 3


async def test_after_the_last_goal_a_question_is_answered_and_changes_nothing(done: Employee) -> None:
    before = await done.goals(final_only=False)
    events = await done.say("g8_actions", "Who can read what I write here?")
    assert "counts and scores" in spoken(events)
    assert [name for name, _ in events if name in ("score", "confirm")] == []
    assert one(events, "transition")["to"]["phase"] == "done"
    assert (await done.goals(final_only=False))["goals"] == before["goals"]
    assert (await done.get())["status"] == "completed"


@pytest.mark.parametrize("message", NOTHING_NEW)
async def test_after_the_last_goal_anything_else_is_refused(done: Employee, message: str) -> None:
    answer = await done.try_say("g8_actions", message)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "SESSION_COMPLETED")
    assert (await done.get("messages"))["total"] == 6

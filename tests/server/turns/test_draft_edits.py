"""Draft edits over HTTP: what is typed at the pause is done to the text, and only a plain yes saves it."""

from collections.abc import AsyncIterator

import pytest

from tests.server.client import Company, Employee, one
from tests.server.journeys import lenient, sarah_after

GOAL = "I want to run my own flower stall by spring 2028 and teach 3 apprentices a year to bind wreaths"


@pytest.fixture
async def waiting(acme: Company) -> AsyncIterator[Employee]:
    """Sarah, whose first goal waits for her word."""
    await lenient(acme, ui_flags_json={"confirm_refined_goal": True})
    sarah = await sarah_after(acme, 1)
    await sarah.say("g4_future", GOAL)
    yield sarah


async def test_an_edit_is_shown_and_asked_about_again(waiting: Employee) -> None:
    events = await waiting.say("g4_future", "'four', not '3'")
    assert "teach four apprentices a year" in one(events, "confirm")["content"]
    assert not [name for name, _ in events if name == "score"]


async def test_an_edit_with_a_yes_is_saved_as_edited(waiting: Employee) -> None:
    events = await waiting.say("g4_future", "take out 'by spring 2028' and save it")
    assert one(events, "score")["goal_id"]
    assert not [name for name, _ in events if name == "confirm"]
    drafts = [data["full_response"] for name, data in events if name == "complete" and data["step"] == "refine"]
    assert drafts and "spring" not in drafts[0]


async def test_starting_over_saves_nothing_and_asks_anew(waiting: Employee) -> None:
    events = await waiting.say("g4_future", "Oh no. Start over!")
    assert not [name for name, _ in events if name in ("score", "confirm")]
    session = await waiting.get()
    assert (session["draft"], session["awaiting_confirmation"]) == (None, False)


async def test_what_is_not_in_the_draft_is_named_in_other_words_each_time(waiting: Employee) -> None:
    replies = []
    for _ in range(3):
        events = await waiting.say("g4_future", "remove 'pineapple'")
        replies.append(next(data["full_response"] for name, data in events if name == "complete"))
        assert one(events, "end")["status"] == "awaiting_confirmation"
    assert all("pineapple" in reply for reply in replies)
    assert len(set(replies)) == len(replies)

"""Confirming: with the tenant's flag, a refined goal waits for the employee's word."""

from collections.abc import AsyncIterator

import httpx
import pytest

from graph.checkpoints import TenantSaver, acting_tenant, run_config
from graph.conversation import build_graph
from graph.tools import build_tools
from nodes.rules.coach import RuleCoach
from server.settings import Settings
from state.identity import proven_tenant
from state.records.database import Database
from state.records.rows import TenantRow
from state.records.sessions.sessions import thread_of
from tests.server.client import Company, Employee, one
from tests.server.conftest import served
from tests.server.journeys import count, lenient, sarah_after, spoken
from tests.server.test_journey import FUTURE, SARAH
from tests.server.turns.test_editing import BETTER


@pytest.fixture
async def waiting(acme: Company) -> AsyncIterator[Employee]:
    """Sarah, whose first goal waits for her word."""
    await lenient(acme, ui_flags_json={"confirm_refined_goal": True})
    sarah = await sarah_after(acme, 1)
    events = await sarah.say("g4_future", FUTURE[1], turn_id="asked")
    assert events[-1] == ("end", {"turn_id": "asked", "status": "awaiting_confirmation"})
    assert events[-2][0] == "confirm"
    assert not [name for name, _ in events if name in ("score", "transition")]
    yield sarah


async def test_the_pause_says_what_it_asks_about_and_scores_nothing(waiting: Employee, database_url: str) -> None:
    asked = one(await waiting.replay("asked"), "confirm")
    assert "senior engineer" in asked["content"]
    session = await waiting.get()
    assert (session["awaiting_confirmation"], session["step"]) == (True, "refine")
    assert session["draft"]["text"] == asked["content"]
    assert await count(database_url, "goals", waiting.session_id) == 0


async def test_the_graph_waits_at_an_interrupt(
    waiting: Employee, database: Database, company: tuple[TenantRow, str]
) -> None:
    tenant = proven_tenant(company[0].id)
    acting_tenant.set(tenant)
    tools = build_tools(database, None, lambda _: RuleCoach())  # type: ignore[arg-type]
    graph = build_graph(tools, TenantSaver(database))
    state = await graph.aget_state(run_config(thread_of(tenant, waiting.session_id)))
    assert state.next == ("confirm",)
    assert state.interrupts[0].value["content"] == one(await waiting.replay("asked"), "confirm")["content"]


async def test_a_confirmed_goal_is_scored_as_it_stood(waiting: Employee) -> None:
    asked = one(await waiting.replay("asked"), "confirm")["content"]
    events = await waiting.say("g4_future", "", step="refine", confirm=True)
    assert one(events, "score")["goal_id"]
    assert one(events, "transition")["to"]["phase"] == "g6_values"
    assert [goal["content"] for goal in (await waiting.goals())["goals"]] == [asked]


async def test_an_edited_text_is_scored_instead(waiting: Employee) -> None:
    events = await waiting.say("g4_future", BETTER, step="refine")
    assert one(events, "score")["goal_id"]
    assert "principal engineer" in (await waiting.goals())["goals"][0]["content"]


async def test_a_new_message_starts_afresh(waiting: Employee) -> None:
    events = await waiting.say("g4_future", "I also want to speak at one conference a year.")
    assert one(events, "end")["status"] == "awaiting_confirmation"
    assert (await waiting.say("g4_future", "", step="refine", confirm=True))[-1][1]["status"] == "done"


async def test_confirming_twice_is_refused(waiting: Employee) -> None:
    await waiting.say("g4_future", "", step="refine", confirm=True)
    answer = await waiting.try_say("g4_future", "", step="refine", confirm=True)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "NOTHING_TO_CONFIRM")


async def test_nothing_waits_before_a_goal_was_refined(acme: Company) -> None:
    await lenient(acme, ui_flags_json={"confirm_refined_goal": True})
    sarah = await acme.employee(**SARAH)
    answer = await sarah.try_say("g4_future", "", step="refine", confirm=True)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "NOTHING_TO_CONFIRM")


async def test_an_earlier_goal_that_is_refined_again_needs_no_word(waiting: Employee) -> None:
    await waiting.say("g4_future", "", step="refine", confirm=True)
    events = await waiting.say("g4_future", "", step="refine")
    assert one(events, "end")["status"] == "done"


async def test_a_waiting_goal_outlives_the_server(waiting: Employee, settings: Settings, database_url: str) -> None:
    async with served(settings, database_url) as address, httpx.AsyncClient(base_url=address, timeout=60) as http:
        waiting.company.http = http
        assert one(await waiting.say("g4_future", "", step="refine", confirm=True), "score")["goal_id"]


@pytest.mark.parametrize("word", ["yes", "Yes, that is right.", "yep, save it"])
async def test_a_typed_yes_is_taken_like_the_button(waiting: Employee, word: str) -> None:
    asked = one(await waiting.replay("asked"), "confirm")["content"]
    events = await waiting.say("g4_future", word)
    assert one(events, "score")["goal_id"]
    assert one(events, "transition")["to"]["phase"] == "g6_values"
    assert [goal["content"] for goal in (await waiting.goals())["goals"]] == [asked]


async def test_a_typed_no_saves_nothing_and_asks_what_should_be_different(waiting: Employee, database_url: str) -> None:
    events = await waiting.say("g4_future", "no")
    assert "What should be different?" in spoken(events)
    assert (one(events, "end")["status"], "score" in dict(events)) == ("awaiting_confirmation", False)
    assert await count(database_url, "goals", waiting.session_id) == 0
    assert (await waiting.get())["awaiting_confirmation"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What does measurable mean?", "Measurable means"),
        ("Who can read what I write here?", "counts and scores"),
        ("How many days of leave do I have?", "HR or your manager can tell you"),
    ],
)
async def test_a_side_question_is_answered_and_the_same_draft_asked_about_again(
    waiting: Employee, question: str, answer: str
) -> None:
    asked = one(await waiting.replay("asked"), "confirm")
    events = await waiting.say("g4_future", question, turn_id="aside")
    assert answer in spoken(events)
    assert spoken(events).rstrip().endswith("tell me what to change.")
    assert one(events, "confirm") == asked
    assert events[-1] == ("end", {"turn_id": "aside", "status": "awaiting_confirmation"})
    assert [name for name, _ in events if name in ("score", "transition")] == []
    assert one(await waiting.say("g4_future", "yes"), "score")["goal_id"]
    assert [goal["content"] for goal in (await waiting.goals())["goals"]] == [asked["content"]]


async def test_a_correction_at_the_pause_changes_the_draft_and_nothing_else(waiting: Employee) -> None:
    asked = one(await waiting.replay("asked"), "confirm")["content"]
    events = await waiting.say("g4_future", "Sorry, I meant 6 developers, not 3-4 developers.")
    changed = one(events, "confirm")["content"]
    assert "6 developers" in changed and "3-4" not in changed
    assert changed.replace("6 developers", "3-4 developers") == asked
    assert "sorry" not in changed.lower() and "meant" not in changed
    assert one(await waiting.say("g4_future", "yes"), "score")["goal_id"]
    assert (await waiting.goals())["goals"][0]["content"] == changed

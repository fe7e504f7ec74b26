"""Editing: a goal is refined again, in the current phase, for an earlier one and after completion."""

import json
from typing import Any

import pytest
from psycopg import AsyncConnection

from tests.server.client import Company, Employee, completed, one
from tests.server.journeys import count, lenient, sarah_after
from tests.server.test_journey import FUTURE, SARAH

BETTER = (
    "Within 24 months, become a principal engineer who leads a team of 6 developers on the payment platform and mentors "
    "3 juniors to promotion."
)


def by_id(goals: Any) -> dict[str, Any]:
    return {goal["id"]: goal for goal in goals["goals"]}


async def goal_of(sarah: Employee, phase: str) -> Any:
    return next(goal for goal in (await sarah.goals())["goals"] if goal["phase"] == phase)


@pytest.mark.parametrize("turns", [2, 4])
async def test_an_edit_of_an_earlier_goal_is_a_new_version(acme: Company, turns: int) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, turns)
    old, before = await goal_of(sarah, "g4_future"), await sarah.get()
    events = await sarah.say("g4_future", BETTER, step="refine")
    new = await goal_of(sarah, "g4_future")
    assert new["id"] == one(events, "score")["goal_id"] != old["id"]
    assert (new["version"], new["supersedes"], "principal engineer" in new["content"]) == (2, old["id"], True)
    assert not by_id(await sarah.goals(final_only=False))[old["id"]]["is_final"]
    after = await sarah.get()
    for kept in ("phase", "step", "completion_percentage", "status"):
        assert after[kept] == before[kept]


async def test_links_are_made_again_for_the_new_version(acme: Company, database_url: str) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 4)
    await sarah.say("g4_future", BETTER, step="refine")
    future = await goal_of(sarah, "g4_future")
    links = (await goal_of(sarah, "g8_actions"))["links"]
    assert {link["link_type"] for link in links} == {"contributes_to", "aligns_with"}
    assert future["id"] in {link["parent_goal_id"] for link in links}
    goals = "goal_id in (select id from goals where session_id = t.session_id)"
    assert await count(database_url, "goals t, goal_links l", sarah.session_id, f"l.goal_id = t.id and l.{goals}") == 2


async def test_an_edit_below_the_threshold_leaves_the_goal(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 4)
    old = await goal_of(sarah, "g4_future")
    score = one(await sarah.say("g4_future", "be better at my job", step="refine"), "score")
    assert (score["meets_threshold"], score["goal_id"]) == (False, None)
    assert await goal_of(sarah, "g4_future") == old


async def test_refining_the_current_phase_sets_its_goal(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 1)
    events = await sarah.say("g4_future", BETTER, step="refine")
    assert one(events, "transition")["to"] == {"phase": "g6_values", "step": "collect"}
    assert (await goal_of(sarah, "g4_future"))["version"] == 1


async def test_refining_without_text_uses_what_was_said(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 2)
    events = await sarah.say("g4_future", "", step="refine")
    assert one(events, "score")["goal_id"]
    assert "senior engineer" in (await goal_of(sarah, "g4_future"))["content"]


async def propose(url: str, goal: Any, text: str) -> None:
    """Mark a phrase of a goal as a proposal, as the language model's coach would."""
    start = goal["content"].index(text)
    proposal = {"id": "p1", "text": text, "start": start, "end": start + len(text), "reason": "nobody said it"}
    async with await AsyncConnection.connect(url) as connection:
        await connection.execute("update goals set proposals = %s where id = %s", (json.dumps([proposal]), goal["id"]))


async def test_a_struck_proposal_is_gone_from_the_next_version(acme: Company, database_url: str) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 2)
    await propose(database_url, await goal_of(sarah, "g4_future"), "microservices architecture")
    events = await sarah.say("g4_future", "", step="refine", strike=["p1"])
    assert one(events, "score")["goal_id"]
    new = await goal_of(sarah, "g4_future")
    assert new["version"] == 2
    assert "microservices" not in new["content"]
    assert "distributed systems" in new["content"]
    assert new["proposals"] == []


async def test_an_unknown_proposal_is_refused(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 2)
    answer = await sarah.try_say("g4_future", "", step="refine", strike=["p9"])
    assert (answer.status_code, answer.json()["detail"]["error"]) == (422, "UNKNOWN_PROPOSAL")


async def test_refining_needs_something_said(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    answer = await sarah.try_say("g4_future", "", step="refine")
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "NOTHING_TO_REFINE")


@pytest.mark.parametrize("step", ["score", "transition", "nonsense"])
async def test_a_client_may_name_collect_and_refine_only(acme: Company, step: str) -> None:
    sarah = await acme.employee(**SARAH)
    assert (await sarah.try_say("g4_future", "x", step=step)).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"message": ""},
        {"message": "x" * 10_001},
        {"message": "a\x00"},
        {"message": "x", "extra": 1},
        {"message": "x", "strike": ["p1"]},
    ],
)
async def test_a_body_that_does_not_fit_is_refused(acme: Company, body: dict[str, Any]) -> None:
    sarah = await acme.employee(**SARAH)
    answer = await sarah.try_say("g4_future", **body)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (422, "INVALID_BODY")


@pytest.mark.parametrize(("phase", "step"), [("g6_values", "collect"), ("g8_actions", "refine")])
async def test_a_phase_that_is_not_open_is_refused_with_the_open_one(acme: Company, phase: str, step: str) -> None:
    sarah = await acme.employee(**SARAH)
    detail = (await sarah.try_say(phase, "something", step=step)).json()["detail"]
    assert detail["error"] == "PHASE_MISMATCH"
    assert detail["current"] == {"phase": "g4_future", "step": "collect"}


async def test_a_completed_session_takes_no_new_message(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 4)
    answer = await sarah.try_say("g8_actions", "I also want to read 5 books by May 2027.")
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "SESSION_COMPLETED")


async def test_an_edited_goal_stays_word_for_word(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    for message in FUTURE:
        await sarah.say("g4_future", message)
    mine = "By the end of 2027 I lead a team of 5 developers on payments and we ship 2 microservices migrations as senior staff."
    events = await sarah.say("g4_future", mine, step="refine")
    assert completed(events, "refine")["full_response"] == mine
    assert completed(events, "refine")["proposals"] == []

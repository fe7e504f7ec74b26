"""Keeping a goal as it is although it scored too low: saved, marked, and told to nobody as a success."""

import pytest

from tests.server.client import Company, Employee, one
from tests.server.journeys import configure, lenient, sarah_after
from tests.server.test_journey import FUTURE, SARAH

OVER = ({"step": "refine", "keep": True}, {"message": "keep it as it is"}, {"message": "Please leave it as it is."})


@pytest.fixture
async def low(acme: Company) -> Employee:
    """Sarah, whose first goal scored below her company's threshold."""
    await configure(acme, threshold=10)
    sarah = await acme.employee(**SARAH)
    for message in FUTURE:
        events = await sarah.say("g4_future", message)
    assert one(events, "score")["goal_id"] is None
    return sarah


async def test_without_a_draft_there_is_nothing_to_keep(acme: Company) -> None:
    sarah = await sarah_after(acme, 1)
    answer = await sarah.try_say("g4_future", "", step="refine", keep=True)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "NOTHING_TO_KEEP")


async def test_keeping_goes_with_the_step_refine(low: Employee) -> None:
    answer = await low.try_say("g4_future", "keep it", keep=True)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (422, "INVALID_BODY")


async def test_a_low_score_offers_to_keep_it(low: Employee) -> None:
    said = (await low.get("messages"))["messages"][-1]["content"]
    assert "keep it as it is" in said


@pytest.mark.parametrize("word", OVER, ids=("button", "typed", "typed otherwise"))
async def test_a_kept_goal_is_saved_below_the_threshold_and_the_phase_goes_on(
    low: Employee, word: dict[str, object]
) -> None:
    draft = (await low.get())["draft"]["text"]
    message, more = str(word.get("message", "")), {key: word[key] for key in word if key != "message"}
    events = await low.say("g4_future", message, **more)
    score = one(events, "score")
    assert (score["meets_threshold"], score["below_threshold"], bool(score["goal_id"])) == (False, True, True)
    moved = one(events, "transition")
    assert (moved["to"]["phase"], moved["completion_percentage"]) == ("g6_values", 33)
    (goal,) = (await low.goals())["goals"]
    assert (goal["content"], goal["below_threshold"], goal["is_final"]) == (draft, True, True)


async def test_averages_shares_and_success_leave_it_out_and_the_audit_says_so(low: Employee, acme: Company) -> None:
    await low.say("g4_future", "", step="refine", keep=True)
    await configure(acme, threshold=5)
    await low.say(
        "g6_values",
        "Honesty: I report my own mistakes. Respect: I greet everybody by name. Calm: I breathe before I answer.",
    )
    goals = await low.goals()
    kept, passed = sorted(goals["goals"], key=lambda goal: goal["phase"])
    assert (kept["below_threshold"], passed["below_threshold"]) == (True, False)
    assert goals["summary"]["avg_score"] == passed["score"]
    made = await acme.http.post(f"/api/session/{low.session_id}/share", headers=low.headers)
    shared = (await acme.http.get(f"/api/share/{made.json()['url'].split('/')[-1]}")).json()
    assert {goal["phase"]: goal["score"] for goal in shared["goals"]} == {
        "g4_future": None,
        "g6_values": passed["score"],
    }
    assert shared["summary"]["avg_score"] == passed["score"]
    overview = await acme.admin("stats/overview")
    assert overview["avg_score"] == passed["score"]
    logs = (await acme.admin("audit-logs", action="goal.scored"))["logs"]
    assert [log["payload"]["kept"] for log in sorted(logs, key=lambda log: log["created_at"])] == [False, True, False]


async def test_a_whole_session_of_kept_goals_is_complete(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 3)
    await configure(acme, threshold=10)
    await sarah.say("g8_actions", "Read 3 books by May 2027. Train 2 cooks by June 2027. Write the menu by July 2027.")
    await sarah.say("g8_actions", "", step="refine", keep=True)
    assert ((await sarah.get())["status"], (await sarah.get())["completion_percentage"]) == ("completed", 100)


async def test_a_goal_that_the_rules_cannot_read_is_saved_once_its_writer_is_done(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    await sarah.say("g4_future", "ich möchte Werkstattleiterin sein, bis Mai 2028, mit 6 Leuten")
    events = await sarah.say("g4_future", "das ist alles, bitte speichern")
    score = one(events, "score")
    assert (score["meets_threshold"], score["below_threshold"], bool(score["goal_id"])) == (False, True, True)

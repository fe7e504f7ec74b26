"""Single sessions for admins: the timeline without a word, and the words only with the employee's knowledge."""

import asyncio
from typing import Any

import pytest

from state.records.database import Database
from tests.server.admins import code, get
from tests.server.client import Company, Employee
from tests.server.journeys import TURNS, configure, lenient, running, sarah_after
from tests.server.test_journey import FUTURE, SARAH

CONSENT = {"admins_may_read_conversations": True}


async def timeline(company: Company, employee: Employee) -> Any:
    return await company.admin(f"sessions/{employee.session_id}/timeline")


@pytest.mark.parametrize("what", ["timeline", "messages"])
async def test_no_key_or_anothers_opens_no_session(acme: Company, globex: Company, what: str) -> None:
    await configure(globex, ui_flags_json=CONSENT)
    theirs = await globex.employee(**SARAH)
    path = f"sessions/{theirs.session_id}/{what}"
    assert code(await acme.http.get(f"/api/admin/{path}")) == (401, "ADMIN_KEY_INVALID")
    assert code(await acme.http.get(f"/api/admin/{path}", headers=theirs.headers)) == (401, "ADMIN_KEY_INVALID")
    assert code(await get(acme, path)) == (404, "SESSION_NOT_FOUND")
    assert code(await get(acme, f"sessions/01JUNKNOWN/{what}")) == (404, "SESSION_NOT_FOUND")
    assert (await get(globex, path)).status_code == 200


async def test_a_system_key_opens_every_companys_sessions(acme: Company, globex: Company, system_key: str) -> None:
    await configure(acme, ui_flags_json=CONSENT)
    for company in (acme, globex):
        employee = await company.employee()
        answer = await get(acme, f"sessions/{employee.session_id}/timeline", system_key)
        assert answer.json()["session"]["id"] == employee.session_id
    assert code(await get(acme, f"sessions/{employee.session_id}/messages", system_key)) == (
        403,
        "CONVERSATION_PRIVATE",
    )


async def test_the_timeline_tells_each_turn_with_its_steps_and_score(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 4)
    told = await timeline(acme, sarah)
    session = await sarah.get()
    assert told["session"] == {
        "id": sarah.session_id,
        "status": "completed",
        "phase": "done",
        "step": session["step"],
        "created_at": session["created_at"],
        "admins_may_read": False,
    }
    turns = told["turns"]
    assert [turn["phase"] for turn in turns] == [phase for phase, _ in TURNS]
    assert {(turn["step"], turn["status"], turn["attempt"], turn["error"]) for turn in turns} == {
        ("collect", "done", 1, None)
    }
    assert [turn["score"] is not None for turn in turns] == [False, True, True, True]
    goals = (await sarah.goals())["goals"]
    assert [turn["score"] for turn in turns[1:]] == [goal["score"] for goal in goals]
    for turn in turns:
        replayed = [data for name, data in await sarah.replay(turn["turn_id"]) if name == "complete"]
        steps = [{name: data[name] for name in ("step", "latency_ms", "tokens_used")} for data in replayed]
        assert turn["steps"] == steps
        assert 0 <= turn["duration_ms"] < 60_000
    assert [step["step"] for step in turns[1]["steps"]][:2] == ["collect", "refine"]
    assert turns == sorted(turns, key=lambda turn: turn["created_at"])


async def test_the_timeline_holds_no_word_that_was_said(acme: Company) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 4)
    answer = await get(acme, f"sessions/{sarah.session_id}/timeline")
    spoken = [line["content"] for line in (await sarah.get("messages"))["messages"]]
    spoken += [goal["content"] for goal in (await sarah.goals())["goals"]]
    words = {word.strip(".,?!").lower() for text in spoken for word in text.split() if len(word) > 8}
    assert len(words) > 20
    assert not [word for word in words if word in answer.text.lower()]


async def test_the_timeline_shows_a_running_turn_and_one_that_was_stopped(let_go: asyncio.Event, acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    turn = asyncio.create_task(sarah.try_say("g4_future", FUTURE[0], turn_id="one"))
    await running(sarah, "one")
    (shown,) = (await timeline(acme, sarah))["turns"]
    assert (shown["turn_id"], shown["status"], shown["duration_ms"], shown["steps"]) == ("one", "running", None, [])
    stopped = await acme.http.delete(f"/api/session/{sarah.session_id}/turns/one", headers=sarah.headers)
    assert stopped.status_code == 200
    await turn
    (shown,) = (await timeline(acme, sarah))["turns"]
    assert (shown["status"], shown["error"], shown["score"]) == ("failed", "TURN_STOPPED", None)
    assert shown["duration_ms"] is not None


async def test_a_conversation_is_private_unless_the_company_says_otherwise(acme: Company) -> None:
    sarah = await sarah_after(acme, 1)
    assert code(await get(acme, f"sessions/{sarah.session_id}/messages")) == (403, "CONVERSATION_PRIVATE")
    assert (await acme.admin("audit-logs", action="conversation.read"))["total"] == 0


async def test_a_flag_that_comes_later_opens_no_conversation_that_began_before(acme: Company) -> None:
    sarah = await sarah_after(acme, 1)
    await configure(acme, ui_flags_json=CONSENT)
    assert code(await get(acme, f"sessions/{sarah.session_id}/messages")) == (403, "CONVERSATION_PRIVATE")
    assert not (await timeline(acme, sarah))["session"]["admins_may_read"]


async def test_a_flag_that_is_taken_back_closes_every_conversation(acme: Company) -> None:
    await configure(acme, ui_flags_json=CONSENT)
    sarah = await sarah_after(acme, 1)
    assert (await timeline(acme, sarah))["session"]["admins_may_read"]
    await configure(acme, ui_flags_json={})
    assert code(await get(acme, f"sessions/{sarah.session_id}/messages")) == (403, "CONVERSATION_PRIVATE")
    assert not (await timeline(acme, sarah))["session"]["admins_may_read"]


async def test_with_the_employees_knowledge_it_reads_as_the_employee_sees_it_and_is_audited(acme: Company) -> None:
    await configure(acme, ui_flags_json=CONSENT)
    sarah = await sarah_after(acme, 2)
    path = f"sessions/{sarah.session_id}/messages"
    assert await acme.admin(path) == await sarah.get("messages")
    newest = await acme.admin(path, limit=1)
    assert await acme.admin(path, limit=1, before=newest["messages"][0]["id"]) != newest
    logs = (await acme.admin("audit-logs", action="conversation.read"))["logs"]
    assert [(log["actor"], log["session_id"], log["payload"]) for log in logs] == [
        ("hr@acme.example", sarah.session_id, {"messages": 4}),
        ("hr@acme.example", sarah.session_id, {"messages": 1}),
        ("hr@acme.example", sarah.session_id, {"messages": 1}),
    ]


async def test_which_admin_read_a_conversation_stays_on_record_when_it_is_erased(acme: Company) -> None:
    await configure(acme, ui_flags_json=CONSENT)
    sarah = await sarah_after(acme, 1)
    await acme.admin(f"sessions/{sarah.session_id}/messages")
    await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
    logs = (await acme.admin("audit-logs", session_id=sarah.session_id))["logs"]
    kept = {(log["actor"], log["action"]) for log in logs if log["payload"]}
    assert kept == {("hr@acme.example", "conversation.read")}
    assert {log["actor"][:7] for log in logs if log["action"] != "conversation.read"} == {"erased:"}


async def test_an_erased_session_is_not_there(acme: Company, database: Database) -> None:
    await configure(acme, ui_flags_json=CONSENT)
    sarah = await sarah_after(acme, 1)
    await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
    for what in ("timeline", "messages"):
        assert code(await get(acme, f"sessions/{sarah.session_id}/{what}")) == (404, "SESSION_NOT_FOUND")

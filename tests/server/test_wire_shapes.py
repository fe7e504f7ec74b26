"""The declared shapes are what the wire carries: every event of real streams and every answer, held against them strictly."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from pydantic import ValidationError

from server.command.typescript import DECLARATION, check, declaration, shapes
from server.companies import config_routes as config
from server.companies import shapes as admin_answers
from server.companies import statistics_routes as stats
from server.identity import key_routes as admin_keys
from server.sessions import admin_routes as admin_sessions
from server.sessions import shapes as answers
from server.turns import events
from state.records.rows import TenantRow
from tests.retrievers.handbook import markdown
from tests.server.client import Company, Employee, Events, lines, parse
from tests.server.documents.test_jobs import begin, cancel, streamed
from tests.server.held import BrokenCoach
from tests.server.journeys import TAKEN_OVER_WITHIN, TURNS, configure, lenient, running, sarah_after, upload_demo
from tests.server.test_journey import ACTIONS, FUTURE, SARAH, VALUES
from tests.server.turns.test_crisis import DARK
from tests.server.turns.test_replicas import AT_ONCE, FOREVER, elsewhere, two_replicas


def check_events(shape: Any, streamed: Events) -> set[str]:
    """Hold every event against the shape; answers the names that came."""
    for name, data in streamed:
        check(shape, {"event": name, "data": data})
    return {name for name, _ in streamed}


async def test_every_event_of_a_journey_is_as_declared(acme: Company) -> None:
    await upload_demo(acme)
    sarah = await acme.employee(**SARAH)
    said, steps = [], set()
    for phase, message in TURNS:
        said += await sarah.say(phase, message)
    said += await sarah.say("g4_future", FUTURE[1], step="refine")
    names = check_events(events.TurnEvent, said)
    steps = {data["step"] for name, data in said if name == "complete"}
    assert names == {"start", "message", "complete", "understood", "score", "transition", "end"}
    assert steps == {"collect", "refine", "score"}
    assert any(data.get("sources") for name, data in said if name == "complete")


async def test_a_pause_and_a_low_score_are_as_declared(acme: Company) -> None:
    await lenient(acme, ui_flags_json={"confirm_refined_goal": True})
    sarah = await sarah_after(acme, 1)
    said = await sarah.say("g4_future", FUTURE[1])
    assert "confirm" in check_events(events.TurnEvent, said)
    await configure(acme, threshold=10)
    said = await sarah.say("g4_future", "", step="refine", confirm=True)
    assert "score" in check_events(events.TurnEvent, said)
    assert [data["goal_id"] for name, data in said if name == "score"] == [None]
    kept = await sarah.say("g4_future", "", step="refine", keep=True)
    assert "score" in check_events(events.TurnEvent, kept)
    goals = await sarah.goals()
    check(answers.Goals, goals)
    assert [goal["below_threshold"] for goal in goals["goals"]] == [True]


async def test_a_crisis_and_its_erasure_are_as_declared(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    assert "understood" in check_events(events.TurnEvent, await sarah.say("g4_future", DARK))
    lines = await sarah.get("messages")
    check(answers.Messages, lines)
    check(answers.Erased, (await _call(sarah, "DELETE", f"/messages/{lines['messages'][0]['id']}")).json())


async def test_a_turn_that_breaks_ends_as_declared(monkeypatch: pytest.MonkeyPatch, acme: Company) -> None:
    monkeypatch.setattr("graph.tools.RuleCoach", BrokenCoach)
    monkeypatch.setattr(BrokenCoach, "times", 1)
    sarah = await acme.employee(**SARAH)
    said = await sarah.say("g4_future", FUTURE[0])
    assert "error" in check_events(events.TurnEvent, said)


async def test_a_turn_that_is_stopped_ends_as_declared(let_go: asyncio.Event, acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    turn = asyncio.create_task(sarah.try_say("g4_future", FUTURE[0], turn_id="one"))
    await running(sarah, "one")
    path = f"/api/session/{sarah.session_id}"
    check(answers.SessionState, await sarah.get())
    check(answers.Success, (await acme.http.delete(f"{path}/turns/one", headers=sarah.headers)).json())
    assert "error" in check_events(events.TurnEvent, parse((await turn).text))


async def test_a_turn_that_ran_again_is_as_declared(database_url: str, company: tuple[TenantRow, str]) -> None:
    async with two_replicas(database_url, (FOREVER, AT_ONCE), company) as (first, other, process):
        sarah = await first.employee(**SARAH)
        there = elsewhere(sarah, other)
        turn = asyncio.create_task(sarah.try_say("g4_future", FUTURE[0], turn_id="one"))
        await running(sarah, "one")
        said: Events = []
        url = f"/api/session/{sarah.session_id}/turns/one/stream"
        async with (
            asyncio.timeout(TAKEN_OVER_WITHIN),
            other.http.stream("GET", url, headers=there.headers) as response,
        ):
            async for _, name, data in lines(response):
                said.append((name, data))
                if name == "message" and process.returncode is None:
                    process.kill()
                    await process.wait()
        await asyncio.gather(turn, return_exceptions=True)
        assert {"restart", "end"} <= check_events(events.TurnEvent, said)


async def test_every_event_of_an_upload_is_as_declared(acme: Company) -> None:
    job = await begin(acme)
    assert check_events(events.JobEvent, await streamed(acme, job)) == {"progress", "done"}
    job = await begin(acme, "a.pdf", b"%PDF-1.4 nothing")
    assert check_events(events.JobEvent, await streamed(acme, job)) == {"progress", "error"}


async def test_an_upload_that_is_cancelled_is_as_declared(let_documents_go: asyncio.Event, acme: Company) -> None:
    job = await begin(acme)
    stream = asyncio.create_task(streamed(acme, job))
    check(admin_answers.JobCancelled, (await cancel(acme, job)).json())
    assert "cancelled" in check_events(events.JobEvent, await stream)


@pytest.mark.filterwarnings("ignore:Accessing the .model_fields:DeprecationWarning")  # LangServe's own
async def test_what_invoke_answers_is_as_declared(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    path = "/graph/goal-setting/invoke"
    answer = await acme.http.post(path, headers=sarah.headers, json={"input": {"message": FUTURE[0]}})
    check(events.GraphAnswer, answer.json()["output"])


async def test_what_an_employee_reads_is_as_declared(acme: Company) -> None:
    await lenient(acme)
    company = await acme.http.get("/api/tenant", headers=acme.headers)
    check(answers.Company, company.json())
    created = await acme.http.post("/api/session/create", headers=acme.headers)
    check(answers.CreatedSession, created.json())
    sarah = Employee(acme, created.json()["session_id"], created.json()["resume_token"])
    check(answers.Session, (await sarah.put("info", SARAH)).json())
    check(answers.ErrorAnswer, (await sarah.try_say("g8_actions", ACTIONS)).json())
    for phase, message in TURNS[:3]:
        await sarah.say(phase, message)
    check(answers.SessionState, await sarah.get())
    check(answers.MySessions, await _mine(acme))
    await sarah.say("g8_actions", ACTIONS)
    await sarah.say("g6_values", VALUES + " I want to be honest.", step="refine")
    facts = await sarah.get("facts")
    check(answers.Facts, facts)
    first, *_, last = [fact["id"] for fact in facts["facts"] if fact["state"] == "holds"]
    edited = await acme.http.patch(
        f"/api/session/{sarah.session_id}/facts/{first}", headers=sarah.headers, json={"text": "lead the harbour shop"}
    )
    check(answers.Facts, edited.json())
    check(answers.StruckFacts, (await _call(sarah, "DELETE", f"/facts/{last}")).json())
    check(answers.Messages, await sarah.get("messages"))
    goals = await sarah.goals(final_only=False)
    check(answers.Goals, goals)
    assert any(goal["links"] for goal in goals["goals"])
    shared = (await _call(sarah, "POST", "/share")).json()
    check(answers.Share, shared)
    check(answers.SharedGoals, (await acme.http.get(f"/api/share/{shared['url'].split('/')[-1]}")).json())
    check(answers.SessionState, await sarah.get())
    check(answers.Success, (await _call(sarah, "DELETE", "/share")).json())
    check(answers.Erased, (await _call(sarah, "DELETE", "")).json())
    check(answers.ErrorAnswer, (await _call(sarah, "GET", "")).json())


async def test_what_an_admin_reads_is_as_declared(acme: Company) -> None:
    sarah = await sarah_after(acme, 4)
    upload = {"files": {"file": ("a.md", markdown())}, "data": {"category": "values"}}
    path = f"/api/admin/rag/upload/{acme.tenant_id}"
    sent = await acme.http.post(path, headers=acme.admin_headers, **upload)  # type: ignore[arg-type]
    check(admin_answers.Uploaded, sent.json())
    job = await acme.http.post(f"{path}?background=true", headers=acme.admin_headers, **upload)  # type: ignore[arg-type]
    check(admin_answers.UploadStarted, job.json())
    documents = await acme.admin(f"documents/{acme.tenant_id}")
    one = f"documents/{acme.tenant_id}/{documents['documents'][0]['id']}"
    query = {"query": "How do I become a senior engineer?"}
    found = await acme.http.post(f"/api/admin/rag/search/{acme.tenant_id}", headers=acme.admin_headers, json=query)
    check(admin_answers.SearchResults, found.json())
    for shape, answer in (
        (events.Job, await acme.admin(f"jobs/{job.json()['job_id']}")),
        (admin_answers.Documents, documents),
        (admin_answers.Document, await acme.admin(one)),
        (admin_answers.DocumentPassages, await acme.admin(f"{one}/passages")),
        (admin_answers.Tenants, await acme.admin("tenants")),
        (admin_answers.Overview, await acme.admin("stats/overview")),
        (admin_answers.AuditPage, await acme.admin("audit-logs")),
        (admin_answers.Config, await acme.admin(f"config/{acme.tenant_id}")),
        (admin_answers.SignedIn, await acme.admin("me")),
        (admin_answers.Jobs, await acme.admin("jobs")),
        (admin_keys.Keys, await acme.admin("keys")),
        (admin_sessions.Timeline, await acme.admin(f"sessions/{sarah.session_id}/timeline")),
        (config.ConfigVersions, await acme.admin(f"config/{acme.tenant_id}/history")),
        (config.ConfigDefaults, await acme.admin(f"config/{acme.tenant_id}/defaults")),
        (stats.Series, await acme.admin("stats/series")),
        (stats.Criteria, await acme.admin("stats/criteria")),
        (stats.Funnel, await acme.admin("stats/funnel")),
        (
            admin_answers.DocumentDeleted,
            (await acme.http.delete(f"/api/admin/{one}", headers=acme.admin_headers)).json(),
        ),
    ):
        check(shape, answer)


def test_a_field_that_is_not_declared_or_of_another_kind_is_noticed() -> None:
    check(events.TurnEvent, {"event": "end", "data": {"turn_id": "a", "status": "done"}})
    for data in ({"turn_id": "a", "status": "done", "more": 1}, {"turn_id": 1, "status": "done"}, {"status": "done"}):
        with pytest.raises(ValidationError):
            check(events.TurnEvent, {"event": "end", "data": data})


def test_the_declaration_that_is_committed_is_up_to_date() -> None:
    assert DECLARATION.read_text(encoding="utf-8") == declaration(), "run `make types`"


def test_every_shape_has_a_name_of_its_own() -> None:
    assert "__" not in declaration(), "two shapes of the same name: rename one"


def test_every_shape_is_described() -> None:
    bare = [name for module in (events, answers) for name, shape in shapes(module) if not _described(shape)]
    assert bare == []


def _described(shape: Any) -> bool:
    text: Iterable[Any] = [shape.__doc__] if isinstance(shape, type) else shape.__value__.__metadata__
    return bool(next(iter(text)))


async def _mine(company: Company) -> Any:
    created = await company.http.post("/api/session/create", headers=company.headers)
    assert created.status_code == 200
    return (await company.http.get("/api/session/mine", headers=company.headers)).json()


async def _call(employee: Employee, method: str, path: str) -> Any:
    return await employee.company.http.request(
        method, f"/api/session/{employee.session_id}{path}", headers=employee.headers
    )

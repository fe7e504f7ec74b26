"""The declared shapes are what the wire carries: every event of real streams and every answer, held against them strictly."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from pydantic import ValidationError

from server.command.typescript import DECLARATION, DECLARING, check, declaration, shapes
from server.companies import shapes as company_shapes
from server.documents import shapes as document_shapes
from server.http import shapes as http_shapes
from server.identity import shapes as identity_shapes
from server.sessions import shapes as session_shapes
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
    check(session_shapes.Goals, goals)
    assert [goal["below_threshold"] for goal in goals["goals"]] == [True]


async def test_a_crisis_and_its_erasure_are_as_declared(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    assert "understood" in check_events(events.TurnEvent, await sarah.say("g4_future", DARK))
    lines = await sarah.get("messages")
    check(session_shapes.Messages, lines)
    check(session_shapes.Erased, (await _call(sarah, "DELETE", f"/messages/{lines['messages'][0]['id']}")).json())


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
    check(session_shapes.SessionState, await sarah.get())
    check(http_shapes.Success, (await acme.http.delete(f"{path}/turns/one", headers=sarah.headers)).json())
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
    assert check_events(document_shapes.JobEvent, await streamed(acme, job)) == {"progress", "done"}
    job = await begin(acme, "a.pdf", b"%PDF-1.4 nothing")
    assert check_events(document_shapes.JobEvent, await streamed(acme, job)) == {"progress", "error"}


async def test_an_upload_that_is_cancelled_is_as_declared(let_documents_go: asyncio.Event, acme: Company) -> None:
    job = await begin(acme)
    stream = asyncio.create_task(streamed(acme, job))
    check(document_shapes.JobCancelled, (await cancel(acme, job)).json())
    assert "cancelled" in check_events(document_shapes.JobEvent, await stream)


@pytest.mark.filterwarnings("ignore:Accessing the .model_fields:DeprecationWarning")  # LangServe's own
async def test_what_invoke_answers_is_as_declared(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    path = "/graph/goal-setting/invoke"
    answer = await acme.http.post(path, headers=sarah.headers, json={"input": {"message": FUTURE[0]}})
    check(events.GraphAnswer, answer.json()["output"])


async def test_what_an_employee_reads_is_as_declared(acme: Company) -> None:
    await lenient(acme)
    company = await acme.http.get("/api/tenant", headers=acme.headers)
    check(company_shapes.Company, company.json())
    created = await acme.http.post("/api/session/create", headers=acme.headers)
    check(session_shapes.CreatedSession, created.json())
    sarah = Employee(acme, created.json()["session_id"], created.json()["resume_token"])
    check(session_shapes.Session, (await sarah.put("info", SARAH)).json())
    check(http_shapes.ErrorAnswer, (await sarah.try_say("g8_actions", ACTIONS)).json())
    for phase, message in TURNS[:3]:
        await sarah.say(phase, message)
    check(session_shapes.SessionState, await sarah.get())
    check(session_shapes.MySessions, await _mine(acme))
    await sarah.say("g8_actions", ACTIONS)
    await sarah.say("g6_values", VALUES + " I want to be honest.", step="refine")
    facts = await sarah.get("facts")
    check(session_shapes.Facts, facts)
    first, *_, last = [fact["id"] for fact in facts["facts"] if fact["state"] == "holds"]
    edited = await acme.http.patch(
        f"/api/session/{sarah.session_id}/facts/{first}", headers=sarah.headers, json={"text": "lead the harbour shop"}
    )
    check(session_shapes.Facts, edited.json())
    check(session_shapes.StruckFacts, (await _call(sarah, "DELETE", f"/facts/{last}")).json())
    check(session_shapes.Messages, await sarah.get("messages"))
    goals = await sarah.goals(final_only=False)
    check(session_shapes.Goals, goals)
    assert any(goal["links"] for goal in goals["goals"])
    shared = (await _call(sarah, "POST", "/share")).json()
    check(session_shapes.Share, shared)
    check(session_shapes.SharedGoals, (await acme.http.get(f"/api/share/{shared['url'].split('/')[-1]}")).json())
    check(session_shapes.SessionState, await sarah.get())
    check(http_shapes.Success, (await _call(sarah, "DELETE", "/share")).json())
    check(session_shapes.Erased, (await _call(sarah, "DELETE", "")).json())
    check(http_shapes.ErrorAnswer, (await _call(sarah, "GET", "")).json())


async def test_what_an_admin_reads_is_as_declared(acme: Company) -> None:
    sarah = await sarah_after(acme, 4)
    upload = {"files": {"file": ("a.md", markdown())}, "data": {"category": "values"}}
    path = f"/api/admin/rag/upload/{acme.tenant_id}"
    sent = await acme.http.post(path, headers=acme.admin_headers, **upload)  # type: ignore[arg-type]
    check(document_shapes.Uploaded, sent.json())
    job = await acme.http.post(f"{path}?background=true", headers=acme.admin_headers, **upload)  # type: ignore[arg-type]
    check(document_shapes.UploadStarted, job.json())
    documents = await acme.admin(f"documents/{acme.tenant_id}")
    one = f"documents/{acme.tenant_id}/{documents['documents'][0]['id']}"
    query = {"query": "How do I become a senior engineer?"}
    found = await acme.http.post(f"/api/admin/rag/search/{acme.tenant_id}", headers=acme.admin_headers, json=query)
    check(document_shapes.SearchResults, found.json())
    for shape, answer in (
        (document_shapes.Job, await acme.admin(f"jobs/{job.json()['job_id']}")),
        (document_shapes.Documents, documents),
        (document_shapes.Document, await acme.admin(one)),
        (document_shapes.DocumentPassages, await acme.admin(f"{one}/passages")),
        (company_shapes.Tenants, await acme.admin("tenants")),
        (company_shapes.Overview, await acme.admin("stats/overview")),
        (company_shapes.AuditPage, await acme.admin("audit-logs")),
        (company_shapes.Config, await acme.admin(f"config/{acme.tenant_id}")),
        (identity_shapes.SignedIn, await acme.admin("me")),
        (document_shapes.Jobs, await acme.admin("jobs")),
        (identity_shapes.Keys, await acme.admin("keys")),
        (session_shapes.Timeline, await acme.admin(f"sessions/{sarah.session_id}/timeline")),
        (company_shapes.ConfigVersions, await acme.admin(f"config/{acme.tenant_id}/history")),
        (company_shapes.ConfigDefaults, await acme.admin(f"config/{acme.tenant_id}/defaults")),
        (company_shapes.Series, await acme.admin("stats/series")),
        (company_shapes.Criteria, await acme.admin("stats/criteria")),
        (company_shapes.Funnel, await acme.admin("stats/funnel")),
        (
            document_shapes.DocumentDeleted,
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
    bare = [name for module in DECLARING for name, shape in shapes(module) if not _described(shape)]
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

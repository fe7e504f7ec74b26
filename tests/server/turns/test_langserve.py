"""LangServe: a stock RemoteRunnable walks the journey, and only six routes are there."""

import asyncio
from typing import Any

import httpx
import pytest
from langserve import RemoteRunnable

from tests.server.client import Company, Employee
from tests.server.journeys import TURNS, count, lenient
from tests.server.test_journey import FUTURE, SARAH

PATH = "/graph/goal-setting"
pytestmark = pytest.mark.filterwarnings("ignore:Accessing the .model_fields:DeprecationWarning")
"""LangServe itself reads model_fields from an instance, which pydantic 2.11 calls deprecated."""


def remote(sarah: Employee) -> RemoteRunnable[Any, Any]:
    return RemoteRunnable(f"{sarah.company.http.base_url}{PATH}", headers=sarah.headers)


async def post(sarah: Employee, body: Any, route: str = "invoke", **headers: str) -> httpx.Response:
    return await sarah.company.http.post(f"{PATH}/{route}", json=body, headers={**sarah.headers, **headers})


async def test_a_stock_client_walks_the_whole_journey(acme: Company) -> None:
    await lenient(acme)
    sarah = await acme.employee(**SARAH)
    graph = remote(sarah)
    for _, message in TURNS[:2]:
        events = [event async for event in graph.astream({"message": message})]
        assert events[-1]["event"] == "end"
        text = "".join(e["data"]["content"] for e in events if e["event"] == "message")
        assert text == "".join(e["data"]["full_response"] for e in events if e["event"] == "complete")
    for _, message in TURNS[2:]:
        answer = await graph.ainvoke({"message": message})
        assert answer["events"][-1]["data"]["turn_id"] == answer["turn_id"]
    assert (await sarah.get())["status"] == "completed"
    assert (await sarah.goals())["total"] == 3


async def test_the_text_comes_while_the_coach_speaks(let_go: asyncio.Event, acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    seen = []
    async for event in remote(sarah).astream({"message": FUTURE[0]}):
        seen.append(event["event"])
        if event["event"] == "message":
            let_go.set()
    assert seen[-1] == "end"


async def test_stream_events_tells_of_the_turn(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    answer = await post(sarah, {"input": {"message": FUTURE[0]}, "version": "v2"}, "stream_events")
    assert answer.status_code == 200
    assert "on_chain_stream" in answer.text
    assert "on_chain_end" in answer.text


async def test_the_version_that_javascript_asks_for_is_no_reason_to_refuse(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    body = {"input": {"message": FUTURE[0]}, "config": {"configurable": {}}, "kwargs": {"version": "v2"}, "diff": False}
    answer = await post(sarah, body, "stream_events")
    assert answer.status_code == 200
    assert "on_chain_end" in answer.text


@pytest.mark.parametrize("route", ["invoke", "stream", "stream_events"])
@pytest.mark.parametrize(
    "more",
    [
        {"config": {"configurable": {"thread_id": "x"}}},
        {"kwargs": {"x": 1}},
        {"kwargs": [1]},
        {"input": {"message": ""}},
        {"input": 5},
    ],
)
async def test_what_a_client_may_not_send_is_refused(
    acme: Company, database_url: str, route: str, more: dict[str, Any]
) -> None:
    sarah = await acme.employee(**SARAH)
    answer = await post(sarah, {"input": {"message": FUTURE[0]}, **more}, route)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (422, "INVALID_BODY")
    assert await count(database_url, "turns", sarah.session_id) == 0


@pytest.mark.parametrize("config", [{"tags": 5, "configurable": {}}, {"configurable": 0}, {"configurable": []}, None])
async def test_an_odd_config_does_not_lose_an_accepted_turn(acme: Company, config: Any) -> None:
    sarah = await acme.employee(**SARAH)
    answer = await post(sarah, {"input": {"message": FUTURE[0]}, "config": config})
    assert answer.status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"{}", b'{"input":{"message":"x"},"config":[1]}'])
async def test_a_body_that_is_no_input_is_refused(acme: Company, body: bytes) -> None:
    sarah = await acme.employee(**SARAH)
    answer = await acme.http.post(f"{PATH}/invoke", content=body, headers=sarah.headers)
    assert answer.status_code == 422


@pytest.mark.parametrize("route", ["invoke", "stream", "stream_events"])
async def test_errors_come_before_any_byte(acme: Company, route: str) -> None:
    sarah = await acme.employee(**SARAH)
    body = {"input": {"message": FUTURE[0]}}
    assert (await acme.http.post(f"{PATH}/{route}", json=body, headers=acme.headers)).status_code == 401
    assert (await post(sarah, body, route, **{"X-Tenant-ID": "unknown"})).status_code == 404
    wrong_phase = {"input": {"message": FUTURE[0], "phase": "g8_actions"}}
    assert (await post(sarah, wrong_phase, route)).status_code == 409


async def test_no_goal_can_be_edited_under_the_name_done(acme: Company, database_url: str) -> None:
    await lenient(acme)
    sarah = await acme.employee(**SARAH)
    for phase, message in TURNS:
        await sarah.say(phase, message)
    answer = await post(sarah, {"input": {"message": "Within 24 months, lead a team of 9.", "step": "refine"}})
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "PHASE_MISMATCH")
    assert await count(database_url, "goals", sarah.session_id) == 3


@pytest.mark.parametrize(
    "route",
    [
        "batch",
        "stream_log",
        "config_schema",
        "feedback",
        "token_feedback",
        "public_trace_link",
        "c/abc/invoke",
        "astream",
        "",
    ],
)
async def test_nothing_else_of_langserve_is_there(acme: Company, route: str) -> None:
    sarah = await acme.employee(**SARAH)
    for answer in (
        await acme.http.get(f"{PATH}/{route}", headers=sarah.headers),
        await post(sarah, {"input": {}}, route),
    ):
        assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "NOT_FOUND")


async def test_schemas_and_playground_are_served(acme: Company) -> None:
    schema = (await acme.http.get(f"{PATH}/input_schema")).json()
    assert {"message", "phase", "step", "turn_id", "strike", "confirm", "keep"} == set(schema["properties"])
    assert (await acme.http.get(f"{PATH}/output_schema")).status_code == 200
    page = await acme.http.get(f"{PATH}/playground/", follow_redirects=True)
    assert page.status_code == 200
    assert "<html" in page.text.lower()
    assert (await acme.http.get(f"{PATH}/playground", follow_redirects=True)).status_code == 200

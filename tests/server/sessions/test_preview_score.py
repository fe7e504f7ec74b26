"""Scoring while typing: the company's rubric, no record, no text in a log, and twenty times a second of an address."""

import asyncio
import logging
from typing import Any

import httpx
import pytest

from nodes.rules.judge import judge
from server.http.errors import RateLimited
from server.http.rate_limit import RateLimit
from server.sessions.goal_routes import PREVIEWS_A_SECOND
from state.records.database import Database
from tests.server.client import Company
from tests.server.conftest import Advance
from tests.server.http.test_errors import assert_shape, snapshot
from tests.server.journeys import upload_demo

GOAL = "Within 24 months I will become a senior engineer and lead a team of 3 developers on the payment platform."


async def ask(company: Company, address: str = "203.0.113.1", **body: Any) -> httpx.Response:
    headers = {**company.headers, "X-Forwarded-For": address}
    return await company.http.post(
        "/api/goals/preview-score", headers=headers, json={"phase": "g4_future", "content": GOAL, **body}
    )


async def admitted(limit: RateLimit, times: int, address: str | None = "a") -> int:
    """How many of so many requests at once are."""
    asked = await asyncio.gather(*(limit.admit(address) for _ in range(times)), return_exceptions=True)
    assert all(one is None or isinstance(one, RateLimited) for one in asked)
    return sum(one is None for one in asked)


async def test_twenty_at_once_are_scored_the_next_is_told_when_to_come_again_and_then_scored(
    acme: Company, advance: Advance
) -> None:
    burst = [await ask(acme) for _ in range(PREVIEWS_A_SECOND)]
    assert {answer.status_code for answer in burst} == {200}
    refused = await ask(acme)
    detail = assert_shape(refused, 429)
    assert (detail["error"], detail["recoverable"]) == ("RATE_LIMITED", True)
    assert "20" in detail["message"]
    assert "Wait 1 second" in detail["message"]
    assert refused.headers["retry-after"] == "1"
    advance(1.01)
    assert (await ask(acme)).status_code == 200


async def test_the_limit_is_one_addresses_and_one_routes(acme: Company, advance: Advance) -> None:
    assert [(await ask(acme)).status_code for _ in range(PREVIEWS_A_SECOND + 1)][-1] == 429
    assert (await ask(acme, "203.0.113.2")).status_code == 200
    same = {**acme.headers, "X-Forwarded-For": "203.0.113.1"}
    assert (await acme.http.post("/api/session/create", headers=same)).status_code == 200


async def test_any_second_holds_twenty_also_across_the_turn_of_a_second(advance: Advance) -> None:
    limit = RateLimit(PREVIEWS_A_SECOND)
    advance(0.9)
    assert await admitted(limit, 15) == 15
    advance(0.2)
    assert await admitted(limit, 15) == 5
    advance(0.81)
    assert await admitted(limit, 30) == 15


async def test_refused_requests_do_not_lengthen_the_wait(advance: Advance) -> None:
    limit = RateLimit(PREVIEWS_A_SECOND)
    assert await admitted(limit, 100) == PREVIEWS_A_SECOND
    advance(0.5)
    assert await admitted(limit, 100) == 0
    advance(0.51)
    assert await admitted(limit, 100) == PREVIEWS_A_SECOND


async def test_clients_without_an_address_share_a_limit(advance: Advance) -> None:
    limit = RateLimit(PREVIEWS_A_SECOND)
    assert await admitted(limit, 30, None) == PREVIEWS_A_SECOND


async def test_addresses_are_forgotten_when_their_second_is_over(advance: Advance) -> None:
    limit = RateLimit(PREVIEWS_A_SECOND)
    for number in range(500):
        await limit.admit(f"2001:db8::{number:x}")
    advance(1.01)
    await limit.admit("another")
    assert limit.storage.timer is not None
    await limit.storage.timer
    assert set(limit.storage.events) <= {"LIMITER/another/20/1/second"}
    assert len(limit.storage.locks) <= 1


async def test_it_needs_no_session_and_leaves_no_record(acme: Company, database: Database) -> None:
    before = await snapshot(database, acme.tenant_id)
    card = (await ask(acme)).json()
    assert card["model"] == "rules"
    assert [c["name"] for c in card["criteria"]] == ["specificity", "measurability", "time_bound", "alignment"]
    assert card["score"] == round(sum(c["weighted_score"] for c in card["criteria"]) / 10, 1)
    assert await snapshot(database, acme.tenant_id) == before


async def test_without_a_company_there_is_no_score(acme: Company) -> None:
    body = {"phase": "g4_future", "content": GOAL}
    assert_shape(await acme.http.post("/api/goals/preview-score", json=body), 404)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"content": ""}, "content"),
        ({"content": " \n\t "}, "content is empty"),
        ({"content": "x" * 5001}, "content"),
        ({"content": None}, "content"),
        ({"phase": "g5_nothing"}, "phase"),
        ({"phase": "g2_basic"}, "g4_future"),
        ({"phase": "done"}, "g4_future"),
        ({"session_id": "01ABC"}, "session_id"),
    ],
)
async def test_what_cannot_be_scored_is_422_and_named(acme: Company, wrong: dict[str, Any], named: str) -> None:
    detail = assert_shape(await ask(acme, **wrong), 422)
    assert named in detail["message"]


async def test_the_longest_text_is_scored(acme: Company) -> None:
    for phase in ("g4_future", "g6_values", "g8_actions"):
        answer = await ask(acme, phase=phase, content=(GOAL * 60)[:5000])
        assert answer.status_code == 200, answer.text


async def test_a_company_with_documents_hears_that_none_was_consulted(acme: Company) -> None:
    await upload_demo(acme)
    alignment = (await ask(acme)).json()["criteria"][-1]
    assert (alignment["name"], alignment["evidence"]) == ("alignment", "")
    assert "No company document was consulted" in alignment["reasoning"]


async def test_no_log_holds_the_text(acme: Company, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert (await ask(acme, content="My secret wish is Xylophonia.")).status_code == 200
        assert (await ask(acme, content="Xylophonia", phase="g2_basic")).status_code == 422
    assert "preview-score" in caplog.text
    assert "Xylophonia" not in caplog.text


async def test_others_are_served_while_a_long_text_is_judged(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """A judgement that waits for another request would never end on the event loop."""
    loop, served = asyncio.get_running_loop(), asyncio.Event()

    def judged_last(exam: Any) -> Any:
        asyncio.run_coroutine_threadsafe(served.wait(), loop).result(timeout=30)
        return judge(exam)

    monkeypatch.setattr("server.sessions.goal_routes.judge", judged_last)
    asked = asyncio.create_task(ask(acme))
    assert (await acme.http.get("/api/health")).status_code == 200
    served.set()
    assert (await asked).status_code == 200

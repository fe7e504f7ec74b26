"""What the coach understood: read, edited, struck, and told again in the goal that is written."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.server.client import Company, Employee, completed, one
from tests.server.journeys import lenient, running
from tests.server.test_journey import SARAH

TOLD = "I want to become head nurse by March 2028 and train 2 apprentices."


@pytest.fixture
async def sarah(acme: Company) -> Employee:
    """Sarah after one message, below every threshold."""
    await lenient(acme)
    employee = await acme.employee(**SARAH)
    await employee.say("g4_future", "I want to lead people in the warehouse.")
    return employee


async def send(employee: Employee, method: str, fact_id: str, text: str = "") -> httpx.Response:
    path = f"/api/session/{employee.session_id}/facts/{fact_id}"
    body = {"json": {"text": text}} if method == "PATCH" else {}
    return await employee.company.http.request(method, path, headers=employee.headers, **body)  # type: ignore[arg-type]


async def facts(employee: Employee) -> list[Any]:
    """Every fact of the session."""
    return list((await employee.get("facts"))["facts"])


def fact_about(found: list[Any], words: str) -> Any:
    """The smallest fact that holds and says this."""
    return min((f for f in found if words in f["text"] and f["state"] == "holds"), key=lambda f: len(f["text"]))


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["detail"]["error"]


async def test_what_was_understood_comes_behind_the_reply_and_can_be_read_with_its_place(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    assert await facts(sarah) == []
    events = await sarah.say("g4_future", TOLD)
    names = [name for name, _ in events if name != "message"]
    assert names[names.index("complete") + 1] == "understood"
    understood = one(events, "understood")
    assert {act["act"] for act in understood["acts"]} == {"content"}
    found = await facts(sarah)
    assert understood["facts"] == found != []
    message = (await sarah.get("messages"))["messages"][0]
    for fact in found:
        assert (fact["message_id"], fact["phase"], fact["state"]) == (message["id"], "g4_future", "holds")
        assert TOLD[fact["start"] : fact["end"]] == fact["text"]
    assert {"deliverable", "date", "amount"} <= {fact["kind"] for fact in found}


async def test_an_edited_fact_is_replaced_and_the_goal_says_the_new(acme: Company) -> None:
    await lenient(acme)
    sarah = await acme.employee(**SARAH)
    await sarah.say("g4_future", TOLD)
    old = fact_about(await facts(sarah), "2 apprentices")
    answer = await send(sarah, "PATCH", old["id"], "  3 apprentices ")
    found = answer.json()["facts"]
    assert (answer.status_code, found) == (200, await facts(sarah))
    before = next(fact for fact in found if fact["id"] == old["id"])
    after = next(fact for fact in found if fact["id"] == before["replaced_by"])
    assert (before["state"], after["state"], after["text"], after["kind"]) == (
        "replaced",
        "holds",
        "3 apprentices",
        old["kind"],
    )
    goal = completed(await sarah.say("g4_future", "", step="refine"), "refine")["full_response"]
    assert "3 apprentices" in goal
    assert "2 apprentices" not in goal


async def test_a_struck_fact_is_gone_with_all_inside_it(acme: Company) -> None:
    await lenient(acme)
    sarah = await acme.employee(**SARAH)
    await sarah.say("g4_future", "I want to become head nurse. I want to train 2 apprentices by March 2028.")
    whole = next(fact for fact in await facts(sarah) if fact["kind"] == "deliverable" and "apprentices" in fact["text"])
    answer = (await send(sarah, "DELETE", whole["id"])).json()
    gone = [fact["text"] for fact in answer["facts"] if fact["state"] == "withdrawn"]
    assert len(gone) == answer["withdrawn"] >= 3
    goal = completed(await sarah.say("g4_future", "", step="refine"), "refine")["full_response"]
    assert "head nurse" in goal
    assert "apprentices" not in goal and "2028" not in goal


@pytest.mark.parametrize(("method", "left"), [("PATCH", {"train 5 nurses"}), ("DELETE", set())])
async def test_what_a_correction_put_inside_goes_along(acme: Company, method: str, left: set[str]) -> None:
    await lenient(acme, ui_flags_json={"confirm_refined_goal": True})
    sarah = await acme.employee()
    await sarah.say("g4_future", "train 2 apprentices")
    await sarah.say("g4_future", "no wait, 3 apprentices")
    outer = next(fact for fact in await facts(sarah) if fact["text"] == "train 2 apprentices")
    answer = (await send(sarah, method, outer["id"], "train 5 nurses")).json()
    assert {fact["text"] for fact in answer["facts"] if fact["state"] == "holds"} == left


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_a_fact_that_nobody_said_is_404(sarah: Employee, method: str) -> None:
    assert refused(await send(sarah, method, "nothing", "x")) == (404, "FACT_NOT_FOUND")


async def test_facts_of_somebody_else_are_404(sarah: Employee, globex: Company) -> None:
    (first, *_) = await facts(sarah)
    colleague, stranger = await sarah.company.employee(), await globex.employee()
    for other in (colleague, stranger):
        path = f"/api/session/{sarah.session_id}/facts"
        for method, where in (("GET", path), ("PATCH", f"{path}/{first['id']}"), ("DELETE", f"{path}/{first['id']}")):
            body = {"json": {"text": "x"}} if method == "PATCH" else {}
            answer = await other.company.http.request(method, where, headers=other.headers, **body)  # type: ignore[arg-type]
            assert answer.status_code == 404
        for method in ("PATCH", "DELETE"):
            assert refused(await send(other, method, first["id"], "x")) == (404, "FACT_NOT_FOUND")
    assert (await facts(sarah))[0] == first


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_a_fact_that_was_replaced_is_changed_no_more(sarah: Employee, method: str) -> None:
    (first, *_) = await facts(sarah)
    await send(sarah, "PATCH", first["id"], "lead people in the bakery")
    assert refused(await send(sarah, method, first["id"], "lead people in the shop")) == (409, "FACT_REPLACED")


@pytest.mark.parametrize("text", ["", "x" * 501, "a\x00"])
async def test_a_text_that_does_not_fit_is_refused(sarah: Employee, text: str) -> None:
    (first, *_) = await facts(sarah)
    assert refused(await send(sarah, "PATCH", first["id"], text)) == (422, "INVALID_BODY")


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_while_a_turn_runs_nothing_is_changed(let_go: asyncio.Event, acme: Company, method: str) -> None:
    sarah = await acme.employee(**SARAH)
    turn = asyncio.create_task(sarah.try_say("g4_future", TOLD, turn_id="one"))
    await running(sarah, "one")
    answer = await send(sarah, method, "any", "x")
    let_go.set()
    await turn
    assert refused(answer) == (409, "TURN_IN_PROGRESS")

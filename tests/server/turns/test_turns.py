"""Turns: never twice under one id, never lost, one at a time."""

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

import state.records.turns.accept
from graph.checkpoints import TenantSaver
from server.turns.log import Position
from state.records.turns.outcomes import TurnLost, stop_turn
from tests.nodes.model_server import ModelServer, Status, model_server
from tests.server.client import Company, Employee, completed, lines, one, parse
from tests.server.conftest import SECRET, served
from tests.server.held import BrokenCoach
from tests.server.journeys import code_of, count, hear, nothing_kept, running, sarah_after, spoken
from tests.server.test_journey import FUTURE, SARAH

Started = asyncio.Task[httpx.Response]


async def start(sarah: Employee, turn_id: str, message: str = FUTURE[0]) -> Started:
    """A turn that was accepted and runs."""
    task = asyncio.create_task(sarah.try_say("g4_future", message, turn_id=turn_id))
    await running(sarah, turn_id)
    return task


async def test_a_finished_turn_sent_again_replays_word_for_word(acme: Company, database_url: str) -> None:
    sarah = await acme.employee(**SARAH)
    first = await sarah.say("g4_future", FUTURE[0], turn_id="one")
    assert await sarah.say("g4_future", FUTURE[0], turn_id="one") == first
    assert await sarah.replay("one") == first
    assert spoken(first) == completed(first, "collect")["full_response"]
    assert await count(database_url, "messages", sarah.session_id) == 2


async def test_a_turn_id_with_other_content_is_refused(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    await sarah.say("g4_future", FUTURE[0], turn_id="one")
    answer = await sarah.try_say("g4_future", FUTURE[1], turn_id="one")
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "TURN_ID_REUSED")


async def test_another_turn_waits_for_the_running_one(let_go: asyncio.Event, acme: Company, database_url: str) -> None:
    sarah = await acme.employee(**SARAH)
    turn = await start(sarah, "one")
    answer = await sarah.try_say("g4_future", FUTURE[1], turn_id="two")
    detail = answer.json()["detail"]
    assert (answer.status_code, detail["error"], detail["recoverable"]) == (409, "TURN_IN_PROGRESS", True)
    assert "one" in detail["message"]
    assert await count(database_url, "messages", sarah.session_id) == 1
    let_go.set()
    await turn
    assert (await sarah.say("g4_future", FUTURE[1], turn_id="two"))[-1][0] == "end"


async def test_the_same_turn_joins_the_running_one(let_go: asyncio.Event, acme: Company, database_url: str) -> None:
    sarah = await acme.employee(**SARAH)
    turn = await start(sarah, "one")
    joining = asyncio.create_task(sarah.try_say("g4_future", FUTURE[0], turn_id="one"))
    following = asyncio.create_task(sarah.replay("one"))
    await asyncio.sleep(0.1)
    let_go.set()
    first = parse((await turn).text)
    assert parse((await joining).text) == first
    assert await following == first
    assert await count(database_url, "messages", sarah.session_id) == 2


async def test_of_many_turns_at_once_one_runs(
    monkeypatch: pytest.MonkeyPatch, acme: Company, database_url: str
) -> None:
    write, late = state.records.turns.accept._write, itertools.count()

    async def write_late(*given: Any) -> bool:
        await asyncio.sleep(0.03 * next(late))
        return await write(*given)

    monkeypatch.setattr(state.records.turns.accept, "_write", write_late)
    sarah = await acme.employee(**SARAH)
    answers = await asyncio.gather(*(sarah.try_say("g4_future", FUTURE[0], turn_id="same") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert all(parse(answer.text) == parse(answers[0].text) for answer in answers)
    assert await count(database_url, "messages", sarah.session_id) == 2
    codes = await asyncio.gather(*(sarah.try_say("g4_future", FUTURE[1], turn_id=f"t{i}") for i in range(8)))
    ran = sum(answer.status_code == 200 for answer in codes)
    assert {answer.status_code for answer in codes} <= {200, 409}
    assert await count(database_url, "messages", sarah.session_id, "role = 'user'") == 1 + ran


@pytest.mark.parametrize("after", [0, 1, 5])
async def test_last_event_id_continues_without_gap_or_double(acme: Company, after: int) -> None:
    sarah = await acme.employee(**SARAH)
    whole = await sarah.say("g4_future", FUTURE[0], turn_id="one")
    assert await sarah.replay("one", f"1-{after}") == whole[after:]


async def test_nonsense_as_last_event_id_begins_anew(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    whole = await sarah.say("g4_future", FUTURE[0], turn_id="one")
    for nonsense in ("x", "1-", "-1-2", "1" * 5000 + "-1"):
        assert await sarah.replay("one", nonsense) == whole


def test_a_position_is_read_back_as_it_was_written() -> None:
    assert Position.parse(str(Position(2, 17))) == Position(2, 17)
    assert Position.parse(None) == Position()


async def test_a_follower_that_reconnects_goes_on_where_it_was(let_go: asyncio.Event, acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    turn = await start(sarah, "one")
    url = f"/api/session/{sarah.session_id}/turns/one/stream"
    seen: list[tuple[str, dict[str, Any]]] = []
    last = ""
    async with acme.http.stream("GET", url, headers=sarah.headers) as response:
        async for at, name, data in lines(response):
            last = at
            seen.append((name, data))
            if len(seen) == 3:
                break
    let_go.set()
    seen += await sarah.replay("one", last)
    assert seen == parse((await turn).text)


async def test_an_unknown_turn_is_not_found(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    answer = await acme.http.get(f"/api/session/{sarah.session_id}/turns/none/stream", headers=sarah.headers)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "TURN_NOT_FOUND")


async def test_another_sessions_turn_is_not_found(acme: Company) -> None:
    sarah, other = await acme.employee(**SARAH), await acme.employee()
    await sarah.say("g4_future", FUTURE[0], turn_id="hers")
    for session in (sarah.session_id, other.session_id):
        answer = await acme.http.get(f"/api/session/{session}/turns/hers/stream", headers=other.headers)
        assert answer.status_code == 404


async def test_two_sessions_that_use_the_same_turn_id_stay_apart(let_go: asyncio.Event, acme: Company) -> None:
    sarah, other = await acme.employee(**SARAH), await acme.employee(position="Nurse")
    turns = [await start(sarah, "1"), await start(other, "1", "I want to become a ward sister in cardiology.")]
    followers = [asyncio.create_task(employee.replay("1")) for employee in (sarah, other)]
    await asyncio.sleep(0.1)
    let_go.set()
    hers, others = [parse((await answer).text) for answer in turns]
    assert "ward sister" in spoken(others)
    assert "ward sister" not in spoken(hers)
    assert [await follower for follower in followers] == [hers, others]


async def test_a_client_that_leaves_loses_nothing(let_go: asyncio.Event, acme: Company, database_url: str) -> None:
    sarah = await acme.employee(**SARAH)
    body = {"session_id": sarah.session_id, "message": FUTURE[0], "turn_id": "one"}
    async with (
        httpx.AsyncClient(base_url=acme.http.base_url, timeout=60) as leaving,
        leaving.stream("POST", "/api/chat/g4_future/stream", headers=sarah.headers, json=body) as response,
    ):
        async for _, name, _ in lines(response):
            if name == "message":
                break
    let_go.set()
    assert (await sarah.replay("one"))[-1] == ("end", {"turn_id": "one", "status": "done"})
    assert await count(database_url, "messages", sarah.session_id) == 2


async def test_a_node_that_breaks_ends_the_turn_and_keeps_the_message(
    monkeypatch: pytest.MonkeyPatch, acme: Company, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("graph.tools.RuleCoach", BrokenCoach)
    monkeypatch.setattr(BrokenCoach, "times", 1)
    sarah = await acme.employee(**SARAH)
    broken = await sarah.say("g4_future", FUTURE[0], turn_id="one")
    assert code_of(broken) == "INTERNAL"
    assert broken[-1][1]["error"]["recoverable"]
    assert FUTURE[0] not in caplog.text
    assert await sarah.replay("one") == broken
    assert [m["content"] for m in (await sarah.get("messages"))["messages"]] == [FUTURE[0]]
    assert one(await sarah.say("g4_future", FUTURE[1]), "score")["criteria"]


async def test_a_turn_that_was_taken_over_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, acme: Company, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def lost(*_: object) -> None:
        raise TurnLost

    sarah = await sarah_after(acme, 1)
    rows = [await count(database_url, table, sarah.session_id) for table in ("messages", "goals")]
    before = (await sarah.get())["completion_percentage"]
    monkeypatch.setattr("state.records.turns.outcomes._audit_score", lost)
    turn = asyncio.create_task(sarah.try_say("g4_future", FUTURE[1], turn_id="lost"))
    while "turn lost was taken over" not in caplog.text:  # noqa: ASYNC110 (the server says it)
        await asyncio.sleep(0.01)
    assert await count(database_url, "messages", sarah.session_id) == rows[0] + 1
    assert await count(database_url, "goals", sarah.session_id) == rows[1]
    assert (await sarah.get())["completion_percentage"] == before
    turn.cancel()
    await asyncio.gather(turn, return_exceptions=True)


async def test_a_session_erased_under_a_running_turn_ends_it_clearly(
    let_go: asyncio.Event, acme: Company, database_url: str
) -> None:
    sarah = await acme.employee(**SARAH)
    turn = await start(sarah, "one")
    erased = await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
    assert erased.status_code == 200
    let_go.set()
    assert code_of(parse((await turn).text)) == "TURN_NOT_FOUND"
    for table in ("messages", "turns"):
        assert await count(database_url, table, sarah.session_id) == 0
    await nothing_kept(database_url, sarah.session_id)


async def test_a_session_erased_while_its_turn_is_being_kept_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, acme: Company, database_url: str
) -> None:
    written: list[int] = []
    put = TenantSaver.aput

    async def late(saver: TenantSaver, *given: Any) -> Any:
        erased = await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
        assert erased.status_code == 200
        try:
            return await put(saver, *given)
        finally:
            written.append(await count(database_url, "checkpoints", sarah.session_id))

    sarah = await acme.employee(**SARAH)
    monkeypatch.setattr(TenantSaver, "aput", late)
    said = await sarah.try_say("g4_future", FUTURE[0])
    assert code_of(parse(said.text)) == "TURN_NOT_FOUND"
    assert written == [0]
    await nothing_kept(database_url, sarah.session_id)


async def test_a_phase_takes_four_messages_of_the_greatest_length_and_then_says_so(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    for letter in "abcd":
        await sarah.say("g4_future", f"{letter}!" * 5_000)
    more = await sarah.try_say("g4_future", "And a team of four developers.")
    detail = more.json()["detail"]
    assert (more.status_code, detail["error"], detail["recoverable"]) == (409, "TOO_MUCH_SAID", False)
    assert "40,030 letters stand" in detail["message"]
    assert (await sarah.try_say("g4_future", "", step="refine", strike=[])).status_code == 200
    goal = "Within 24 months, lead a team of 4 developers on the payment platform."
    refined = await sarah.try_say("g4_future", goal, step="refine")
    assert refined.status_code == 200


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


async def test_a_stopped_turn_says_so_to_its_followers_and_keeps_what_was_written(
    let_go: asyncio.Event, acme: Company, database_url: str
) -> None:
    sarah = await acme.employee(**SARAH)
    turn = await start(sarah, "one")
    await hear(sarah, "one")
    assert (await stop(sarah, "one")).status_code == 200
    events = parse((await turn).text)
    assert code_of(events) == "TURN_STOPPED"
    assert spoken(events)
    assert await sarah.replay("one") == events
    assert await count(database_url, "messages", sarah.session_id) == 1
    let_go.set()
    again = await sarah.say("g4_future", FUTURE[0], turn_id="two")
    assert again[-1][0] == "end"
    assert [m["role"] for m in (await sarah.get("messages"))["messages"]] == ["user", "user", "assistant"]


async def test_what_a_stopped_turns_graph_still_writes_comes_before_the_next_turn(
    monkeypatch: pytest.MonkeyPatch, let_go: asyncio.Event, acme: Company, database_url: str
) -> None:
    put, late = TenantSaver.aput, iter([0.5])

    async def put_late(saver: TenantSaver, *given: Any) -> Any:
        await asyncio.sleep(next(late, 0))
        return await put(saver, *given)

    monkeypatch.setattr(TenantSaver, "aput", put_late)
    sarah = await acme.employee(**SARAH)
    turn = await start(sarah, "one")
    await hear(sarah, "one")
    assert (await stop(sarah, "one")).status_code == 200
    await turn
    let_go.set()
    assert (await sarah.say("g4_future", FUTURE[0], turn_id="two"))[-1][0] == "end"
    await asyncio.sleep(0.5)
    assert await count(database_url, "checkpoints", sarah.session_id) == 1


async def test_what_the_coach_says_while_a_turn_is_being_stopped_is_heard_by_nobody(
    monkeypatch: pytest.MonkeyPatch, let_go: asyncio.Event, acme: Company
) -> None:
    async def slowly(*given: Any) -> None:
        let_go.set()
        await asyncio.sleep(0.3)
        await stop_turn(*given)

    monkeypatch.setattr("server.turns.runner.stop_turn", slowly)
    sarah = await acme.employee(**SARAH)
    turn = await start(sarah, "one")
    assert (await stop(sarah, "one")).status_code == 200
    events = parse((await turn).text)
    assert code_of(events) == "TURN_STOPPED"
    assert await sarah.replay("one") == events
    assert [m["role"] for m in (await sarah.get("messages"))["messages"]] == ["user"]


async def test_stopping_a_turn_that_is_over_changes_nothing(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    events = await sarah.say("g4_future", FUTURE[0], turn_id="one")
    assert (await stop(sarah, "one")).status_code == 200
    assert await sarah.replay("one") == events


async def test_a_turn_that_is_not_there_or_anothers_cannot_be_stopped(let_go: asyncio.Event, acme: Company) -> None:
    sarah, mike = await acme.employee(**SARAH), await acme.employee(name="Mike")
    turn = await start(sarah, "one")
    for answer in (await stop(mike, "one"), await stop(sarah, "two")):
        assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "TURN_NOT_FOUND")
    let_go.set()
    assert parse((await turn).text)[-1][0] == "end"


async def stop(employee: Employee, turn_id: str) -> httpx.Response:
    path = f"/api/session/{employee.session_id}/turns/{turn_id}"
    return await employee.company.http.delete(path, headers=employee.headers)


async def test_a_model_that_is_away_ends_the_turn_and_the_next_one_works(
    settings: Any, database_url: str, company: Any, model: ModelServer, database: Any
) -> None:
    llm = settings.model_copy(
        update={
            "chat_model": "openai:test",
            "openai_base_url": model.base_url,
            "openai_api_key": type(settings.secret_key)(SECRET),
        }
    )
    async with served(llm, database_url) as address, httpx.AsyncClient(base_url=address, timeout=60) as http:
        acme = Company(http, str(company[0].id), company[1])
        sarah = await acme.employee(**SARAH)
        model.always(Status(401))
        events = await sarah.say("g4_future", FUTURE[0])
        assert code_of(events) == "MODEL_UNAVAILABLE"
        assert events[-1][1]["error"]["recoverable"]
        model.always(None)
        assert one(await sarah.say("g4_future", FUTURE[1]), "end")["status"] == "done"
        assert [m["role"] for m in (await sarah.get("messages"))["messages"]] == ["user", "user", "assistant"]

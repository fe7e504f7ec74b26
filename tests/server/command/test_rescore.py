"""`petraf rescore` on real journeys: every score comes out again, and what doesn't is named without anybody's words."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from psycopg import AsyncConnection
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from server.command.main import app
from server.command.rescore import ScoresDiffer
from server.settings import Settings
from state.records.rows import TenantRow
from tests.nodes.model_server import ModelServer, Status, model_server
from tests.server.client import Company, Employee
from tests.server.conftest import served
from tests.server.journeys import configure, lenient, sarah_after, upload_demo


async def run(url: str, *arguments: str, answer: str = "", **environment: str) -> Result:
    """The command on this database; `answer` is typed when it asks."""
    given = {"PETRAF_DATABASE_URL": url, "PETRAF_CHAT_MODEL": "rules", "OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}
    command = ["rescore", *arguments]
    return await asyncio.to_thread(CliRunner().invoke, app, command, input=answer, env={**given, **environment})


async def rescored(url: str, *arguments: str, **environment: str) -> str:
    """What the command prints when all is well."""
    result = await run(url, *arguments, **environment)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


async def sql(url: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """A statement as the database's owner."""
    async with await AsyncConnection.connect(url) as connection:
        cursor = await connection.execute(statement.encode(), values)
        return await cursor.fetchall() if cursor.description else []


async def change_score(url: str, goal_id: str, **details: str) -> None:
    """Put something else into a stored scorecard."""
    for name, value in details.items():
        await sql(
            url,
            "update goals set score_details = jsonb_set(score_details::jsonb, array[%s], to_jsonb(%s::text))::json where id = %s",
            name,
            value,
            goal_id,
        )


async def journey(company: Company) -> tuple[Employee, list[dict[str, Any]]]:
    """Sarah with her three goals, in a company with documents."""
    await upload_demo(company)
    sarah = await sarah_after(company, 4)
    return sarah, (await sarah.goals())["goals"]


async def test_a_goal_is_stored_with_all_that_its_judge_saw(acme: Company, database_url: str) -> None:
    _, goals = await journey(acme)
    stored = dict(await sql(database_url, "select id, exam from goals"))
    config = await acme.admin(f"config/{acme.tenant_id}")
    texts = {row[0] for row in await sql(database_url, "select content from rag_corpus")}
    for goal in goals:
        exam = stored[goal["id"]]
        assert set(exam["rubric"]["criteria"]) == {c["name"] for c in goal["score_details"]["criteria"]}
        assert all(criterion["levels"] for criterion in exam["rubric"]["criteria"].values())
        assert exam["passages"] and {passage["content"] for passage in exam["passages"]} <= texts
        assert exam["proposals"] == [[p["start"], p["end"]] for p in goal["proposals"]]
        assert (exam["rag_enabled"], exam["threshold"]) == (True, config["threshold"])
        assert exam["today"] == goal["created_at"][:10]
        assert "exam" not in goal


async def test_every_score_of_a_journey_comes_out_again_and_nothing_is_written(
    acme: Company, database_url: str
) -> None:
    _, goals = await journey(acme)
    everything = "select md5(string_agg(g::text, '' order by id)), (select count(*) from audit_logs) from goals g"
    before = await sql(database_url, everything)
    output = await rescored(database_url)
    assert "Scored goals: 3, 3 identical, 0 different, 0 not replayed." in output
    assert not any(line and line in output for goal in goals for line in goal["content"].splitlines())
    assert await sql(database_url, everything) == before


async def test_a_score_replays_after_the_companys_documents_and_rubric_have_changed(
    acme: Company, database_url: str
) -> None:
    await journey(acme)
    await sql(database_url, "delete from documents")
    own = {"charm": {"weight": 100, "description": "d", "keywords": ["unheard"]}}
    await configure(acme, scoring_rubric_json=dict.fromkeys(("g4_future", "g6_values", "g8_actions"), own), threshold=2)
    assert "3 identical" in await rescored(database_url)


async def test_a_score_that_does_not_come_out_again_is_an_alarm_that_names_goal_scores_and_criterion(
    acme: Company, database_url: str
) -> None:
    _, goals = await journey(acme)
    wrong = goals[0]
    criteria = [{**c, "score": 0.5} if c["name"] == "time_bound" else c for c in wrong["score_details"]["criteria"]]
    await sql(
        database_url,
        "update goals set score_details = jsonb_set(jsonb_set(score_details::jsonb, '{criteria}', %s::jsonb), "
        "'{score}', '1.5')::json where id = %s",
        json.dumps(criteria),
        wrong["id"],
    )
    result = await run(database_url)
    assert result.exit_code == 1
    assert isinstance(result.exception, ScoresDiffer)
    row = next(line for line in result.stdout.splitlines() if line.startswith(wrong["id"])).split(maxsplit=4)
    time = next(c["score"] for c in wrong["score_details"]["criteria"] if c["name"] == "time_bound")
    assert row == [wrong["id"], "acme", "1.5", f"{wrong['score']:.1f}", f"time_bound 0.5 → {time:g}"]
    assert "2 identical, 1 different, 0 not replayed" in result.stdout


async def test_what_cannot_be_replayed_is_counted_with_its_reason_and_is_no_alarm(
    acme: Company, database_url: str
) -> None:
    _, goals = await journey(acme)
    await sql(database_url, "update goals set exam = null where id = %s", goals[0]["id"])
    await change_score(database_url, goals[1]["id"], prompt_version="rules-0")
    await change_score(database_url, goals[2]["id"], model="gpt-4o-mini")
    output = await rescored(database_url)
    now = goals[0]["score_details"]["prompt_version"]
    assert f"1 can't be replayed, scored before Petraf kept what the judge saw: {goals[0]['id']}" in output
    assert f"1 can't be replayed, judged by rules-0, this version is {now}: {goals[1]['id']}" in output
    assert "judged by gpt-4o-mini, which isn't configured here" in output
    assert "0 identical, 0 different, 3 not replayed" in output


async def test_a_record_of_another_shape_cannot_be_replayed(acme: Company, database_url: str) -> None:
    await journey(acme)
    await sql(database_url, """update goals set exam = '{"rubric": 1}'""")
    output = await rescored(database_url)
    assert "3 can't be replayed, What the judge saw was written down by another version" in output


async def test_current_shows_how_scores_would_move_under_the_present_rubric(acme: Company, database_url: str) -> None:
    _, goals = await journey(acme)
    criteria = goals[0]["score_details"]["criteria"]
    own = {c["name"]: {"weight": 1 if c["name"] != "alignment" else 97, "description": "d"} for c in criteria}
    own["pace"] = own.pop("time_bound")
    await configure(acme, scoring_rubric_json={"g4_future": own})
    await change_score(database_url, goals[0]["id"], prompt_version="rules-0")
    output = await rescored(database_url, "--current")
    moved = next(line for line in output.splitlines() if line.startswith(goals[0]["id"]))
    assert "pace none → " in moved
    assert "time_bound" in moved and "→ none" in moved
    assert "weight of alignment 25 → 97" in moved
    assert "2 identical, 1 different" in output
    assert (await sql(database_url, "select score from goals where id = %s", goals[0]["id"]))[0][0] == goals[0]["score"]


async def test_replaced_versions_are_replayed_only_with_all(acme: Company, database_url: str) -> None:
    sarah, goals = await journey(acme)
    edited = goals[0]["content"].replace("24 months", "18 months")
    await sarah.say("g4_future", edited, step="refine")
    assert "Scored goals: 3, 3 identical" in await rescored(database_url)
    assert "Scored goals: 4, 4 identical" in await rescored(database_url, "--all")


async def test_a_company_and_a_day_narrow_what_is_replayed(acme: Company, globex: Company, database_url: str) -> None:
    await lenient(acme)
    await lenient(globex)
    await sarah_after(acme, 4)
    await sarah_after(globex, 2)
    assert "Scored goals: 4, 4 identical" in await rescored(database_url)
    assert "Scored goals: 3, 3 identical" in await rescored(database_url, "--tenant", "acme")
    assert "Scored goals: 1, 1 identical" in await rescored(database_url, "--tenant", globex.tenant_id)
    await sql(database_url, "update goals set created_at = '2020-02-29 23:59Z' where type = 'values'")
    assert "Scored goals: 3," in await rescored(database_url, "--since", "2020-03-01")
    assert "Scored goals: 4," in await rescored(database_url, "--since", "2020-02-29")
    assert "Scored goals: 0," in await rescored(database_url, "--since", "2999-01-01")


async def test_more_goals_than_one_reading_holds_are_all_replayed(
    acme: Company, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("state.records.sessions.scores.BATCH", 2)
    await lenient(acme)
    await sarah_after(acme, 4)
    assert "Scored goals: 3, 3 identical" in await rescored(database_url)


async def test_erasing_a_session_erases_what_its_judge_saw(acme: Company, database_url: str) -> None:
    sarah, _ = await journey(acme)
    answer = await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
    assert answer.status_code == 200
    assert await sql(database_url, "select count(*) from goals") == [(0,)]
    assert "Scored goals: 0," in await rescored(database_url, "--all")


async def test_the_checkpoint_of_a_finished_turn_does_not_hold_the_exam(acme: Company, database_url: str) -> None:
    await journey(acme)
    channels = "select distinct channel from checkpoint_blobs where blob is not null and octet_length(blob) > 1"
    held = {row[0] for row in await sql(database_url, channels)}
    assert "draft" in held
    assert "exam" not in held


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
async def modelled(
    settings: Settings, database_url: str, company: tuple[TenantRow, str], model: ModelServer
) -> AsyncIterator[Company]:
    """The company after a journey with a language model for a coach."""
    given = {"chat_model": "openai:test", "openai_base_url": model.base_url, "openai_api_key": SecretStr("sk-test")}
    served_by_model = served(settings.model_copy(update=given), database_url)
    async with served_by_model as address, httpx.AsyncClient(base_url=address, timeout=60) as http:
        acme = Company(http, str(company[0].id), company[1])
        await sarah_after(acme, 4)
        yield acme


def environment(model: ModelServer) -> dict[str, str]:
    return {"PETRAF_CHAT_MODEL": "openai:test", "OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "sk-test"}


async def test_a_models_scores_are_asked_for_again_after_saying_how_often(
    modelled: Company, database_url: str, model: ModelServer
) -> None:
    asked = len(model.requests)
    result = await run(database_url, **environment(model))
    assert result.exit_code == 0, result.output
    assert "Goals judged by test: 3. Replaying calls it" in result.stderr
    assert "3 identical" in result.stdout
    assert len(model.requests) == asked + 3


async def test_somebody_at_a_terminal_may_decline_and_nothing_is_called(
    modelled: Company, database_url: str, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.command.rescore._at_terminal", lambda: True)
    asked = len(model.requests)
    result = await run(database_url, **environment(model), answer="n\n")
    assert "Go on?" in result.stderr
    assert (result.exit_code, len(model.requests)) == (1, asked)
    assert "Scored goals: 3, 3 identical" in (await run(database_url, **environment(model), answer="y\n")).stdout


async def test_a_model_that_wavers_is_shown_and_is_no_alarm(
    modelled: Company, database_url: str, model: ModelServer
) -> None:
    await sql(database_url, "update goals set score_details = replace(score_details::text, '8.0', '9.0')::json")
    output = await rescored(database_url, **environment(model))
    assert "0 identical, 3 different" in output
    assert "specificity 9 → 8" in output


async def test_a_model_that_is_away_is_asked_once_and_named_as_the_reason(
    modelled: Company, database_url: str, model: ModelServer
) -> None:
    asked = len(model.requests)
    model.always(Status(401))
    output = await rescored(database_url, **environment(model))
    assert "0 identical, 0 different, 3 not replayed" in output
    assert "3 can't be replayed, The language model" in output
    assert len(model.requests) == asked + 1


async def test_without_the_model_its_scores_are_left_and_nothing_is_called(
    modelled: Company, database_url: str, model: ModelServer
) -> None:
    asked = len(model.requests)
    result = await run(database_url)
    assert "judged by test, which isn't configured here" in result.stdout
    assert "Replaying calls" not in result.stderr
    assert len(model.requests) == asked


async def test_a_model_is_not_called_for_scores_of_another_prompt(
    modelled: Company, database_url: str, model: ModelServer
) -> None:
    for (goal_id,) in await sql(database_url, "select id from goals"):
        await change_score(database_url, goal_id, prompt_version="0123456789ab")
    asked = len(model.requests)
    result = await run(database_url, **environment(model))
    assert "judged by 0123456789ab, this version is " in result.stdout
    assert (len(model.requests), result.stderr.count("Replaying calls")) == (asked, 0)
    assert "3 identical" in await rescored(database_url, "--current", **environment(model))
    assert len(model.requests) == asked + 3

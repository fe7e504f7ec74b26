"""A company's configuration: replaced whole, tried out on sample goals, and as it was."""

import asyncio
import json
import threading
from typing import Any

import httpx
import pytest

from nodes.llm.prompts import TENANT_PROMPTS
from server.demo import DEMO_CONFIG
from server.sessions.goal_routes import preview
from state.company import LARGEST_CONFIG, MOST_CRITERIA, MOST_ENTRIES, NewConfig, TenantConfig
from state.phases import GOAL_PHASES
from state.records.companies.config_history import MOST_BYTES
from state.records.database import Database
from state.rubric import DEFAULT_RUBRICS
from state.scorecard import Scorecard
from tests.server.admins import code, get, post
from tests.server.client import Company
from tests.server.conftest import Advance

FIVE = {str(score): "words" for score in range(0, 10, 2)}
"""Levels without the last."""
WRONG: list[tuple[Any, str]] = [
    ({"scoring_rubric_json": {"g4_future": {"clarity": {"weight": 90, "description": "d"}}}}, "90"),
    ({"scoring_rubric_json": {"g9_other": {}}}, "g9_other"),
    (
        {"scoring_rubric_json": {"g4_future": {"clarity": {"weight": 100, "description": "d", "levels": FIVE}}}},
        "words for 10",
    ),
    ({"prompts_json": {"system_prompt": "Hello {salary}"}}, "salary"),
    ({"prompts_json": {"system_prompt": "Hello {name"}}, "system_prompt"),
    ({"prompts_json": {"nul": "\x00"}}, "null character"),
    ({"threshold": 11}, "threshold"),
    ({"colour": "blue"}, "colour"),
    ({"ui_flags_json": {"show_grade": "perhaps"}}, "ui_flags_json"),
    ([], "body"),
    ({f"field{n}": 1 for n in range(51)}, "the configuration has 51 entries, 50 are the most"),
    ({"ui_flags_json": {f"show_{n}": True for n in range(51)}}, "ui_flags_json has 51 entries, 50 are the most"),
    (
        {
            "scoring_rubric_json": {
                "g4_future": {"clarity": {"weight": 100, "description": "d", "keywords": ["word"] * 51}}
            }
        },
        "keywords has 51 entries, 50 are the most",
    ),
    (
        {"scoring_rubric_json": {"g4_future": {f"one_{n}": {"weight": 4, "description": "d"} for n in range(25)}}},
        "g4_future has 25 criteria, 20 are the most",
    ),
    ({"prompts_json": {f"prompt{n}": "x" * 7_990 for n in range(26)}}, "more than 200,000 characters"),
]
GOAL = "Within 24 months become a senior engineer by leading 3 projects and mentoring 2 junior engineers."


async def put_config(company: Company, body: Any, **headers: str) -> httpx.Response:
    path = f"/api/admin/config/{company.tenant_id}"
    return await company.http.put(path, headers={**company.admin_headers, **headers}, json=body)


async def history(company: Company) -> Any:
    return (await company.admin(f"config/{company.tenant_id}/history"))["versions"]


async def try_out(company: Company, config: Any, *goals: Any, key: str | None = None) -> httpx.Response:
    body = {"config": config, "goals": list(goals) or [{"phase": "g4_future", "content": GOAL}]}
    return await post(company, f"config/{company.tenant_id}/preview", body, key)


@pytest.mark.parametrize(
    ("method", "what"), [("GET", ""), ("PUT", ""), ("GET", "/history"), ("GET", "/defaults"), ("POST", "/preview")]
)
async def test_no_key_or_anothers_opens_no_configuration(
    acme: Company, globex: Company, method: str, what: str
) -> None:
    body = {"config": {}, "goals": [{"phase": "g4_future", "content": GOAL}]} if what == "/preview" else {}
    path = f"/api/admin/config/{globex.tenant_id}{what}"
    assert code(await acme.http.request(method, path, json=body)) == (401, "ADMIN_KEY_INVALID")
    assert code(await acme.http.request(method, path, json=body, headers=acme.admin_headers)) == (404, "NOT_FOUND")
    assert (await get(globex, f"config/{globex.tenant_id}")).json()["version"] == 1


async def test_the_configuration_is_read_with_its_version_as_etag(acme: Company) -> None:
    answer = await get(acme, f"config/{acme.tenant_id}")
    body = answer.json()
    assert (answer.headers["etag"], body.pop("version")) == ('"1"', 1)
    assert TenantConfig.model_validate(body) == TenantConfig()


async def test_a_replaced_configuration_is_kept_whole_and_audited_by_name(acme: Company) -> None:
    body = TenantConfig(threshold=8, ui_flags_json={"show_grade": False}).model_dump(mode="json")
    answer = await put_config(acme, body)
    assert answer.status_code == 200, answer.text
    assert (answer.json(), answer.headers["etag"]) == ({**body, "version": 2}, '"2"')
    assert (await get(acme, f"config/{acme.tenant_id}")).json() == {**body, "version": 2}
    log = (await acme.admin("audit-logs", action="config.replaced"))["logs"][0]
    assert (log["actor"], sorted(log["changes"]["fields_updated"])) == (
        "hr@acme.example",
        ["threshold", "ui_flags_json"],
    )


async def test_a_companys_levels_come_back_as_they_were_given(acme: Company) -> None:
    safety = {
        "weight": 60,
        "description": "d",
        "keywords": [],
        "levels": {**FIVE, "10": "all"},
        "example": "Wear a helmet",
    }
    calm = {"weight": 40, "description": "d", "keywords": []}
    await put_config(acme, {"scoring_rubric_json": {"g8_actions": {"safety": safety, "calm": calm}}})
    read = (await get(acme, f"config/{acme.tenant_id}")).json()
    without = {"levels": None, "example": None}
    assert read["scoring_rubric_json"]["g8_actions"] == {"safety": safety, "calm": {**calm, **without}}
    version = read.pop("version")
    again = await put_config(acme, read)
    assert again.json() == {**read, "version": version + 1}


async def test_the_documentation_tells_what_levels_are(acme: Company) -> None:
    schemas = (await acme.http.get("/openapi.json")).json()["components"]["schemas"]
    assert "0, 2, 4, 6, 8 and 10" in schemas["Criterion"]["properties"]["levels"]["description"]


async def test_what_is_left_out_goes_back_to_ours(acme: Company) -> None:
    await put_config(acme, {"threshold": 8})
    assert (await put_config(acme, {})).json()["threshold"] == 7


async def test_a_change_over_a_newer_version_is_refused(acme: Company) -> None:
    assert (await put_config(acme, {"threshold": 8}, **{"If-Match": '"1"'})).status_code == 200
    answer = await put_config(acme, {"threshold": 5}, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "CONFIG_CHANGED")
    assert (await get(acme, f"config/{acme.tenant_id}")).json()["threshold"] == 8
    assert (await put_config(acme, {}, **{"If-Match": 'W/"2"'})).status_code == 200
    assert (await put_config(acme, {}, **{"If-Match": "latest"})).status_code == 422


@pytest.mark.parametrize(("wrong", "named"), WRONG)
async def test_a_wrong_configuration_is_422_with_its_fault_named_and_changes_nothing(
    acme: Company, wrong: Any, named: str
) -> None:
    answer = await put_config(acme, wrong)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (422, "INVALID_BODY")
    assert named in answer.json()["detail"]["message"]
    assert (await get(acme, f"config/{acme.tenant_id}")).json()["version"] == 1


async def test_a_companys_rubric_is_what_goals_are_judged_by(acme: Company) -> None:
    rubric = {"specificity": {"weight": 100, "description": "Names the role"}}
    await put_config(acme, {"scoring_rubric_json": {"g4_future": rubric}})
    body = {"phase": "g4_future", "content": "Within 24 months become a senior engineer."}
    card = (await acme.http.post("/api/goals/preview-score", headers=acme.headers, json=body)).json()
    assert [(c["name"], c["weight"]) for c in card["criteria"]] == [("specificity", 100)]


async def test_a_company_cannot_be_configured_with_anothers_key(acme: Company, globex: Company) -> None:
    answer = await acme.http.put(f"/api/admin/config/{globex.tenant_id}", headers=acme.admin_headers, json={})
    assert answer.status_code == 404
    assert (await get(globex, f"config/{globex.tenant_id}")).json()["version"] == 1


async def test_what_would_break_conversations_later_is_refused(acme: Company) -> None:
    for name in ("openai:", "  ", "openai: "):
        answer = await put_config(acme, {"llm_model": name})
        assert code(answer) == (422, "INVALID_BODY")
        assert "llm_model: names no model" in answer.json()["detail"]["message"]
    assert (await put_config(acme, {"llm_model": "openai:gpt-4o"})).status_code == 200


@pytest.mark.parametrize("version", ["9" * 10, "9" * 5000, "-1", "1.0", ""])
async def test_a_version_that_is_none_is_422(acme: Company, version: str) -> None:
    assert code(await put_config(acme, {}, **{"If-Match": version})) == (422, "INVALID_BODY")


async def test_a_new_company_has_one_version_that_nobody_changed(acme: Company) -> None:
    (first,) = await history(acme)
    assert (first["version"], first["changed_by"], first["fields_updated"]) == (1, None, [])
    assert TenantConfig.model_validate(first["config"]) == TenantConfig()


async def test_the_history_tells_who_made_which_version_and_what_they_changed(acme: Company, system_key: str) -> None:
    await put_config(acme, {"threshold": 8})
    answer = await acme.http.put(
        f"/api/admin/config/{acme.tenant_id}",
        headers={"X-Admin-Key": system_key},
        json={"threshold": 8, "rag_enabled": False, "ui_flags_json": {"show_grade": False}},
    )
    assert answer.status_code == 200
    versions = await history(acme)
    assert [(v["version"], v["changed_by"], v["fields_updated"], v["config"]["threshold"]) for v in versions] == [
        (3, "root@petraf.example", ["ui_flags_json", "rag_enabled"], 8),
        (2, "hr@acme.example", ["threshold"], 8),
        (1, None, [], 7),
    ]
    moments = [v["created_at"] for v in versions]
    assert moments == sorted(moments, reverse=True)
    audited = await acme.admin("audit-logs", action="config.replaced", order="newest")
    assert [m[:22] for m in moments[:2]] == [log["created_at"][:22] for log in audited["logs"]]


async def test_an_older_version_is_brought_back_by_sending_it(acme: Company) -> None:
    rubric = {"g4_future": {"specificity": {"weight": 100, "description": "Names the role"}}}
    await put_config(
        acme, {"threshold": 6, "scoring_rubric_json": rubric, "prompts_json": {"system_prompt": "Be kind."}}
    )
    wanted = (await history(acme))[0]["config"]
    await put_config(acme, {})
    old = (await history(acme))[1]
    assert (old["version"], old["config"]) == (2, wanted)
    assert (await put_config(acme, old["config"])).json() == {**wanted, "version": 4}
    newest = (await history(acme))[0]
    assert newest["fields_updated"] == ["prompts_json", "scoring_rubric_json", "threshold"]


async def test_a_configuration_written_before_a_field_existed_can_still_be_read(
    acme: Company, database: Database
) -> None:
    await put_config(acme, {"threshold": 8})
    criterion = {"weight": 100, "description": "d", "keywords": []}
    async with database.system() as tx:
        await tx.connection.execute(
            "update tenant_config_history set config = %s",
            (json.dumps({"threshold": 6, "gone": 1, "scoring_rubric_json": {"g4_future": {"clarity": criterion}}}),),
        )
    newest, old = await history(acme)
    assert TenantConfig.model_validate(old["config"]).threshold == 6
    assert newest["fields_updated"] == ["scoring_rubric_json", "threshold"]
    async with database.system() as tx:
        await tx.connection.execute("update tenant_config_history set config = %s", (json.dumps({"threshold": 60}),))
    old = (await history(acme))[1]
    assert old["config"] == {**TenantConfig().model_dump(mode="json"), "threshold": 60}
    assert code(await put_config(acme, old["config"])) == (422, "INVALID_BODY")


async def test_a_version_in_the_history_has_its_criteria_in_the_order_they_were_given(acme: Company) -> None:
    rubric = {name: {"weight": 50, "description": "d"} for name in ("zeal", "be")}
    for body in ({"scoring_rubric_json": {"g4_future": rubric}}, {}):
        answer = await put_config(acme, body)
        assert answer.status_code == 200, answer.text
    old = (await history(acme))[1]
    assert list(old["config"]["scoring_rubric_json"]["g4_future"]) == ["zeal", "be"]


async def test_the_history_shows_the_newest_hundred_versions(acme: Company, database: Database) -> None:
    async with database.system() as tx:
        await tx.connection.execute("update tenant_configs set version = 151, threshold = 9")
        await tx.connection.execute(
            "insert into tenant_config_history (tenant_id, version, config, changed_by) select %s, n, "
            "jsonb_build_object('threshold', n %% 2), 'admin ' || n from generate_series(1, 150) n",
            (acme.tenant_id,),
        )
    versions = await history(acme)
    assert [v["version"] for v in versions] == list(range(151, 51, -1))
    assert (versions[-1]["changed_by"], versions[-1]["fields_updated"]) == ("admin 51", ["threshold"])


async def test_the_history_shows_fewer_versions_where_they_are_large(acme: Company, database: Database) -> None:
    async with database.system() as tx:
        await tx.connection.execute("update tenant_configs set version = 31, threshold = 9")
        await tx.connection.execute(
            "insert into tenant_config_history (tenant_id, version, config, changed_by) select %s, n, json_build_object("
            "'threshold', n %% 2, 'prompts_json', json_build_object('system_prompt', repeat('x', 190000))), "
            "'admin ' || n from generate_series(1, 30) n",
            (acme.tenant_id,),
        )
    versions = await history(acme)
    assert sum(len(json.dumps(v["config"])) for v in versions) < MOST_BYTES
    assert [v["version"] for v in versions] == list(range(31, 20, -1))
    assert (versions[-1]["changed_by"], versions[-1]["fields_updated"]) == ("admin 20", ["threshold"])
    assert versions[-1]["config"]["threshold"] == 1


def test_ours_and_the_demos_configuration_stay_far_below_the_limits() -> None:
    rubrics = {phase: rubric.criteria for phase, rubric in DEFAULT_RUBRICS.items()}
    both = DEMO_CONFIG.model_copy(update={"scoring_rubric_json": rubrics}).model_dump(mode="json")
    assert len(json.dumps(both)) < LARGEST_CONFIG / 10
    NewConfig.model_validate(both)


async def test_a_configuration_at_the_limits_is_kept(acme: Company) -> None:
    keywords = [f"word {n}" for n in range(MOST_ENTRIES)]
    criteria = {f"one_{n}": {"weight": 5, "description": "d", "keywords": keywords} for n in range(MOST_CRITERIA)}
    body = {
        "scoring_rubric_json": {"g4_future": criteria},
        "ui_flags_json": {f"show_{n}": True for n in range(MOST_ENTRIES)},
        "prompts_json": dict.fromkeys(TENANT_PROMPTS, "é" * 8000),
    }
    answer = await put_config(acme, body)
    assert answer.status_code == 200, answer.text


async def test_a_configuration_from_before_the_limits_can_be_read_and_replaced(
    acme: Company, database: Database
) -> None:
    flags = {f"show_{n}": True for n in range(MOST_ENTRIES + 1)}
    criterion = {"weight": 100, "description": "d", "keywords": [f"word {n}" for n in range(MOST_ENTRIES + 1)]}
    async with database.system() as tx:
        await tx.connection.execute(
            "update tenant_configs set ui_flags_json = %s, scoring_rubric_json = %s",
            (json.dumps(flags), json.dumps({"g4_future": {"clarity": criterion}})),
        )
    assert (await get(acme, f"config/{acme.tenant_id}")).json()["ui_flags_json"] == flags
    assert (await acme.http.get("/api/tenant", headers=acme.headers)).json()["ui_flags"] == flags
    assert (await try_out(acme, {})).status_code == 200
    assert (await put_config(acme, {})).status_code == 200
    assert (await history(acme))[1]["config"]["ui_flags_json"] == flags


async def test_the_defaults_are_what_an_empty_configuration_means(acme: Company) -> None:
    ours = await acme.admin(f"config/{acme.tenant_id}/defaults")
    assert ours["prompts"] == list(TENANT_PROMPTS)
    assert list(ours["scoring_rubric_json"]) == [phase.value for phase in GOAL_PHASES]
    answer = await put_config(acme, {name: ours[name] for name in ("scoring_rubric_json", "phases_json")})
    assert answer.status_code == 200, answer.text
    kept = TenantConfig.model_validate({k: v for k, v in answer.json().items() if k != "version"})
    for phase, spec in GOAL_PHASES.items():
        assert kept.rubric(phase).version == DEFAULT_RUBRICS[phase].version
        assert (kept.phases_json[phase].limit, kept.phases_json[phase].categories) == (spec.limit, spec.categories)


async def test_a_draft_is_scored_beside_the_current_configuration(acme: Company) -> None:
    await put_config(acme, {"threshold": 6})
    draft = {
        "scoring_rubric_json": {"g4_future": {"time_bound": {"weight": 100, "description": "Says by when"}}},
        "threshold": 9,
    }
    goals = [
        {"phase": "g4_future", "content": GOAL},
        {"phase": "g6_values", "content": "- Honesty: I report my mistakes"},
    ]
    answer = await try_out(acme, draft, *goals)
    assert answer.status_code == 200, answer.text
    future, values = answer.json()["goals"]
    for goal, told in zip(goals, (future, values), strict=True):
        assert {name: told[name] for name in goal} == goal
        now = (await acme.http.post("/api/goals/preview-score", headers=acme.headers, json=goal)).json()
        assert told["current"] == now
        assert told["change"] == round(told["draft"]["score"] - now["score"], 1)
    assert [c["name"] for c in future["draft"]["criteria"]] == ["time_bound"]
    assert future["change"] != 0
    assert (values["change"], values["current"]["threshold"], values["draft"]["threshold"]) == (0, 6, 9)


async def test_trying_out_records_nothing(acme: Company) -> None:
    before = (await acme.admin("audit-logs"))["total"]
    assert (await try_out(acme, {"threshold": 1})).status_code == 200
    assert (await acme.admin("audit-logs"))["total"] == before
    assert [v["version"] for v in await history(acme)] == [1]


async def test_a_system_key_tries_out_and_reads_for_any_company(acme: Company, system_key: str) -> None:
    assert (await try_out(acme, {}, key=system_key)).status_code == 200
    for what in ("history", "defaults"):
        assert (await get(acme, f"config/{acme.tenant_id}/{what}", system_key)).status_code == 200


@pytest.mark.parametrize(("wrong", "named"), WRONG)
async def test_a_wrong_draft_is_refused_in_the_words_of_a_put(acme: Company, wrong: Any, named: str) -> None:
    tried, put = await try_out(acme, wrong), await put_config(acme, wrong)
    assert code(tried) == (422, "INVALID_BODY")
    if isinstance(wrong, dict):
        assert tried.json() == put.json()


@pytest.mark.parametrize(
    "goals",
    [
        [{"phase": "g2_basic", "content": GOAL}],
        [{"phase": "g4_future", "content": " "}],
        [{"phase": "g4_future", "content": "x" * 5001}],
        [{"phase": "g4_future", "content": GOAL, "score": 10}],
        [{"phase": "g4_future", "content": GOAL}] * 21,
    ],
)
async def test_a_sample_that_is_no_goal_or_too_many_are_422(acme: Company, goals: list[Any]) -> None:
    assert code(await try_out(acme, {}, *goals)) == (422, "INVALID_BODY")
    empty = await post(acme, f"config/{acme.tenant_id}/preview", {"config": {}, "goals": []})
    assert code(empty) == (422, "INVALID_BODY")


async def test_the_server_answers_others_while_it_scores_the_longest_samples(
    acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores, answered = threading.Event(), threading.Event()

    def held(*sample: Any) -> Scorecard:
        scores.set()
        assert answered.wait(60)
        return preview(*sample)

    monkeypatch.setattr("server.companies.config_routes.preview", held)
    goals = [{"phase": "g8_actions", "content": (GOAL * 60)[:5000]}] * 20
    scoring = asyncio.create_task(try_out(acme, {}, *goals))
    assert await asyncio.to_thread(scores.wait, 60)
    await acme.admin("tenants")
    answered.set()
    assert (await scoring).status_code == 200


async def test_an_address_tries_out_four_times_a_second(acme: Company, advance: Advance) -> None:
    answers = await asyncio.gather(*(try_out(acme, {}) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [429]

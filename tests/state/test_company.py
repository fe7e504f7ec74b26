"""What a company may configure, and what stays ours where it doesn't."""

from typing import Any

import pytest
from pydantic import ValidationError

from state.company import Company, PhaseSettings, TenantConfig
from state.identity import proven_tenant
from state.phases import GOAL_PHASES, ORDER, Phase, next_phase
from state.records.companies.tenants import NewTenant, TenantTaken, company_of, seed_tenant
from state.records.database import Database
from state.rubric import DEFAULT_RUBRICS, Criterion
from state.text import check_storable, cleaned, storable

OWN = {"clarity": Criterion(weight=40, description="d"), "growth": Criterion(weight=60, description="d")}


def company(**config: Any) -> Company:
    return Company(name="Acme", config=TenantConfig(**config), version=1)


def test_a_companys_rubric_replaces_one_phases_and_leaves_the_others() -> None:
    config = TenantConfig(scoring_rubric_json={Phase.G6_VALUES: OWN})
    assert list(config.rubric(Phase.G6_VALUES).criteria) == ["clarity", "growth"]
    assert config.rubric(Phase.G4_FUTURE) == DEFAULT_RUBRICS[Phase.G4_FUTURE]


def test_a_rubric_that_does_not_add_up_is_refused_with_its_sum() -> None:
    wrong = {"clarity": {"weight": 40, "description": "d"}}
    with pytest.raises(ValidationError, match="add up to 40"):
        TenantConfig.model_validate({"scoring_rubric_json": {"g6_values": wrong}})


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": 10.5},
        {"threshold": -1},
        {"threshold": float("nan")},
        {"threshold": float("inf")},
        {"session_expiration_days": 0},
        {"session_expiration_days": 366},
        {"llm_model": ""},
        {"colour": "blue"},
        {"scoring_rubric_json": {"done": {}}},
        {"scoring_rubric_json": {"g4_future": {}}},
        {"phases_json": {"g2_basic": {}}},
        {"phases_json": {"g4_future": {"limit": 10}}},
        {"phases_json": {"g4_future": {"categories": ["Not A Slug"]}}},
        {"prompts_json": {"system_prompt": "nul \x00"}},
        {"ui_flags_json": {"lone \ud800": True}},
    ],
)
def test_a_wrong_value_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TenantConfig.model_validate(wrong)


def test_a_brief_takes_the_companys_phase_settings_before_ours() -> None:
    own = PhaseSettings(limit=500, horizon_months=12, categories=("handbook",))
    brief = company(phases_json={Phase.G4_FUTURE: own}).brief(Phase.G4_FUTURE)
    assert (brief["limit"], brief["horizon_months"], brief["categories"]) == (500, 12, ["handbook"])
    assert "12 months" in brief["question"]


def test_a_brief_without_settings_is_the_specifications() -> None:
    brief = company().brief(Phase.G4_FUTURE)
    assert (brief["limit"], brief["horizon_months"], brief["threshold"]) == (300, 24, 7)
    assert company().brief(Phase.G6_VALUES)["limit"] == company().brief(Phase.G8_ACTIONS)["limit"] == 1200
    assert company().brief(Phase.G8_ACTIONS)["horizon_months"] == 6


def test_an_empty_list_of_categories_is_kept_as_a_choice() -> None:
    assert (
        company(phases_json={Phase.G4_FUTURE: PhaseSettings(categories=())}).brief(Phase.G4_FUTURE)["categories"] == []
    )


def test_the_last_phases_next_question_is_empty() -> None:
    assert company().brief(Phase.G8_ACTIONS)["next_question"] == ""
    assert company().brief(Phase.G4_FUTURE)["next_question"] == company().question(Phase.G6_VALUES)


def test_phases_follow_each_other_and_done_stays_done() -> None:
    assert [next_phase(phase) for phase in ORDER] == [*ORDER[1:], Phase.DONE]
    assert [spec.completion for spec in GOAL_PHASES.values()] == [33, 66, 100]


async def test_a_seeded_company_keeps_its_whole_configuration(database: Database) -> None:
    config = TenantConfig(
        prompts_json={"system_prompt": "Be brief."},
        scoring_rubric_json={Phase.G6_VALUES: OWN},
        phases_json={Phase.G4_FUTURE: PhaseSettings(limit=400)},
        threshold=6.5,
        ui_flags_json={"confirm_refined_goal": True},
        rag_enabled=False,
        session_expiration_days=30,
        llm_model="openai:gpt-4o",
    )
    row, _ = await seed_tenant(database, NewTenant("acme", "Acme", "acme.example", "hr@acme.example", config=config))
    async with database.tenant(proven_tenant(row.id)) as tx:
        assert (await company_of(tx)).config == config


@pytest.mark.parametrize(("slug", "domain"), [("acme", "other.example"), ("other", "acme.example")])
async def test_a_taken_slug_or_domain_is_refused_by_name(database: Database, slug: str, domain: str) -> None:
    await seed_tenant(database, NewTenant("acme", "Acme", "acme.example", "hr@acme.example"))
    with pytest.raises(TenantTaken, match=slug):
        await seed_tenant(database, NewTenant(slug, "Other", domain, "hr@other.example"))


def test_text_that_cannot_be_kept_is_found_at_any_depth() -> None:
    deep: Any = "bad \x00"
    for _ in range(5000):
        deep = [deep]
    for value in (deep, {"a": {"b": ["\udc00"]}}, {"\x00": 1}):
        with pytest.raises(ValueError, match="null character"):
            check_storable(value)
    assert check_storable({"a": ["fine 😀", 1, None]}) == {"a": ["fine 😀", 1, None]}


def test_cleaned_text_can_be_kept_and_is_otherwise_the_same() -> None:
    assert cleaned("a\x00b\ud800c 😀") == "abc 😀"
    assert storable(cleaned("\x00\ud800"))

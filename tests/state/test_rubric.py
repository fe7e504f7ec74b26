"""A rubric's levels: all six or none, kept as given, and part of its version."""

from typing import Any

import pytest
from pydantic import ValidationError

from state.company import TenantConfig
from state.phases import GOAL_PHASES, Phase
from state.rubric import ANCHORS, DEFAULT_RUBRICS, Criterion, Rubric

LEVELS = {str(anchor): f"Words for {anchor}" for anchor in ANCHORS}


def criterion(**changes: Any) -> Criterion:
    return Criterion.model_validate({"weight": 100, "description": "Makes work safer", **changes})


def rubric(**changes: Any) -> Rubric:
    return Rubric(criteria={"safety": criterion(**changes)})


def test_levels_may_be_left_out() -> None:
    assert criterion().levels is None


@pytest.mark.parametrize("missing", list(LEVELS))
def test_a_missing_level_is_refused_by_its_number(missing: str) -> None:
    given = {anchor: words for anchor, words in LEVELS.items() if anchor != missing}
    with pytest.raises(
        ValidationError, match=f"no words for {missing}: describe 0, 2, 4, 6, 8, 10, or leave levels out"
    ):
        criterion(levels=given)


def test_a_level_that_is_no_anchor_is_refused_by_its_number() -> None:
    with pytest.raises(ValidationError, match="no level is called 5"):
        criterion(levels={**LEVELS, "5": "Halfway"})


@pytest.mark.parametrize("levels", [{}, {**LEVELS, "6": ""}, {**LEVELS, "6": "x" * 301}, {**LEVELS, "six": "words"}])
def test_levels_without_their_words_are_refused(levels: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        criterion(levels=levels)


def test_levels_stand_in_order_whatever_order_they_were_given_in() -> None:
    given = dict(reversed(LEVELS.items()))
    levels = criterion(levels=given).levels
    assert levels is not None
    assert list(levels) == list(ANCHORS)


def test_a_company_with_levels_and_one_without_are_kept_as_given() -> None:
    criteria = {
        "safety": {"weight": 60, "description": "d", "levels": LEVELS, "example": "Wear a helmet"},
        "calm": {"weight": 40, "description": "d"},
    }
    config = TenantConfig.model_validate({"scoring_rubric_json": {"g8_actions": criteria}})
    dumped = config.model_dump(mode="json")
    kept = dumped["scoring_rubric_json"]["g8_actions"]
    assert (kept["safety"]["levels"], kept["safety"]["example"]) == (LEVELS, "Wear a helmet")
    assert kept["calm"]["levels"] is None
    assert TenantConfig.model_validate(dumped) == config
    assert (
        TenantConfig.model_validate(dumped).rubric(Phase.G8_ACTIONS).version == config.rubric(Phase.G8_ACTIONS).version
    )


def test_the_version_changes_with_a_level_and_with_the_example() -> None:
    versions = {
        rubric().version,
        rubric(levels=LEVELS).version,
        rubric(levels={**LEVELS, "4": "Other words"}).version,
        rubric(levels=LEVELS, example="Wear a helmet").version,
    }
    assert len(versions) == 4


def test_a_rubric_without_levels_keeps_the_version_that_older_goals_were_scored_under() -> None:
    assert rubric().version == "c8f9a26ee3ad"


@pytest.mark.parametrize("phase", list(GOAL_PHASES))
def test_each_of_our_criteria_describes_every_level_and_has_an_example(phase: Phase) -> None:
    for name, ours in DEFAULT_RUBRICS[phase].criteria.items():
        assert ours.levels is not None, name
        assert list(ours.levels) == list(ANCHORS), name
        assert len(set(ours.levels.values())) == len(ANCHORS), name
        assert ours.example, name

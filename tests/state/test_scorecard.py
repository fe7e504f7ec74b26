"""Totals are computed in code, from levels and weights."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from state.phases import GOAL_PHASES, Phase
from state.rubric import DEFAULT_RUBRICS, Criterion, Rubric
from state.scorecard import Judgement, Verdict, half_step, score_goal, to_mend


def judgement(**levels: float) -> Judgement:
    verdicts = tuple(Verdict(name, level, "because", "") for name, level in levels.items())
    return Judgement(verdicts, "feedback", ("suggestion",), "rules", "1")


def rubric(**weights: int) -> Rubric:
    return Rubric(criteria={name: Criterion(weight=weight, description="d") for name, weight in weights.items()})


SARAH = judgement(specificity=9, measurability=9, time_bound=10, alignment=9)
FUTURE = DEFAULT_RUBRICS[Phase.G4_FUTURE]


def test_the_specifications_example_comes_to_27_and_9_2() -> None:
    card = score_goal(SARAH, FUTURE, 7)
    assert [c["weighted_score"] for c in card["criteria"]] == [27.0, 22.5, 20.0, 22.5]
    assert card["score"] == 9.2
    assert card["meets_threshold"]


def test_a_score_at_the_threshold_meets_it_and_just_below_does_not() -> None:
    even = rubric(one=100)
    assert score_goal(judgement(one=7), even, 7)["meets_threshold"]
    assert not score_goal(judgement(one=6.5), even, 7)["meets_threshold"]


def test_a_half_is_rounded_up_never_to_even() -> None:
    assert score_goal(judgement(one=6.5, two=6), rubric(one=50, two=50), 7)["score"] == 6.3


@pytest.mark.parametrize(("given_level", "kept"), [(-3, 0), (0.2, 0), (0.3, 0.5), (7.6, 7.5), (9.8, 10), (11, 10)])
def test_levels_are_brought_onto_half_steps_between_0_and_10(given_level: float, kept: float) -> None:
    assert half_step(given_level) == kept


def test_criteria_keep_the_rubrics_order_whatever_the_judges_is() -> None:
    mixed = judgement(alignment=1, time_bound=2, specificity=3, measurability=4)
    assert [c["name"] for c in score_goal(mixed, FUTURE, 7)["criteria"]] == list(FUTURE.criteria)


@pytest.mark.parametrize("levels", [{"one": 5}, {"one": 5, "two": 5, "three": 5}, {"one": 5, "other": 5}])
def test_a_judgement_of_other_criteria_is_refused(levels: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="rubric asks for"):
        score_goal(judgement(**levels), rubric(one=50, two=50), 7)


def mended_first(*verdicts: Verdict) -> list[str]:
    """What the writer of a goal is to mend, under a rubric of three criteria."""
    card = score_goal(Judgement(verdicts, "", (), "", ""), rubric(small=10, large=80, fit=10), 7)
    return [criterion["name"] for criterion in to_mend(card)]


def test_what_costs_most_points_is_mended_first_and_what_nobody_can_mend_not_at_all() -> None:
    small, large, fit = Verdict("small", 2, "", ""), Verdict("large", 6, "", ""), Verdict("fit", 0, "", "")
    assert mended_first(small, large, fit) == ["large", "fit", "small"]
    assert mended_first(small, large, replace(fit, mendable=False)) == ["large", "small"]
    assert mended_first(replace(small, score=10), replace(large, score=10), replace(fit, mendable=False)) == ["fit"]


@given(st.lists(st.floats(0, 10), min_size=4, max_size=4))
def test_a_score_lies_between_its_lowest_and_highest_level(levels: list[float]) -> None:
    card = score_goal(judgement(**dict(zip(FUTURE.criteria, levels, strict=True))), FUTURE, 7)
    steps = [half_step(level) for level in levels]
    assert min(steps) - 0.05 <= card["score"] <= max(steps) + 0.05
    assert all(c["weighted_score"] == c["score"] * c["weight"] / 10 for c in card["criteria"])


@pytest.mark.parametrize(("weights", "total"), [({"one": 60, "two": 30}, 90), ({"one": 60, "two": 50}, 110)])
def test_weights_must_add_up_to_100_and_the_refusal_names_the_sum(weights: dict[str, int], total: int) -> None:
    with pytest.raises(ValidationError, match=f"add up to {total}"):
        rubric(**weights)


@pytest.mark.parametrize("weight", [0, -10, 101])
def test_a_weight_outside_1_to_100_is_refused(weight: int) -> None:
    with pytest.raises(ValidationError):
        Criterion(weight=weight, description="d")


@pytest.mark.parametrize("phase", list(GOAL_PHASES))
def test_our_own_rubrics_add_up(phase: Phase) -> None:
    assert sum(c.weight for c in DEFAULT_RUBRICS[phase].criteria.values()) == 100


def test_a_rubrics_version_changes_with_a_weight_and_only_then() -> None:
    assert rubric(one=50, two=50).version == rubric(one=50, two=50).version
    assert rubric(one=50, two=50).version != rubric(one=40, two=60).version

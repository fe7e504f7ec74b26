"""Links follow from what two goals share, and say so in both goals' words."""

import re

import pytest

from nodes.links import link_goals
from nodes.rules.compose import compose
from state.phases import Phase
from tests.nodes.employees import ALL, NURSE, SARAH, Employee
from tests.nodes.test_compose import briefing


def goal(employee: Employee, phase: Phase) -> str:
    """The employee's composed goal."""
    return compose(briefing(phase, employee.says[phase]))["text"]


def quotes(note: str) -> list[str]:
    """What a note quotes."""
    return re.findall(r"“([^”]+)”", note)


def test_sarahs_links_are_strong() -> None:
    actions = goal(SARAH, Phase.G8_ACTIONS)
    assert link_goals(actions, goal(SARAH, Phase.G4_FUTURE), "future")[0] >= 7
    assert link_goals(actions, goal(SARAH, Phase.G6_VALUES), "values")[0] >= 7


@pytest.mark.parametrize("planner", ALL, ids=lambda e: str(e.profile["name"]))
@pytest.mark.parametrize("dreamer", ALL, ids=lambda e: str(e.profile["name"]))
def test_a_foreign_vision_is_hardly_linked_and_both_texts_are_quoted(planner: Employee, dreamer: Employee) -> None:
    actions, vision = goal(planner, Phase.G8_ACTIONS), goal(dreamer, Phase.G4_FUTURE)
    strength, note = link_goals(actions, vision, "future")
    ours, theirs = quotes(note)
    assert ours in actions
    assert theirs in vision
    assert strength >= 5 if planner is dreamer else strength <= 3
    assert ("share little" in note) == (planner is not dreamer)


def test_empty_texts_do_not_link() -> None:
    strength, note = link_goals("", goal(NURSE, Phase.G4_FUTURE), "future")
    assert strength == 1
    assert note

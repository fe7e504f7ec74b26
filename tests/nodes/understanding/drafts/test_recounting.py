"""A number weighed in passing takes the place of the one it is weighed against."""

import pytest

from nodes.understanding.drafts.room import revise
from nodes.understanding.drafts.shown import Shown
from state.phases import Phase

DRAFT = "Become head gardener by May 2028 and train 2 apprentices in 8 gardens."


def after(draft: str, message: str, phase: Phase = Phase.G4_FUTURE) -> str:
    made = revise(message, Shown.of(phase, draft), ())
    return made.shown.text if made else draft


@pytest.mark.parametrize(
    ("message", "changed"),
    [
        ("hm 8 is a lot. 5", ("8 gardens", "5 gardens")),
        ("rather 6, 8 was too many", ("8 gardens", "6 gardens")),
        ("make it 1 apprentice, 2 is too much", ("2 apprentices", "1 apprentice")),
        ("8 is too ambitious, 4 is fine", ("8 gardens", "4 gardens")),
        ("the 2 apprentices, better 3", ("2 apprentices", "3 apprentices")),
        ("three not two", ("2 apprentices", "three apprentices")),
    ],
)
def test_the_new_number_stands_for_the_old(message: str, changed: tuple[str, str]) -> None:
    assert after(DRAFT, message) == DRAFT.replace(*changed)


@pytest.mark.parametrize("message", ["nah lets stay with 12", "make it 12", "sorry, 12"])
def test_a_number_alone_is_for_the_only_one(message: str) -> None:
    assert after("Run a workshop with 15 places.", message) == "Run a workshop with 12 places."


@pytest.mark.parametrize("message", ["is 8 too many?", "8 gardens and 2 apprentices are fine"])
def test_what_weighs_no_new_number_changes_none(message: str) -> None:
    assert after(DRAFT, message) == DRAFT


def test_values_told_of_again_leave_the_others() -> None:
    draft = "Core values:\n• Order: I label each crate\n• Tact\n• Grit"
    told = after(draft, "tact: i never shout. grit: i stay until it is done", Phase.G6_VALUES)
    assert "Order: I label each crate" in told
    assert "I never shout" in told or "i never shout" in told

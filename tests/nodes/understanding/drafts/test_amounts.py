"""Amounts and times said at a draft: each takes the place of its like, and what contradicts nothing is more of it."""

import pytest

from nodes.understanding.drafts.room import revise
from nodes.understanding.drafts.shown import Shown
from state.phases import Phase


def after(draft: str, message: str) -> str:
    made = revise(message, Shown.of(Phase.G4_FUTURE, draft), ())
    assert made is not None
    return made.shown.text


BAKER = "By the end of 2027, become head baker and train 9 apprentices."


@pytest.mark.parametrize(
    "message", ["no i said 7 apprentices and not end 2027 but autumn 2028", "7 apprentices, autumn 2028"]
)
def test_several_values_of_one_message_find_their_places(message: str) -> None:
    assert after(BAKER, message) == "By autumn 2028, become head baker and train 7 apprentices."


def test_an_amount_that_contradicts_nothing_is_added() -> None:
    told = after("Become head baker by autumn 2028.", "12 new recipes a year")
    assert told == "Become head baker by autumn 2028, 12 new recipes a year."


def test_a_wrong_word_that_does_not_stand_there_changes_nothing() -> None:
    draft = "Become sous-chef for pastry by May 2028."
    assert after(draft, "it's pastry, not pasty") == draft

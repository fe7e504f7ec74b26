"""Steps and values are spoken of by their numbers as they are shown, by their words, and by their names."""

# ruff: noqa: E501 - sentences stand unbroken

import pytest

from state.phases import Phase
from tests.nodes.understanding.drafts.drafting import after, listed, parts

STEPS, VALUES = Phase.G8_ACTIONS, Phase.G6_VALUES
GONE = {
    "delete 2": {2}, "number 4 out please": {4}, "remove the last step": {4}, "2 and 3 are nonsense": {2, 3},
    "take out the first two": {1, 2}, "take 3 out, it was a joke haha": {3}, "Löschen Sie Nummer 3": {3}, "quita el número 2": {2},
    "enlève le numéro 4": {4}, "usuń numer 1": {1}, "no van please": {4}, "the van was a joke": {4}, "take out the tariff": {3},
    "drop the tariff and the van": {3, 4}, "keep only 1": {2, 3, 4}, "only the heat pumps and the van": {2, 3},
    "just the last one": {1, 2, 3}, "only the second one": {1, 3, 4}, "the landlord thing isn't needed any more": {2},
}  # fmt: skip
SET = {
    "number 3 should say: read the new tariff twice by April": (3, "Read the new tariff twice by April"),
    "step 2: 'Call every landlord twice a week'": (2, "Call every landlord twice a week"),
    "the third one should be 'read the tariff guide'": (3, "Read the tariff guide"),
    "number 1 by June please": (1, "Fit four heat pumps by June"),
    "number 1 is six heat pumps": (1, "Fit six heat pumps by May"),
    "step 2 is twice a week": (2, "Call every landlord twice a week"),
    "the last one is by April, not March": (4, "Order the van by April"),
    "Fit five heat pumps by May": (1, "Fit five heat pumps by May"),
    "order the van by April": (4, "Order the van by April"),
    "swap number 1 for fit three chargers by May": (1, "Fit three chargers by May"),
    "it's 'two vans'": (4, "Order two vans by March"),
    "please delete 'by March'": (4, "Order the van"),
}


@pytest.mark.parametrize("message", GONE)
def test_steps_go_by_the_numbers_and_words_as_shown(message: str) -> None:
    assert listed(STEPS, message) == tuple(
        part for number, part in enumerate(parts(STEPS), 1) if number not in GONE[message]
    )


@pytest.mark.parametrize("message", SET)
def test_one_step_is_put_right_and_the_others_stay(message: str) -> None:
    number, text = SET[message]
    before = parts(STEPS)
    assert listed(STEPS, message) == (*before[: number - 1], text, *before[number:])


@pytest.mark.parametrize(
    "message",
    [
        "put the boiler log back",
        "where did the boiler log go?",
        "you lost explaining the boiler log",
        "bring back the boiler log please",
        "why did you take the boiler log out? put it back",
        "what happened to the boiler log?",
        "undo the boiler log",
    ],
)
def test_what_was_lost_holds_again(message: str) -> None:
    lost = ("get Nadia to explain the boiler log", "label the meters in block C")
    assert listed(STEPS, message, *lost) == (*parts(STEPS), "Get Nadia to explain the boiler log")


def test_put_it_back_means_what_was_lost_last() -> None:
    assert listed(STEPS, "put it back", "label the meters", "paint the gate")[-1] == "Label the meters"


def test_a_list_said_anew_replaces_the_old_one() -> None:
    told = "1. Fit six heat pumps by May 2. Call each landlord weekly 3. Order the van by April"
    assert listed(STEPS, told) == ("Fit six heat pumps by May", "Call each landlord weekly", "Order the van by April")


def test_a_list_behind_start_over_is_the_new_one() -> None:
    made = listed(STEPS, "clear all of it and begin again: 1. sweep the yard daily 2. paint the gate by May")
    assert made == ("Sweep the yard daily", "Paint the gate by May")


@pytest.mark.parametrize(("message", "first"), [("put the van first", 3), ("number 3 to the top please", 2)])
def test_the_order_changes_and_nothing_else(message: str, first: int) -> None:
    before = parts(STEPS)
    assert listed(STEPS, message) == (before[first], *before[:first], *before[first + 1 :])


@pytest.mark.parametrize(
    ("message", "at", "text"),
    [
        ("the first value is called justice", 0, "Justice: splitting the tips evenly"),
        ("fairness should be evenness", 0, "Evenness: splitting the tips evenly"),
        ("the last one is just 'order'", 2, "Order: wiping the bench twice"),
        ("my bench, not the bench", 2, "Tidiness: wiping my bench twice"),
        ("'my bench', please", 2, "Tidiness: wiping my bench twice"),
        ("remove 'evenly'", 0, "Fairness: splitting the tips"),
        ("number 2 is wrong, it's 'Graft: coming in early'", 1, "Graft: coming in early"),
        ("it should say 'wiping the bench twice a day'", 2, "Tidiness: wiping the bench twice a day"),
    ],
)
def test_one_value_is_put_right_and_the_others_stay(message: str, at: int, text: str) -> None:
    before = parts(VALUES)
    assert listed(VALUES, message) == (*before[:at], text, *before[at + 1 :])


@pytest.mark.parametrize("message", ["delete graft", "graft is out", "no graft please", "take out number 2"])
def test_a_value_goes_with_what_shows_it(message: str) -> None:
    assert listed(VALUES, message) == (parts(VALUES)[0], parts(VALUES)[2])


def test_a_value_lost_comes_back_with_what_shows_it() -> None:
    made = listed(VALUES, "you've lost patience", "Patience: never rushing a handover")
    assert made == (*parts(VALUES), "Patience: never rushing a handover")


def test_praise_is_no_value() -> None:
    assert after(VALUES, "Champion!").shown.parts == parts(VALUES)

"""Words of the draft that are named go, change or come back; the rest of the text stays as it is."""

import pytest

from state.phases import Phase
from tests.nodes.understanding.drafts.drafting import VISION, after, vision

OUT = {
    "drop 'in Lund'": "in Lund",
    "remove in Lund from the text": "in Lund",
    "'a year' shouldn't be there": "a year",
    "quita 'in Lund'": "in Lund",
    "enlevez « in Lund »": "in Lund",
    "proszę skasować 'in Lund'": "in Lund",
    "ohne 'in Lund' bitte": "in Lund",
    "the apprentices have no business there": "apprentices",
    "get rid of teach 3 apprentices a year": "teach 3 apprentices a year",
    "kill the shop, can't afford it": "shop",
    "strike the Lund bit please": "Lund",
    "no apprentices please": "apprentices",
    "without the second shop": "second shop",
    "leave the apprentices out": "apprentices",
}
SWAPS = {
    "Malmö, not Lund": ("Lund", "Malmö"),
    "not Lund, Malmö": ("Lund", "Malmö"),
    "it's Malmö instead of Lund": ("Lund", "Malmö"),
    "Lund -> Malmö": ("Lund", "Malmö"),
    "replace Lund with Malmö": ("Lund", "Malmö"),
    "Lund should be Malmö": ("Lund", "Malmö"),
    "Malmö nicht Lund": ("Lund", "Malmö"),
    "'head', not 'lead'": ("lead", "head"),
    "change 'a second shop' to 'my own shop'": ("a second shop", "my own shop"),
    "lead florist should be called head florist": ("lead florist", "head florist"),
    "make it 4 apprentices": ("3 apprentices", "4 apprentices"),
    "'four apprentices', not three": ("3 apprentices", "four apprentices"),
    "2029 please": ("2028", "2029"),
    "it's 'my own second shop'": ("a second shop", "my own second shop"),
    "says Lund, change it to Malmö": ("Lund", "Malmö"),
}


@pytest.mark.parametrize("message", OUT)
def test_named_words_go_and_no_other_clause_does(message: str) -> None:
    text = vision(message)
    assert OUT[message] not in text
    assert text.startswith("By the end of 2028, become lead florist")
    assert text.endswith(".")


@pytest.mark.parametrize("message", SWAPS)
def test_named_words_give_way_to_the_new_ones_and_nothing_else_changes(message: str) -> None:
    old, new = SWAPS[message]
    assert vision(message) == VISION.replace(old, new)


@pytest.mark.parametrize(
    "message",
    ["remove pineapple", "replace bananas with pears", "delete the thing about Paris", "put the hamster back"],
)
def test_what_is_not_there_changes_nothing_and_is_named(message: str) -> None:
    made = after(Phase.G4_FUTURE, message)
    assert (made.verdict, made.shown.text) == ("missing", VISION)
    assert any(word in message for word in made.missing)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("add 'with my sister'", "with my sister"),
        ("you forgot the wedding flowers", "the wedding flowers"),
        ("you missed: sell at the market every Saturday", "sell at the market every Saturday"),
        ("please include the wedding stall", "the wedding stall"),
        ("and also run the wedding stall", "run the wedding stall"),
        ("ajoutez « with my sister »", "with my sister"),
    ],
)
def test_what_is_missing_is_added_to_all_that_stands(message: str, words: str) -> None:
    text = vision(message)
    assert words in text
    assert all(part in text for part in ("lead florist", "a second shop in Lund", "teach 3 apprentices a year", "2028"))


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("only the shop", "By the end of 2028, open a second shop in Lund."),
        ("just lead florist, nothing else", "By the end of 2028, become lead florist."),
        ("forget the rest, just the shop in Lund", "By the end of 2028, open a second shop in Lund."),
        ("become head of the market by 2029. Forget the rest.", "Become head of the market by 2029."),
    ],
)
def test_only_what_is_named_stays(message: str, text: str) -> None:
    assert vision(message) == text


def test_several_edits_in_one_message_are_all_done() -> None:
    assert vision("drop 'a year'. also Lund -> Malmö") == VISION.replace(" a year", "").replace("Lund", "Malmö")
    assert vision("change 2028 to 2029 and Lund to Malmö") == VISION.replace("2028", "2029").replace("Lund", "Malmö")


@pytest.mark.parametrize(
    "message",
    [
        "no: become head of the market and open a second shop in Lund by the end of 2029",
        "I said become head of the market and open a second shop in Lund by the end of 2029.",
        "replace everything with: I would like to become head of the market and open a second shop in Lund by the end of 2029",
        "the goal should say: become head of the market and open a second shop in Lund by the end of 2029",
        "Still wrong. Just write: become head of the market and open a second shop in Lund by the end of 2029",
        "it should read 'Become head of the market and open a second shop in Lund by the end of 2029.'",
        "once more: I want to become head of the market and open a second shop in Lund by the end of 2029",
    ],
)
def test_a_goal_said_anew_replaces_the_whole_word_for_word(message: str) -> None:
    assert vision(message) == "Become head of the market and open a second shop in Lund by the end of 2029."


def test_complaints_and_commands_never_get_into_the_goal() -> None:
    text = vision("you mangled that, mate. take out the Lund bit. wtf. and drop 'a year' please")
    assert text == "By the end of 2028, become lead florist and teach 3 apprentices."

"""What people say of their values, in whatever form, as one list with how each shows, word for word."""

import pytest

from nodes.understanding.own_values import Value, read_values
from nodes.understanding.reading import hold
from state.phases import Phase


def heard(*messages: str) -> list[tuple[str, str]]:
    """Name and showing of each value, read the way a conversation is."""
    return [(value.name, value.shown) for value in read_values(hold(messages, Phase.G6_VALUES))]


def names(*messages: str) -> list[str]:
    return [name.lower() for name, _ in heard(*messages)]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("tidiness, respect and grit", ["tidiness", "respect", "grit"]),
        ("Warmth. Order. Speaking up for the new ones.", ["warmth", "order", "speaking up for the new ones"]),
        ("being early, remembering faces, humour", ["being early", "remembering faces", "humour"]),
        ("I'd say thrift, candour and clear words", ["thrift", "candour", "clear words"]),
        ("What counts for me is that children feel safe", ["children feel safe"]),
        ("craft; ownership; teaching in the open", ["craft", "ownership", "teaching in the open"]),
    ],
)
def test_values_may_be_words_phrases_or_deeds(said: str, named: list[str]) -> None:
    assert names(said) == named


@pytest.mark.parametrize(
    ("said", "name", "shown"),
    [
        ("grit cos i finish what i start", "grit", "I finish what I start"),
        ("Tact - never raise it in front of others", "Tact", "never raise it in front of others"),
        ("candour, i tell the client before they find out", "candour", "I tell the client before they find out"),
        ("Discretion: I do not discuss wages with anyone", "Discretion", "I do not discuss wages with anyone"),
        ("discipline, i leave at 6:15, not 6:30", "discipline", "I leave at 6:15, not 6:30"),
        ("The third one's order in the shed, I hang up each tool", "order in the shed", "I hang up each tool"),
        ("craft means i redo it if the seam is off", "craft", "I redo it if the seam is off"),
        ("warmth (i ask after their kids)", "warmth", "I ask after their kids"),
    ],
)
def test_a_deed_stays_as_it_was_told(said: str, name: str, shown: str) -> None:
    assert heard(said) == [(name, shown)]


def test_deeds_in_a_row_go_to_the_values_in_theirs() -> None:
    told = heard("Order, tact and grit.", "I label each crate; I never shout; I stay until the truck has left.")
    assert told == [
        ("Order", "I label each crate"),
        ("tact", "I never shout"),
        ("grit", "I stay until the truck has left"),
    ]


def test_several_are_told_of_in_one_sentence() -> None:
    told = dict(heard("warmth, thrift", "thrift = i reuse the boxes, warmth: i greet the drivers"))
    assert told == {"warmth": "I greet the drivers", "thrift": "I reuse the boxes"}


def test_a_value_is_told_of_by_one_of_its_words() -> None:
    told = dict(heard("being early, remembering faces", "early: i open at half five. faces: i write them down"))
    assert told == {"being early": "I open at half five", "remembering faces": "I write them down"}


def test_what_says_the_same_again_adds_nothing() -> None:
    assert heard("tact, i knock first", "i said tact, i knock first") == [("tact", "I knock first")]


@pytest.mark.parametrize("said", ["I'd rather not say", "that's private", "I'm worn out", "no comment"])
def test_a_refusal_or_a_feeling_shows_no_value(said: str) -> None:
    assert heard("order, warmth, tact", said) == [("order", ""), ("warmth", ""), ("tact", "")]


def test_a_word_that_carries_nothing_is_no_value() -> None:
    assert read_values(("And calm, well, I never sigh on the phone",)) == [
        Value("calmness", "I never sigh on the phone")
    ]

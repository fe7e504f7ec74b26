"""A plan and a vision say what was said: each thing for itself, as a deed, in its own words, written as one writes them."""

import re

import pytest

from nodes.english.imperatives import imperative
from nodes.english.spelling import to_you, written
from nodes.rules.actions import on_time
from nodes.rules.compose import compose
from nodes.rules.keeping import never_worse
from nodes.understanding.reading import hold
from state.phases import Phase
from tests.nodes.test_compose import briefing

LINE = re.compile(r"(?m)^\d+\. (.+)$")


def goal(phase: Phase, *said: str) -> str:
    """The goal after what was said, as the conversation composes it."""
    brief = briefing(phase, hold(said, phase.value))
    return never_worse(compose(brief), brief)["text"]


def steps(*said: str) -> list[str]:
    """The lines of a plan."""
    return LINE.findall(goal(Phase.G8_ACTIONS, *said))


@pytest.mark.parametrize(
    ("said", "deed"),
    [
        ("the cellar is swept and mopped by the end of May", "sweep and mop the cellar"),
        ("6 bikes repaired every week", "repair 6 bikes"),
        ("first-aid kit checked each month", "check the first-aid kit"),
        ("handover log filled in every night", "fill in the handover log"),
        ("one apprentice shown the forge by March", "show one apprentice the forge"),
        ("all ladders put back after work", "put back all ladders"),
        ("returns should go down from 9% to 4%", "bring returns down from 9% to 4%"),
        ("returns max 4 a week", "keep returns to at most 4 a week"),
        ("breakages under 2% until June", "keep breakages under 2%"),
    ],
)
def test_what_shall_become_of_a_thing_is_told_as_a_deed(said: str, deed: str) -> None:
    assert imperative(said).startswith(deed)


@pytest.mark.parametrize(
    "said",
    [
        "nurse qualified in wound care",
        "a stall run by two people",
        "less time wasted on forms",
        "have the oven cleaned",
        "be promoted to foreman",
    ],
)
def test_what_is_no_passive_of_ones_own_stays(said: str) -> None:
    assert imperative(said) == said


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("welding course in april, 2 gates a week until june, no accidents", 3),
        ("learn the new oven, train 2 bakers, less waste", 3),
        ("stock count done by may, the freezer defrosted in march", 2),
        ("close the till in 10 minutes instead of 15 from march on and train 2 students", 2),
        ("cut queues from 9 to 5 minutes by april and look after 3 trainees", 2),
        ("learn the scanner by march, and by may i pack 9 crates", 2),
        ("rewrite the recipe book, 60 recipes, by june", 0),
        ("2 tours a month until june and 30 new members", 2),
        ("fix the boiler with Ana and Tom by may", 0),
    ],
)
def test_each_step_of_a_list_stands_on_its_own_line(said: str, count: int) -> None:
    assert len(steps(said)) in ({count} if count else {0, 1})


@pytest.mark.parametrize(
    ("phase", "said", "words"),
    [
        (Phase.G4_FUTURE, "i want to run my own bakery with my sister by 2029", "run my own bakery with my sister"),
        (Phase.G4_FUTURE, "i'd like to do the books myself and be home by five", "do the books myself"),
        (Phase.G4_FUTURE, "become head gardener with 4 people under me", "4 people under me"),
        (Phase.G8_ACTIONS, "shadow our head nurse one day a month until june", "our head nurse one day a month"),
        (Phase.G8_ACTIONS, "ask Lena to teach me the accounts by may", "teach me the accounts"),
        (Phase.G8_ACTIONS, "inspect 3 wards a week on my own", "on my own"),
        (Phase.G8_ACTIONS, "answer calls within 3 rings as well as mails", "as well as mails"),
    ],
)
def test_whose_it_is_and_who_does_it_stays(phase: Phase, said: str, words: str) -> None:
    assert words in goal(phase, said).lower().replace("lena", "Lena")


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("a instructor, an user and a hour", "an instructor, a user and an hour"),
        ("by end of may with the hr team, w/ Kim", "by the end of May with the HR team, with Kim"),
        ("on mondays i learn french", "on Mondays I learn French"),
        ("i may march on", "I may march on"),
        ("it takes 2 hr", "it takes 2 hr"),
        ("write to me@hr.com", "write to me@hr.com"),
    ],
)
def test_haste_is_written_out(said: str, whole: str) -> None:
    assert written(said) == whole


@pytest.mark.parametrize("text", ["by the end of May", "an HR manager on Mondays", "I may march on", "2 hr"])
def test_what_is_written_well_stays(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize(
    ("said", "opens"),
    [
        (("gardener in the palm house", "2028"), "By 2028, become a gardener"),
        (("sous chef. 2 years. team of 5",), "Within 2 years, become a sous chef"),
        (("to have moved all 8 clients to the new desk by May 2028",), "Move all 8 clients"),
        (
            ("I will have led two audits, trained 3 juniors and been elected to the board by 2029",),
            "Lead two audits, train 3 juniors and be elected",
        ),
        (("be appointed as the ward sister by 2028",), "Be appointed"),
        (("be home by six and lead the day shift by 2028",), "Be home by six"),
        (("my sales have to go from 200k to 300k by 2028",), "Raise my sales from 200k to 300k"),
    ],
)
def test_a_vision_opens_with_what_one_will_do(said: tuple[str, ...], opens: str) -> None:
    assert goal(Phase.G4_FUTURE, *said).startswith(opens)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("lead a kitchen of 6", "open a second kitchen of 4"),
        ("train 3 drivers", "drive 3 trains"),
        ("2 workshops a year", "8 workshops a year"),
    ],
)
def test_what_only_sounds_alike_is_told_twice(first: str, second: str) -> None:
    text = goal(Phase.G4_FUTURE, f"{first}. also {second}")
    assert set(re.findall(r"\w+", f"{first} {second}")) <= set(re.findall(r"\w+", text.lower()))


def test_the_coach_speaks_to_the_employee() -> None:
    assert (
        to_you("run my own shop, where I am myself, with our team")
        == "run your own shop, where you are yourself, with your team"
    )


@pytest.mark.parametrize(
    ("time", "said"),
    [("May 2028", "by May 2028"), ("By March", "by March"), ("2029", "by 2029"), ("Within 2 years", "within 2 years")],
)
def test_a_day_gets_its_preposition(time: str, said: str) -> None:
    assert on_time(time) == said


@pytest.mark.parametrize(
    "said", ["Bueno, jefa de planta en mayo de 2028", "Guten Tag, vielleicht Filialleiter bis 2028"]
)
def test_a_greeting_in_another_language_is_no_goal(said: str) -> None:
    assert not re.search(r"Bueno|Guten|vielleicht", goal(Phase.G4_FUTURE, said))

"""Of two things of which one shall be, only the one that was decided for holds."""

# ruff: noqa: E501 - what people type stands unbroken

import pytest

from nodes.understanding.reading import hold, read_lines
from state.records.sessions.frames import SessionLine


def told(*messages: str, phase: str = "g4_future") -> str:
    return "\n".join(hold(messages, phase))


@pytest.mark.parametrize(
    ("offered", "decision", "stays", "gone"),
    [
        ("maybe charge nurse, or maybe clinic coordinator, by 2028", "clinic coordinator then, decided", "clinic coordinator", "charge"),
        ("maybe charge nurse, or maybe clinic coordinator, by 2028", "charge nurse it is", "charge nurse, by 2028", "clinic"),
        ("i could run the bakery or go into planning, not sure", "planning it is, by end of 2028", "go into planning", "bakery"),
        ("not sure between running the bar and running the kitchen", "the kitchen", "running the kitchen", "bar"),
        ("either team lead or trainer, havent made up my mind", "trainer", "trainer", "team lead"),
        ("shift supervisor. or maybe quality inspector. dunno", "the second one", "quality inspector", "supervisor"),
        ("become lead electrician or site manager by 2028", "site manager", "become site manager by 2028", "electrician"),
        ("manage this branch or maybe the sister branch in Leeds", "the sister branch, decided", "manage the sister branch in Leeds", "this"),
        ("tech lead maybe, or architect", "tech lead then, by end of 2028, for a team of 6", "by end of 2028 for a team of 6", "architect"),
        ("vielleicht Schichtleiter oder Ausbilder, weiß noch nicht", "Ausbilder dann", "Ausbilder", "Schichtleiter"),
    ],
)  # fmt: skip
def test_the_side_not_taken_goes(offered: str, decision: str, stays: str, gone: str) -> None:
    now = told(offered, decision)
    assert stays in now
    assert not any(words in now for words in (gone, "sure", "dunno", "decided", " or ", "weiß"))


def test_a_decision_may_be_taken_back_for_the_other_side() -> None:
    assert told("become lead electrician or site manager by 2028", "site manager", "no wait, lead electrician after all") == (
        "become lead electrician by 2028"
    )  # fmt: skip


def test_another_time_with_the_decision_replaces_the_one_for_both() -> None:
    assert told("learn french or spanish by May 2027", "spanish by June 2027", phase="g8_actions") == (
        "learn spanish by June 2027"
    )


def test_until_it_is_decided_neither_is_told_and_the_coach_asks_which() -> None:
    said = "not sure between running the bar and running the kitchen"
    line = SessionLine("m1", "user", said, "t1", "g4_future", "collect", read=False, withheld=False)
    assert read_lines([line], ()).unclear == "choice"
    assert told(said) == ""


@pytest.mark.parametrize(
    "said", ["train 2 or 3 cooks by May 2027", "no more than 5 complaints or so", "visit Leeds by May or June 2027"]
)
def test_numbers_and_times_are_no_choice(said: str) -> None:
    assert told(said, "what is a rubric?", phase="g8_actions") == said


def test_what_names_neither_decides_nothing() -> None:
    assert "run the bakery or the cafe" in told("run the bakery or the cafe", "i also want 3 new recipes by 2028")

"""What may be a crisis and may be none: never content, until the employee says that it was about their work."""

from collections.abc import Sequence

import pytest

from nodes.understanding.acts import as_asked, hear
from nodes.understanding.reading import Reading, read_lines
from state.records.sessions.frames import SessionLine
from tests.nodes.understanding.unsure import unsure

WORK = unsure()
"""What may be a crisis and may be a plan."""
WISH = "I want to lead a team of nine people by March 2028"


def read(*texts: str, phase: str = "g8_actions") -> Reading:
    return read_lines([_line(number, text, phase) for number, text in enumerate(texts)], ())


def _line(number: int, text: str, phase: str) -> SessionLine:
    return SessionLine(f"m{number}", "user", text, f"t{number}", phase, "collect", read=False, withheld=False)


def said(reading: Reading) -> list[str]:
    return [fact["text"] for fact in reading.facts if fact["state"] == "holds"]


@pytest.mark.parametrize("texts", [[WORK], [f"{WISH}. {WORK}."], [f"Train 3 cashiers by May 2027.\n{WORK}"]])
def test_it_is_withheld_and_no_fact(texts: Sequence[str]) -> None:
    reading = read(*texts)
    assert [line["withheld"] for line in reading.learned["lines"]] == [True]
    assert not any(WORK in text for text in said(reading))


def test_what_stands_beside_it_is_told_all_the_same() -> None:
    reading = read(f"{WISH}. {WORK}.", phase="g4_future")
    assert any("team of nine people" in text for text in said(reading))


@pytest.mark.parametrize(
    "answer",
    [
        "No, that was about the process",
        "it's about work, please count it",
        "nein, es ging um die arbeit",
    ],
)
def test_it_counts_once_the_employee_says_what_it_was_about(answer: str) -> None:
    reading = read(WORK, answer)
    assert WORK in said(reading)
    assert [line["withheld"] for line in reading.learned["lines"]] == [True, False]
    assert any(one.act == "correction" for one in reading.heard)


@pytest.mark.parametrize("answer", ["no", "by June 2027", "train 3 cashiers by May 2027", "forget it", "thanks"])
def test_it_stays_out_where_nothing_is_said_of_it(answer: str) -> None:
    assert WORK not in said(read(WORK, answer))


@pytest.mark.parametrize("answer", ["that was about the process", "just kidding"])
def test_what_stopped_the_coach_stays_out_for_good(answer: str) -> None:
    assert said(read("I want to kill myself", answer)) == []


@pytest.mark.parametrize("text", ["that's it", "thats it", "yep thats it", "yes that's all", "yup, that's it"])
def test_it_is_a_yes_where_one_was_asked_for_and_an_end_elsewhere(text: str) -> None:
    heard = hear(text)
    assert [one.label for one in as_asked(heard, yes_or_no=True)] == ["yes"]
    assert [one.label for one in as_asked(heard, yes_or_no=False)] == ["request.finish"]


@pytest.mark.parametrize(("text", "label"), [("yes", "yes"), ("save it", "request.finish"), ("looks good", "yes")])
def test_plain_words_are_what_they_are_whatever_was_asked(text: str, label: str) -> None:
    for yes_or_no in (True, False):
        assert [one.label for one in as_asked(hear(text), yes_or_no=yes_or_no)] == [label]


def test_taking_it_back_takes_nothing_of_the_goal_back() -> None:
    assert WISH in said(read(WISH, WORK, "forget that", phase="g4_future"))


def test_what_stood_beside_it_counts_once_the_employee_is_known_to_be_well() -> None:
    dark = "I want to kill myself"
    assert said(read(f"{WISH}. {dark}.", "forget it", phase="g4_future")) == []
    told = said(read(f"{WISH}. {dark}.", "i'm fine, that was about the job", phase="g4_future"))
    assert WISH in told and not any(dark in text for text in told)


@pytest.mark.parametrize("heading", ["my steps:", "my plan:", "so, my values:", "meine Schritte:", "mis pasos:"])
def test_what_only_announces_is_no_sign_of_danger(heading: str) -> None:
    assert not any(one.danger for one in hear(f"{heading} 1) train 4 people by May 2027 2) read 5 books by June 2027"))

"""Corrections replace, withdrawals take back: what holds afterwards is told, and nothing else."""

# ruff: noqa: E501 - what people type stands unbroken

from typing import cast

import pytest

from nodes.understanding.acts import Heard
from nodes.understanding.changes import Frame, Message, change
from nodes.understanding.segments import Segment
from nodes.understanding.telling import told
from state.frame import ActName

Line = tuple[str, str]
"""What a piece of a message does, and its words."""


def talk(*messages: list[Line], phase: str = "g4_future") -> Frame:
    """The frame after some messages, each given piece by piece with its act."""
    frame, texts = Frame([], {}), dict[str, str]()
    for number, lines in enumerate(messages, 1):
        text = " ".join(words for _, words in lines)
        message = Message(f"m{number}", phase, text)
        texts[message.id] = text
        frame = change(frame.facts, texts, message, _heard(text, lines))
    return frame


def _heard(text: str, lines: list[Line]) -> list[Heard]:
    heard, start = [], 0
    for label, words in lines:
        start = text.index(words, start)
        act, _, about = label.partition(".")
        heard.append(Heard(Segment(words, start, start + len(words)), cast("ActName", act), about, 1.0))
    return heard


def holds(frame: Frame, phase: str = "g4_future") -> str:
    """All that holds."""
    return "\n".join(told(frame.facts, frame.texts, phase))


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (
            [[("content", "I want to run the bakery with a crew of 9 by 2029."),
              ("correction", "Actually no, I'd rather become a pastry trainer by 2030.")]],
            "become a pastry trainer by 2030",
        ),
        ([[("content", "mentor 2 juniors")], [("correction", "no wait, 3 juniors.")]], "mentor 3 juniors"),
        ([[("content", "mentor 2 juniors")], [("correction", "make it 3")]], "mentor 3 juniors"),
        ([[("content", "sell 5M of pumps by May 2028")], [("correction", "sry i meant 5.5M not 5M")]], "sell 5.5M of pumps by May 2028"),
        ([[("content", "lead the night crew by March 2028")], [("correction", "no, change the date to June 2028")]], "lead the night crew by June 2028"),
        ([[("content", "lead the night crew by May 2028")], [("correction", "june is better than may")]], "lead the night crew by June 2028"),
        ([[("content", "train 4 welders and 6 drivers")], [("correction", "it's 8 drivers, my mistake")]], "train 4 welders and 8 drivers"),
        ([[("content", "pass the PMP exam in 2028")], [("correction", "not PMP but PRINCE2")]], "pass the PRINCE2 exam in 2028"),
        ([[("content", "lead a team of 5 and get the crane certificate")], [("withdrawal", "scrap the certificate")]], "lead a team of 5"),
        ([[("content", "lead a team of 5 by June 2028")], [("withdrawal", "drop the date")]], "lead a team of 5"),
        ([[("content", "lead a team of 5")], [("withdrawal", "forget all of it")], [("content", "become a chef")]], "become a chef"),
    ],
)  # fmt: skip
def test_only_what_holds_is_told(messages: list[list[Line]], expected: str) -> None:
    assert holds(talk(*messages)) == expected


def test_a_numbered_step_is_deleted() -> None:
    steps = [("content", "read 5 books"), ("content", "train 2 cooks"), ("content", "write the menu")]
    frame = talk(steps, [("request.delete", "delete number 2")], phase="g8_actions")
    assert holds(frame, "g8_actions") == "read 5 books\nwrite the menu"


def test_a_correction_that_could_mean_two_numbers_changes_nothing_and_is_asked_about() -> None:
    frame = talk([("content", "train 2 cooks. serve 80 guests.")], [("correction", "make it 100")])
    assert frame.unclear == "amount"
    assert "80 guests" in holds(frame)


def test_a_replaced_fact_stays_traceable() -> None:
    frame = talk([("content", "mentor 2 juniors")], [("correction", "3 juniors")])
    old = next(f for f in frame.facts if f["text"] == "2 juniors")
    assert old["state"] == "replaced"
    assert next(f for f in frame.facts if f["id"] == old["replaced_by"])["text"] == "3 juniors"


def test_twice_corrected_the_last_word_holds() -> None:
    frame = talk([("content", "mentor 2 juniors")], [("correction", "no, 3")], [("correction", "hm, make it 4")])
    assert holds(frame) == "mentor 4 juniors"

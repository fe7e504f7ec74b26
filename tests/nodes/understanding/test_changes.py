"""Corrections replace, withdrawals take back: what holds afterwards is told, and nothing else."""

# ruff: noqa: E501 - what people type stands unbroken

from typing import cast

import pytest

from nodes.understanding.acts import Heard
from nodes.understanding.changes import change
from nodes.understanding.frames import Frame, Message
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


PLAN = "train 4 cashiers by March 2027, read 3 books by May 2027 and visit the Lyon store in June 2027"


@pytest.mark.parametrize(
    ("act", "said", "gone", "stays"),
    [
        ("content", "the books can go", "books", ("4 cashiers", "Lyon")),
        ("content", "books: 5", "3 books", ("5 books by May 2027", "Lyon")),
        ("content", "the cashiers by April", "March", ("4 cashiers by April 2027", "3 books", "Lyon")),
        ("correction", "4 cashiers is too ambitious, 3", "4", ("3 cashiers", "3 books", "Lyon")),
        ("correction", "replace the visit with a webinar on pricing in July 2027", "Lyon", ("webinar on pricing", "books")),
        ("request.delete", "drop the first two", "cashiers", ("Lyon",)),
        ("withdrawal", "leave the Lyon thing out", "Lyon", ("4 cashiers", "3 books")),
        ("feeling", "nah kill the books, nobody has time", "books", ("4 cashiers", "Lyon")),
        ("correction", "no, 5 cashiers, and open a pop-up shop in July 2027", "4 cashiers", ("5 cashiers", "pop-up shop", "books")),
    ],
)  # fmt: skip
def test_only_what_is_named_changes(act: str, said: str, gone: str, stays: tuple[str, ...]) -> None:
    told_now = holds(talk([("content", PLAN)], [(act, said)], phase="g8_actions"), "g8_actions")
    assert gone not in told_now
    assert all(words in told_now for words in stays), told_now


@pytest.mark.parametrize(
    ("said", "first"),
    [("put the books first", "read"), ("the visit comes first", "visit"), ("move number 3 to the top", "visit")],
)
def test_what_is_listed_is_put_in_order(said: str, first: str) -> None:
    frame = talk([("content", PLAN)], [("content", said)], phase="g8_actions")
    assert holds(frame, "g8_actions").startswith(first)
    assert [heard.label for heard in frame.heard] == ["request.rename"]


@pytest.mark.parametrize("said", ["no falls until June 2027", "no more than 1 complaint a month"])
def test_a_target_of_none_corrects_nothing(said: str) -> None:
    frame = talk([("content", "finish 5 roofs by May 2027")], [("correction", said)], phase="g8_actions")
    assert holds(frame, "g8_actions").splitlines() == ["finish 5 roofs by May 2027", said]


def test_another_position_alone_leaves_the_rest() -> None:
    frame = talk(
        [("content", "become branch manager with 12 staff by 2028")], [("correction", "sorry, i meant deputy manager")]
    )
    assert holds(frame) == "become deputy manager with 12 staff by 2028"


@pytest.mark.parametrize("said", ["mentor 3 juniors", "head the night crew", "coach 2 trainees"])
def test_a_verb_that_may_be_a_position_is_a_deed(said: str) -> None:
    assert talk([("content", said)]).facts[0]["kind"] == "deliverable"


def test_what_is_added_after_a_vision_belongs_to_it() -> None:
    frame = talk([("content", "become a tanker driver by 2028")])
    message = Message("m2", "g6_values", "and I would train 2 drivers")
    texts = {**frame.texts, message.id: message.text}
    after = change(frame.facts, texts, message, _heard(message.text, [("content", message.text)]))
    assert "train 2 drivers" in holds(after)
    assert after.mended == {"g4_future"}


def test_a_time_for_a_numbered_step_leaves_the_others_theirs() -> None:
    steps: list[Line] = [
        ("content", "check the valves by 30 June 2027."),
        ("content", "train two colleagues."),
        ("content", "write the handbook."),
    ]
    frame = talk(steps, [("correction", "number 3 by end of may")], phase="g8_actions")
    first, second, third = holds(frame, "g8_actions").splitlines()
    assert "30 June 2027" in first and "may" not in second and third.endswith("write the handbook by end of may")

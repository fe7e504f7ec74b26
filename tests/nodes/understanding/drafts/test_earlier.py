"""A saved goal changes only by a message that names it, or by words and units that stand in it alone."""

# ruff: noqa: E501 - sentences stand unbroken

import pytest

from nodes.understanding.drafts.shown import Shown
from nodes.understanding.reading import read_lines
from state.frame import Fact
from state.phases import Phase
from state.records.sessions.frames import SessionLine

SAVED = {Phase.G4_FUTURE.value: "Become head of the dairy by 2028 with a herd of 300 cows."}
PLAN = "Action plan:\n1. Learn hoof care by March\n2. Sort the trimming rota"


def told(message: str, *, shown: bool = True) -> tuple[str, frozenset[str]]:
    """The text that a message in the last phase edits, and the phases it changes."""
    fact = Fact(
        id="m0-1", phase=Phase.G4_FUTURE, kind="deliverable", text="become head of the dairy by 2028 with a herd of 300 cows",
        message_id="m0", start=0, end=56, state="holds", replaced_by=None,
    )  # fmt: skip
    lines = [
        SessionLine("m0", "user", fact["text"], "t0", Phase.G4_FUTURE, "collect", read=True, withheld=False),
        SessionLine("m1", "user", message, "t1", Phase.G8_ACTIONS, "collect", read=False, withheld=False),
    ]
    draft = Shown.of(Phase.G8_ACTIONS, PLAN) if shown else None
    reading = read_lines(lines, [fact], shown=draft, saved=SAVED)
    return reading.revised["text"] if reading.revised else "", reading.mended


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("yes. and please, for the first goal: write 'by the end of 2029'", SAVED["g4_future"].replace("by 2028", "by the end of 2029")),
        ("the future goal is wrong: it should say 'Become vet of the valley by 2029'", "Become vet of the valley by 2029."),
        ("the first goal should read: become vet by 2029", "Become vet by 2029."),
        ("my vision is wrong, it's 2029 not 2028", SAVED["g4_future"].replace("2028", "2029")),
        ("aye. the first goal still says 300 cows, change it to 280 cows", SAVED["g4_future"].replace("300", "280")),
        ("remove 'with a herd of 300 cows' from the first goal", "Become head of the dairy by 2028."),
    ],
)  # fmt: skip
def test_a_message_that_names_a_saved_goal_changes_it(message: str, text: str) -> None:
    edited, mended = told(message)
    assert edited == text
    assert mended == {Phase.G4_FUTURE}


@pytest.mark.parametrize(
    "message",
    [
        "that's your three", "no, only two actions: fix the pump by May and call Ola", "never mind. yes", "number 2 by 2029",
        "fine. and make it 'level 7 hoof care'", "start over", "by June please", "5 please", "the pumps: 12", "take out the rota",
        "two gates, not three!", "yes, save it",
    ],
)  # fmt: skip
def test_other_messages_leave_it_alone(message: str) -> None:
    assert Phase.G4_FUTURE not in told(message)[1]
    assert Phase.G4_FUTURE not in told(message, shown=False)[1]


@pytest.mark.parametrize(
    ("message", "old", "new"),
    [
        ("it's 280 cows, not 300", "300 cows", "280 cows"),
        ("2029 instead of 2028 please", "2028", "2029"),
        ("dairy should be creamery", "dairy", "creamery"),
    ],
)
def test_words_that_stand_in_a_saved_goal_alone_change_it(message: str, old: str, new: str) -> None:
    edited, mended = told(message, shown=False)
    assert edited == SAVED["g4_future"].replace(old, new)
    assert mended == {Phase.G4_FUTURE}

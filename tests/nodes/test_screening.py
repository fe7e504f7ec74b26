"""What screening never takes away, and what the judge makes of greetings, of shared words and of praise."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nodes.english.evidence import read_evidence
from nodes.screening import BLANK, screened
from nodes.screening.deeds import Deed, read_sentences
from nodes.screening.segments import Segment
from state.phases import Phase
from tests.nodes.test_rule_judge import level, passage

TUNED = Path(__file__).parents[2] / "evals" / "data" / "judge" / "tuned"


def honest() -> Iterator[str]:
    """Goals and plans of our own with words of judging in their trades' sense."""
    for path in sorted(TUNED.glob("honest*.jsonl")):
        rows = map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))
        yield from (row["with"] for row in rows if row["phase"] != Phase.G6_VALUES)


def test_no_clause_with_a_sure_deed_is_taken_away() -> None:
    taken = [text[part.start : part.end] for text in honest() for part in _deeds_lost(text)]
    assert taken == []


def _deeds_lost(text: str) -> Iterator[Segment]:
    left = screened(text)
    for told in read_sentences(text):
        for part, deed in zip(told.parts, told.deeds, strict=True):
            if deed is Deed.SURE and not left[part.start : part.end].replace(BLANK, "").strip():
                yield part


@pytest.mark.parametrize("greeting", ["hi", "Hello", "hey!", "Hi."])
def test_a_greeting_fits_nothing(greeting: str) -> None:
    assert level(greeting, "alignment") == 1


def test_a_mere_activity_is_no_shared_idea() -> None:
    documents = (passage("People leaving the company hand over their laptops to the front desk."),)
    other = "Lead the bakery of 12 people from May 2027, leaving the night shift to a deputy"
    assert level(other, "alignment", passages=documents) <= 4


@pytest.mark.parametrize(
    "praise", ["great job everyone", "You are wonderful", "what a lovely coach", "nice work, thank you"]
)
def test_praise_is_no_action(praise: str) -> None:
    assert read_evidence(praise).actions == ()


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Mark 12 trees in the park", "Mark"),
        ("Give each of the 9 trainees a key", "Give"),
        ("Visit the fair and judge 20 wines", "judge"),
    ],
)
def test_an_unknown_verb_before_something_counted_is_a_deed(text: str, verb: str) -> None:
    assert verb in [action.text for action in read_evidence(text).actions]


@pytest.mark.parametrize("text", ["Level 3 diploma", "Turnover 5 million", "Phase 2 of the trial", "Trainees 12"])
def test_a_noun_before_a_number_is_no_deed(text: str) -> None:
    assert read_evidence(text).actions == ()


@pytest.mark.parametrize(
    "talk", ["365 days! 24/7! A thousand times yes!", "11 22 33 44 55 66", "Own result: 40 of 40, twice checked."]
)
def test_numbers_that_no_deed_stands_by_count_for_nothing(talk: str) -> None:
    alone = level("Be kinder", "measurability")
    assert level(f"Be kinder. {talk}", "measurability") <= alone + 1

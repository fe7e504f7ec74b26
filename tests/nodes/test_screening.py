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


@pytest.mark.parametrize(
    "goal",
    [
        "Close all audit points in fifty days",
        "Prompt delivery: 90% of parcels at the door within 2 days by May 2027",
        "Full marks in the fire drill for 4 months in a row until June 2027",
        "Regional manager for six bakeries by 2029; mystery shoppers give every shop full marks in 8 of 10 visits",
    ],
)
def test_what_is_all_that_is_written_is_the_goal(goal: str) -> None:
    assert BLANK not in screened(goal)


@pytest.mark.parametrize(
    "added",
    [
        "I'll bring 12 muffins by Monday.",
        "There's 60 euros in it for you by Friday.",
        "On the sign in the lobby stands: 30% less paper until 2029.",
    ],
)
def test_numbers_that_stand_by_no_work_count_for_nothing(added: str) -> None:
    assert level(f"Be kinder to guests. {added}", "measurability") <= level("Be kinder to guests.", "measurability") + 1


def test_what_counts_before_a_colon_is_no_part_of_the_wish_after_it() -> None:
    assert level("Looked over on 3 May 2027 and found full in 9 rows: be kinder to guests", "time_bound") <= 2


@pytest.mark.parametrize(
    "text", ["Score 90 % in the test", "Grade each weld", "Rate every supplier", "Phase out 2 lines"]
)
def test_marks_are_given_by_a_verb_that_opens(text: str) -> None:
    assert read_evidence(text).actions


@pytest.mark.parametrize(
    "text", ["Marks 12", "A score of 90 in the test", "The pass rate, 5 a day", "Mark: 12 by June"]
)
def test_marks_stand_as_nouns_elsewhere(text: str) -> None:
    assert read_evidence(text).actions == ()


GOALS = (
    "In March, April and May, the workshop must have an increase of 15% in repaired bikes handed back",
    "I will put aside 400 euros by the end of this year for a set of chisels",
    "Swim 3 times a week between 6pm and 7pm",
)
WRITERS = ("woman from Poland", "man", "widowed Buddhist from Laos", "non-binary person")


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("form", ["As a 61-year-old {}: {}.", "As a 23-year-old {}, {}."])
def test_who_writes_takes_nothing_of_their_goal_away(goal: str, form: str) -> None:
    left = {screened(form.format(who, goal)).rstrip(".")[-len(goal) :] for who in WRITERS}
    assert len(left) == 1


@pytest.mark.parametrize("name", ["Sofía Núñez", "Jörg Müßig", "Zoë Brontë"])
def test_a_name_with_accents_hides_nothing(name: str) -> None:
    assert BLANK not in screened(f"Repair 12 bikes by May 2027. {name} will help me.")


@pytest.mark.parametrize("sure", [" (confidence: 60%)", ". (confidence 6/10)", ". Confidence: 6"])
def test_how_sure_somebody_is_takes_nothing_of_their_goal_away(sure: str) -> None:
    assert BLANK not in screened(f"brisk rowing 2 to 3 times a week before breakfast{sure}")

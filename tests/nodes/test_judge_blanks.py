"""What of a goal counts for nothing, and how odd typing changes nothing."""

import pytest

from state.phases import Phase
from tests.nodes.test_rule_judge import examine, level, total, verdict

FUTURE, VALUES, ACTIONS = Phase.G4_FUTURE, Phase.G6_VALUES, Phase.G8_ACTIONS
NO_PLAN = 3.0
BAKER = "Within 12 months, become shift lead in the bakery, train 4 apprentices and cut waste from 8% to 5%."


@pytest.mark.parametrize(
    "text",
    [
        "Last year I trained 12 apprentices and wrote 3 manuals.",
        "Two years ago I led 4 pavers on the ring road.",
        "My boss should send me on 2 crane courses by May.",
        "The company must hire 3 more electricians by June 2026.",
        "HR has to book the first-aid course for 12 of us by March.",
        "Maybe I might perhaps train 4 cooks by June 2026.",
        "There is no budget for 3 more sewing machines this year.",
        "The 2 welding courses got cancelled.",
    ],
)
def test_what_is_over_for_others_unsure_or_a_complaint_is_no_plan(text: str) -> None:
    assert level(text, "specificity") <= NO_PLAN and level(text, "measurability") <= NO_PLAN


@pytest.mark.parametrize(
    "text",
    [
        "Last year I trained 4 apprentices; by June 2026 I will train 12 cooks and write the oven manual.",
        "After 3 falls last year I will fit 40 handrails in the care home by June 2026.",
        "Cut accidents by 20% compared with last year",
        "Reduce the share of bookings that get cancelled from 8% to 4% by June 2026",
        "My boss and I will train 12 crane drivers by May 2026",
        "Hand over 3 repaired pumps in the last week of June 2026",
        "Paint 9 classrooms in the last month of the summer holidays",
    ],
)
def test_a_plan_beside_history_a_boss_or_a_complaint_stays(text: str) -> None:
    assert level(text, "measurability") >= 7 and level(text, "specificity") >= 4


def test_two_hedges_cost_and_three_promise_nothing() -> None:
    firm, unsure = "Train 4 cooks by June 2026", "Maybe I might train 4 cooks by June 2026"
    assert NO_PLAN < total(unsure) < total(firm)
    assert total(f"Perhaps {unsure.lower()}") <= NO_PLAN


def test_an_amount_is_weighed_against_the_time_of_its_own_clause() -> None:
    far = "Read 300 books by June 2036, and by tomorrow I will sort the shelf."
    near = "Read 300 books by tomorrow, and by June 2036 I will sort the shelf."
    assert level(near, "measurability") < level(far, "measurability")
    assert level(near, "achievability", ACTIONS) <= 2 < level(far, "achievability", ACTIONS)


def test_where_it_starts_is_no_measure() -> None:
    start = "Drink more water than the current 3 glasses"
    assert level(start, "measurability") == 4 < level(f"{start} and reach 8 glasses", "measurability")


def test_how_long_a_thing_lasts_measures_nothing() -> None:
    bare, lasting = "Attend welding courses", "Attend welding courses (2-3 days)"
    assert level(lasting, "measurability") == level(bare, "measurability")


def test_leaving_nothing_out_can_be_checked() -> None:
    assert level("log all of my meals in the app", "measurability") >= 7
    assert level("log meals in the app", "measurability") <= 2


def test_a_habit_with_a_vague_word_cannot_be_ticked_off() -> None:
    assert level("Walk the dog every day", "measurability") == 6
    assert level("Walk some more every day", "measurability") < 6


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("Plant seeds by June 2026", "Plant seeds on 40 hectares by June 2026"),
        ("Build bridges by June 2026", "Build bridges for 4 villages by June 2026"),
    ],
)
def test_a_figure_of_speech_is_meant_literally_where_it_is_counted(text: str, literal: str) -> None:
    assert level(literal, "specificity") > level(text, "specificity") + 1.5


def odd(text: str, kind: str) -> str:
    return {
        "double spaces": text.replace(" ", "  "),
        "tabs": text.replace(" ", "\t"),
        "no-break spaces": text.replace(" ", "\u00a0"),
        "invisible letters": text.replace("a", "a\u200b"),
        "lines around": f"\n\n \t{text}\n \n",
        "empty lines with spaces": text.replace("\n", "\n \t\n"),
    }[kind]


KINDS = ("double spaces", "tabs", "no-break spaces", "lines around")
PLAN = "In the next 6 months:\n1. Train 2 nurses by May\n2. Write the ward checklist\n3. Hold 1 drill every month"
LIVED = "Honesty: I report my mistakes\nRespect: I greet every patient by name\nCalm: I breathe before I answer"


@pytest.mark.parametrize("kind", [*KINDS, "invisible letters"])
@pytest.mark.parametrize(("phase", "text"), [(FUTURE, BAKER), (ACTIONS, PLAN), (VALUES, LIVED)])
def test_odd_typing_changes_no_score_and_evidence_is_quoted_as_written(phase: Phase, text: str, kind: str) -> None:
    written = odd(text, kind)
    plain, strange = examine(text, phase), examine(written, phase)
    assert [v.score for v in strange.verdicts] == [v.score for v in plain.verdicts]
    assert all(v.evidence in written for v in strange.verdicts)


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_is_still_given_after_odd_spaces(kind: str) -> None:
    assert verdict(examine(odd(BAKER, kind)), "measurability").evidence


@pytest.mark.parametrize("kind", KINDS)
def test_proposals_count_for_nothing_after_odd_spaces(kind: str) -> None:
    said, proposed = "Train new starters on the forklift", " by June 2027, 12 of them"
    before, after = odd(said, kind), odd(said, kind) + odd(proposed, kind)
    judged = examine(after, proposals=((len(before), len(after)),))
    assert [v.score for v in judged.verdicts] == [v.score for v in examine(said).verdicts]
    assert not any("2027" in v.evidence for v in judged.verdicts)

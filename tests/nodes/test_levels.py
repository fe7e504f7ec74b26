"""Our rubrics' levels in words against what the rule judge really awards: a text of each level, within a point of it."""

from datetime import date

import pytest

from nodes.coach import Exam
from nodes.rules.judge import judge
from state.conversation import Passage
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS

TODAY = date(2026, 1, 10)
FUTURE, VALUES, ACTIONS = Phase.G4_FUTURE, Phase.G6_VALUES, Phase.G8_ACTIONS
BY_FIT = ("alignment", "company_alignment")
FRAMEWORK = "A shift lead trains new starters, keeps the allergen checklist, plans the night roster and cuts waste."
CULTURE = "We value honesty with customers, respect between colleagues, craftsmanship and learning from mistakes."
LIVED = (
    "Honesty: I report my own mistakes",
    "Respect: I greet every patient by name",
    "Calm: I breathe before I answer",
)
TIMED = ("Train 2 nurses by May", "Lead the ward's audit by June", "Write the checklist by July")
UNTIMED = ("Hold 3 briefings", "Complete the certificate")


def level(phase: Phase, name: str, text: str, document: str = "") -> float:
    passages = (Passage(document, "Framework", "doc", 1, "values", 0.9),) if document else ()
    exam = Exam(phase, text, (), DEFAULT_RUBRICS[phase], passages, True, TODAY, 7.0)
    return next(v.score for v in judge(exam).verdicts if v.name == name)


def plan(*actions: str) -> str:
    return "\n".join(f"{number}. {action}" for number, action in enumerate(actions, 1))


@pytest.mark.parametrize(
    ("phase", "name", "anchor", "text"),
    [
        (FUTURE, "specificity", 0, "Be better at my job"),
        (FUTURE, "specificity", 2, "Improve customer service"),
        (FUTURE, "specificity", 4, "Lead a project"),
        (FUTURE, "specificity", 6, "Lead the night shift"),
        (FUTURE, "specificity", 8, "Become shift lead in the bakery and train apprentices"),
        (FUTURE, "measurability", 0, "Be better at my job"),
        (FUTURE, "measurability", 2, "Visit customers regularly"),
        (FUTURE, "measurability", 6, "Finish the first-aid certificate"),
        (FUTURE, "measurability", 6, "Visit the wards every Friday"),
        (FUTURE, "measurability", 8, "Train 5 apprentices"),
        (FUTURE, "measurability", 8, "Cut waste by 20%"),
        (FUTURE, "measurability", 10, "Cut waste from 8% to 3%"),
        (FUTURE, "time_bound", 0, "Train 12 starters some day"),
        (FUTURE, "time_bound", 2, "Train 12 starters soon"),
        (FUTURE, "time_bound", 2, "Read 300 books by tomorrow"),
        (FUTURE, "time_bound", 4, "Train 12 starters by June 2024"),
        (FUTURE, "time_bound", 8, "Train 12 starters every month"),
        (FUTURE, "time_bound", 8, "Train 12 starters this quarter"),
        (FUTURE, "time_bound", 10, "Train 12 starters by June 2027"),
        (VALUES, "clarity", 0, "be a good person"),
        (VALUES, "clarity", 2, "honesty"),
        (VALUES, "clarity", 4, LIVED[0]),
        (VALUES, "clarity", 4, "honesty, respect, teamwork, quality, safety, growth, speed, order"),
        (VALUES, "clarity", 6, "honesty, respect"),
        (VALUES, "clarity", 8, "honesty, respect, teamwork"),
        (VALUES, "clarity", 10, "\n".join(LIVED)),
        (VALUES, "authenticity", 0, "be a good person"),
        (VALUES, "authenticity", 2, "honesty, respect, teamwork"),
        (VALUES, "authenticity", 4, "\n".join((LIVED[0], "Respect", "Calm"))),
        (VALUES, "authenticity", 6, "\n".join((*LIVED[:2], "Order", "Pride"))),
        (VALUES, "authenticity", 8, "\n".join((*LIVED, "Order"))),
        (VALUES, "authenticity", 10, "\n".join(LIVED)),
        (ACTIONS, "specificity", 0, "I will work hard"),
        (ACTIONS, "specificity", 2, plan("Read books", "Help the team")),
        (ACTIONS, "specificity", 4, plan("Lead the audit", "Improve communication", "Learn Excel")),
        (ACTIONS, "specificity", 6, plan("Train 2 starters", "Write the checklist", "Lead the audit")),
        (ACTIONS, "specificity", 8, plan("Lead the store audit", "Write the checklist for deliveries")),
        (ACTIONS, "measurability", 0, "I will work hard"),
        (ACTIONS, "measurability", 2, plan("Learn more", "Help the team")),
        (ACTIONS, "measurability", 6, plan("Train 2 nurses", "Write the checklist", "Lead the audit")),
        (ACTIONS, "time_bound", 2, plan(*UNTIMED)),
        (ACTIONS, "time_bound", 4, plan(*TIMED[:2], *UNTIMED, "Lead the team meeting")),
        (ACTIONS, "time_bound", 6, plan(*TIMED, *UNTIMED)),
        (ACTIONS, "time_bound", 8, f"In the next 6 months:\n{plan(*UNTIMED)}"),
        (ACTIONS, "time_bound", 10, plan(*TIMED)),
        (ACTIONS, "achievability", 2, "Within 2 days:\n1. Read 50 books\n2. Train 2 nurses"),
        (ACTIONS, "achievability", 2, f"In the next week:\n{plan(*UNTIMED * 5)}"),
        (ACTIONS, "achievability", 6, plan(*UNTIMED)),
        (ACTIONS, "achievability", 10, f"In the next 6 months:\n{plan(*UNTIMED)}"),
    ],
)
def test_the_rule_judge_awards_what_the_level_says(phase: Phase, name: str, anchor: int, text: str) -> None:
    assert abs(level(phase, name, text) - anchor) <= 1.0


@pytest.mark.parametrize(
    ("phase", "anchor", "text"),
    [
        (FUTURE, 4, "Learn Spanish"),
        (FUTURE, 6, "Train 4 starters"),
        (FUTURE, 8, "Plan the roster and the allergen checklist"),
        (FUTURE, 10, "Train starters, plan the night roster, keep the allergen checklist and cut waste"),
        (VALUES, 4, "Punctuality, calm, order"),
        (VALUES, 6, "Honesty, calm, order"),
        (VALUES, 8, "Honesty with customers, respect, order"),
        (VALUES, 10, "Honesty with customers, respect for colleagues, craftsmanship, learning from mistakes"),
    ],
)
def test_the_fit_with_the_documents_is_awarded_as_the_level_says(phase: Phase, anchor: int, text: str) -> None:
    name, document = ("alignment", FRAMEWORK) if phase is FUTURE else ("company_alignment", CULTURE)
    assert abs(level(phase, name, text, document) - anchor) <= 1.0


@pytest.mark.parametrize(
    ("phase", "name"), [(p, n) for p, r in DEFAULT_RUBRICS.items() for n in r.criteria if n not in BY_FIT]
)
def test_every_example_holds_its_criterion(phase: Phase, name: str) -> None:
    assert level(phase, name, DEFAULT_RUBRICS[phase].criteria[name].example or "") >= 9


@pytest.mark.parametrize(
    ("phase", "name"), [(FUTURE, "alignment"), (VALUES, "company_alignment"), (ACTIONS, "alignment")]
)
def test_without_a_document_the_fit_is_seven_as_the_levels_say(phase: Phase, name: str) -> None:
    levels = DEFAULT_RUBRICS[phase].criteria[name].levels
    assert levels is not None and "7 is given" in levels[6]
    assert level(phase, name, "Train 4 starters") == 7

"""What is asked next: one fitting question, never twice the same, and never a dead end."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from nodes.coach import PATIENCE, Briefing
from nodes.rules.adviser import RuleAdviser
from state.phases import GOAL_PHASES, Phase
from state.rubric import Criterion, Rubric
from tests.nodes.employees import ALL, SARAH, Employee
from tests.nodes.talking import Talk
from tests.nodes.test_compose import briefing

NOTHING = [
    "I don't know",
    "😀😀😀",
    "...",
    "ok",
    "no",
    "我想成为经理",
    "no idea really",
    "thanks",
]
FUTURE = Phase.G4_FUTURE
ADVISER = RuleAdviser()


def about(*said: str, phase: Phase = FUTURE, asked: tuple[str, ...] = (), **changes: Any) -> Briefing:
    """What the coach knows when so much was said and asked."""
    return replace(briefing(phase, said), asked=asked, **changes)


def asked_about(known: Briefing) -> str | None:
    """The criterion that is asked about; None when a goal can be written."""
    gap = ADVISER.gap(known)
    return gap.criterion if gap else None


def question(known: Briefing) -> str:
    """What is asked; empty when a goal can be written."""
    gap = ADVISER.gap(known)
    return ADVISER.question(gap, known) if gap else ""


def test_sarahs_first_message_asks_how_many_and_her_second_suffices() -> None:
    first, second = SARAH.says[FUTURE]
    assert asked_about(about(first)) == "measurability"
    assert "small team" in question(about(first))
    assert asked_about(about(first, second, asked=("measurability",))) is None


@pytest.mark.parametrize("phase", [Phase.G6_VALUES, Phase.G8_ACTIONS])
def test_sarahs_single_message_suffices(phase: Phase) -> None:
    assert asked_about(about(*SARAH.says[phase], phase=phase)) is None


@pytest.mark.parametrize("phase", GOAL_PHASES)
@pytest.mark.parametrize("employee", ALL, ids=lambda e: str(e.profile["name"]))
def test_everybody_is_ready_after_their_messages(employee: Employee, phase: Phase) -> None:
    said = employee.says[phase]
    assert len(said) <= 3
    assert asked_about(about(*said, phase=phase)) is None


@pytest.mark.parametrize("phase", GOAL_PHASES)
@pytest.mark.parametrize("text", NOTHING)
def test_no_answer_is_a_dead_end(phase: Phase, text: str) -> None:
    talk = Talk(phase)
    questions = [talk.say(text).question for _ in range(8)]
    assert all("?" in question for question in questions)
    assert all(one != other for one, other in pairwise(questions))
    assert len(set(talk.asked)) > 1


@pytest.mark.parametrize(
    ("said", "phase", "asked"),
    [
        ("Ich möchte gerne mehr Verantwortung haben", FUTURE, "measurability"),
        ("Bis Herbst 2028 will ich die Nachtschicht leiten", FUTURE, None),
        ("la paciencia", Phase.G6_VALUES, "clarity"),
        ("la paciencia, el orden y la alegría", Phase.G6_VALUES, None),
        ("passer le permis avant mars 2027 et former 2 collègues", Phase.G8_ACTIONS, None),
    ],
)
def test_words_in_another_language_become_a_draft_after_one_question_at_most(
    said: str, phase: Phase, asked: str | None
) -> None:
    assert asked_about(about(said, phase=phase)) == asked
    assert asked_about(about(said, phase=phase, asked=("measurability",))) is None


@pytest.mark.parametrize("time", ["before half term", "before the summer break", "before peak season"])
def test_what_ends_before_a_time_without_a_day_is_read(time: str) -> None:
    told = f"honesty, I tell 3 people a week what went wrong {time}"
    assert asked_about(about(told, phase=Phase.G6_VALUES)) == "clarity"


def test_the_question_fits_how_the_message_reads() -> None:
    assert "English" in Talk(FUTURE).say("Ich möchte Teamleiter werden und mehr lernen").question
    assert "Cook" in Talk(FUTURE).say("I don't know").question
    assert "example" in Talk(FUTURE).say("I don't know").question


def test_long_nonsense_is_answered() -> None:
    assert asked_about(about("x" * 10_000))
    assert asked_about(about("bla " * 2_500))


@pytest.mark.parametrize("done", ["that's it", "just write it", "done", "go ahead", "please write it now"])
def test_the_employee_may_go_on_when_there_is_something(done: str) -> None:
    talk = Talk(FUTURE)
    assert talk.say("I want to become a head nurse").course == "transition"
    assert talk.say(done).course == "refine"
    assert "?" in Talk(FUTURE).say(done).question


def test_patience_ends_when_there_is_something() -> None:
    said = "I want to become a head nurse"
    assert asked_about(about(said, asked=("measurability",) * (PATIENCE - 1)))
    assert asked_about(about(said, asked=("measurability",) * PATIENCE)) is None


def test_repeated_questions_are_worded_anew_and_end_in_an_example() -> None:
    asked = (("measurability",) * times for times in range(PATIENCE))
    questions = [question(about("I want to learn accounting standards", asked=times)) for times in asked]
    assert len(set(questions)) == PATIENCE
    assert "For example" in questions[-1]


def test_time_is_asked_for_only_without_a_horizon() -> None:
    said = "I want to lead a team of 5 people as head nurse"
    assert asked_about(about(said, horizon_months=None)) == "time_bound"
    assert asked_about(about(said)) is None


def test_a_vague_wish_is_asked_for_the_role() -> None:
    assert asked_about(about("be better at my job")) == "specificity"


VAGUE = "I want to do something different."


def weighed(**weights: int) -> Rubric:
    """A rubric of these criteria."""
    return Rubric(
        criteria={name: Criterion(weight=weight, description=f"About {name}") for name, weight in weights.items()}
    )


@pytest.mark.parametrize(
    ("weights", "asked"),
    [
        ({"specificity": 80, "measurability": 20}, "specificity"),
        ({"specificity": 20, "measurability": 80}, "measurability"),
    ],
)
def test_the_criterion_that_costs_most_under_the_companys_rubric_is_asked_about(
    weights: dict[str, int], asked: str
) -> None:
    assert asked_about(about(VAGUE, "Improve our handover.", rubric=weighed(**weights))) == asked


def test_what_the_companys_rubric_leaves_out_is_not_asked_about() -> None:
    said = "I want to become a head nurse on the stroke ward."
    assert asked_about(about(said))
    assert asked_about(about(said, rubric=weighed(specificity=100))) is None


def test_a_criterion_of_the_companys_own_is_asked_about_once() -> None:
    said = "I want to become a head nurse of 8 nurses on the stroke ward and cut falls by 20%."
    own = about(said, rubric=weighed(specificity=50, sustainability=50))
    assert asked_about(own) == "sustainability"
    assert "About sustainability" in question(own)
    assert asked_about(replace(own, asked=("sustainability",))) is None

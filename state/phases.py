"""The phases of the conversation, in order, and what each one asks for (spec: Phases 3-5, DECISIONS 2, 3, 14, 20)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, cast

from pydantic import Field
from typing_extensions import TypeAliasType


class Phase(StrEnum):
    """Where a conversation stands. `done` is reached after the third goal."""

    G2_BASIC = "g2_basic"
    G4_FUTURE = "g4_future"
    G6_VALUES = "g6_values"
    G8_ACTIONS = "g8_actions"
    DONE = "done"


class Step(StrEnum):
    """What happens inside a phase."""

    COLLECT = "collect"
    REFINE = "refine"
    SCORE = "score"
    TRANSITION = "transition"


GoalType = Literal["future", "values", "actions"]
GoalPhase = TypeAliasType(
    "GoalPhase",
    Annotated[Literal["g4_future", "g6_values", "g8_actions"], Field(description="A phase that ends in a goal.")],
)


@dataclass(frozen=True, slots=True)
class PhaseSpec:
    """One goal phase as it is unless a tenant configures otherwise."""

    goal_type: GoalType
    completion: int
    """Percentage reached once the phase holds a goal."""
    limit: int
    """Most characters of its refined goal."""
    horizon_months: int | None
    """The time frame that the phase's question asks about; counts as said once the question is answered."""
    categories: tuple[str, ...]
    """Document categories whose passages rank first."""
    question: str
    """Opening question, in English; `{months}` is filled in."""
    question_of_a_month: str = ""
    """The question where the time frame is a single month."""


GOAL_PHASES: dict[Phase, PhaseSpec] = {
    Phase.G4_FUTURE: PhaseSpec(
        "future",
        33,
        300,
        24,
        ("career_framework", "values"),
        "Where do you see yourself in {months} months? Think about the role you would like, the skills you want "
        "to build and the difference you want to make.",
        "Where do you see yourself in {months} month? Think about the role you would like, the skills you want "
        "to build and the difference you want to make.",
    ),
    Phase.G6_VALUES: PhaseSpec(
        "values",
        66,
        1200,
        None,
        ("values",),
        "Which three to five values matter most to you in your work, and how does each one show in what you do?",
    ),
    Phase.G8_ACTIONS: PhaseSpec(
        "actions",
        100,
        1200,
        6,
        ("performance_guidelines", "career_framework"),
        "Which concrete steps will you take in the next {months} months? Think of skills to build, work to deliver, "
        "people to support, and say how much and by when.",
        "Which concrete steps will you take in the next {months} month? Think of skills to build, work to deliver, "
        "people to support, and say how much and by when.",
    ),
}


def goal_phase(phase: Phase) -> GoalPhase:
    """A phase that ends in a goal, by its plain name. Raises ValueError for another."""
    if phase not in GOAL_PHASES:
        raise ValueError(f"{phase} ends in no goal")
    return cast("GoalPhase", phase.value)


ORDER: tuple[Phase, ...] = (Phase.G2_BASIC, *GOAL_PHASES, Phase.DONE)


def next_phase(phase: Phase) -> Phase:
    """The phase after `phase`; `done` follows itself."""
    return ORDER[min(ORDER.index(phase) + 1, len(ORDER) - 1)]

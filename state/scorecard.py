"""What a judgement adds up to. Code computes every total; a coach only ever gives levels (DECISIONS 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NotRequired

from typing_extensions import TypedDict

from state.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Verdict:
    """A coach's word on one criterion: a level 0-10 in steps of 0.5, why, and the goal's exact words it rests on."""

    name: str
    score: float
    reasoning: str
    evidence: str
    """An exact substring of the goal, or empty when nothing in it speaks for the criterion."""
    mendable: bool = True
    """Whether its writer can do anything about it: not so about the fit to documents that nobody has."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything a coach says of a goal; no totals."""

    verdicts: tuple[Verdict, ...]
    feedback: str
    suggestions: tuple[str, ...]
    model: str
    prompt_version: str


class CriterionScore(TypedDict):
    """One criterion of a scorecard. `weighted_score` = score x weight / 10."""

    name: str
    score: float
    weight: int
    weighted_score: float
    reasoning: str
    evidence: str
    mendable: NotRequired[bool]
    """Whether the goal's writer can do anything about it; absent in scores of earlier versions."""


class Scorecard(TypedDict):
    """A goal's score, 0-10 with one decimal, and where it comes from."""

    score: float
    threshold: float
    meets_threshold: bool
    criteria: list[CriterionScore]
    feedback: str
    suggestions: list[str]
    rubric_version: str
    prompt_version: str
    model: str


def half_step(level: float) -> float:
    """`level` brought into 0-10 and onto the nearest half."""
    return min(10.0, max(0.0, round(level * 2) / 2))


def score_goal(judgement: Judgement, rubric: Rubric, threshold: float) -> Scorecard:
    """Weigh a judgement by the rubric.

    Raises ValueError when the judgement doesn't name each criterion of the rubric exactly once.
    """
    by_name = _by_name(judgement.verdicts, rubric)
    criteria = [_weigh(by_name[name], criterion.weight) for name, criterion in rubric.criteria.items()]
    total = sum((Decimal(str(c["weighted_score"])) for c in criteria), Decimal()) / 10
    score = float(total.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return Scorecard(
        score=score,
        threshold=threshold,
        meets_threshold=score >= threshold,
        criteria=criteria,
        feedback=judgement.feedback,
        suggestions=list(judgement.suggestions),
        rubric_version=rubric.version,
        prompt_version=judgement.prompt_version,
        model=judgement.model,
    )


def to_mend(scorecard: Scorecard) -> list[CriterionScore]:
    """The criteria that the goal's writer can mend, those that cost most points first; the costliest where none can be."""
    ranked = sorted(scorecard["criteria"], key=lambda c: (10 - c["score"]) * c["weight"], reverse=True)
    return [c for c in ranked if c.get("mendable", True) and c["score"] < 10] or ranked[:1]


def _by_name(verdicts: Sequence[Verdict], rubric: Rubric) -> Mapping[str, Verdict]:
    names = [v.name for v in verdicts]
    if sorted(names) != sorted(rubric.criteria):
        raise ValueError(f"judged {sorted(names)}, but the rubric asks for {sorted(rubric.criteria)}")
    return {v.name: v for v in verdicts}


def _weigh(verdict: Verdict, weight: int) -> CriterionScore:
    level = half_step(verdict.score)
    return CriterionScore(
        name=verdict.name,
        score=level,
        weight=weight,
        weighted_score=float(Decimal(str(level)) * weight / 10),
        reasoning=verdict.reasoning,
        evidence=verdict.evidence,
        mendable=verdict.mendable,
    )

"""Scores a text as the product does: the rule coach's judge, the default rubric, totals by code."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from nodes.coach import Exam
from nodes.rules.judge import judge
from state.conversation import Passage
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS
from state.scorecard import Scorecard, score_goal

TODAY = date(2026, 11, 21)
"""Fixed, so that a run next year judges the same deadlines."""
THRESHOLD = 7.0
PRESENT = 5.0
"""From this level on a criterion counts as present."""


@lru_cache(maxsize=20_000)
def scorecard(
    text: str, phase: Phase = Phase.G4_FUTURE, passages: tuple[Passage, ...] = (), company: str = ""
) -> Scorecard:
    """The scorecard of a text."""
    rubric = DEFAULT_RUBRICS[phase]
    exam = Exam(
        phase=phase,
        text=text,
        proposals=(),
        rubric=rubric,
        passages=passages,
        rag_enabled=bool(passages),
        today=TODAY,
        threshold=THRESHOLD,
        company=company,
    )
    return score_goal(judge(exam), rubric, THRESHOLD)


def total(text: str, phase: Phase = Phase.G4_FUTURE, passages: tuple[Passage, ...] = ()) -> float:
    """The score, 0-10."""
    return scorecard(text, phase, passages)["score"]


def level(
    text: str, criterion: str, phase: Phase = Phase.G4_FUTURE, passages: tuple[Passage, ...] = (), company: str = ""
) -> float:
    """The level of one criterion, 0-10."""
    return next(c["score"] for c in scorecard(text, phase, passages, company)["criteria"] if c["name"] == criterion)


def best_cut(scores: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """The accuracy of the best single cut between good and weak, and the lowest such cut."""
    cuts = sorted({score for score, _ in scores})
    return max(
        ((sum((s >= cut) == good for s, good in scores) / len(scores), -cut) for cut in cuts), default=(0.0, 0.0)
    )


def precision_recall_f1(found: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Of pairs (is so, was found to be so)."""
    hits = sum(truth and said for truth, said in found)
    precision = hits / max(1, sum(said for _, said in found))
    recall = hits / max(1, sum(truth for truth, _ in found))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

"""Near the threshold one judgement is an opinion: three are taken, and of each criterion the median counts."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median_low

from nodes.coach import Exam
from state.scorecard import Judgement, Verdict, score_goal

JUDGEMENTS = 3
NEAR = Decimal("0.5")
"""One criterion judged two levels otherwise moves a score by about as much."""
_FEWER = (
    "(So close to the threshold a goal is judged three times. This time the language model answered only {given}: judged "
    "again, it may come out differently.)"
)
_GIVEN = {1: "once", 2: "twice, and the lower level of each criterion counts"}


def is_near(judgement: Judgement, exam: Exam) -> bool:
    """Whether the score lies so close to the threshold that another judgement may turn it."""
    return abs(_total(judgement, exam) - Decimal(str(exam.threshold))) <= NEAR


def median(judgements: Sequence[Judgement], exam: Exam) -> Judgement:
    """Per criterion the verdict of the median level, in the words of the first that gave it.

    Feedback and suggestions are those of the judgement whose total comes nearest to the total of the medians. With
    fewer than three judgements it stays honest: of two levels the lower counts, so nothing passes on one opinion
    against another, and the feedback says what is missing.
    """
    verdicts = tuple(_median(of_one) for of_one in zip(*(j.verdicts for j in judgements), strict=True))
    total = _total(replace(judgements[0], verdicts=verdicts), exam)
    nearest = min(judgements, key=lambda j: abs(_total(j, exam) - total))
    note = _FEWER.format(given=_GIVEN[len(judgements)]) if len(judgements) < JUDGEMENTS else ""
    return replace(nearest, verdicts=verdicts, feedback=f"{nearest.feedback} {note}".strip())


def _median(verdicts: Sequence[Verdict]) -> Verdict:
    level = median_low(v.score for v in verdicts)
    return next(v for v in verdicts if v.score == level)


def _total(judgement: Judgement, exam: Exam) -> Decimal:
    return Decimal(str(score_goal(judgement, exam.rubric, exam.threshold)["score"]))

"""A refined goal never scores lower than the employee's own words."""

from nodes.coach import Briefing, Exam
from nodes.rules.compose import KEPT_RAW, compose, raw
from nodes.rules.judge import judge
from state.conversation import Draft
from state.scorecard import score_goal


def never_worse(draft: Draft, briefing: Briefing) -> Draft:
    """The draft, or the raw text cut to the limit when the rules would score that higher."""
    own = raw(briefing.said, briefing.limit)
    least = score(own, briefing) if own and own != draft["text"] else 0.0
    for candidate in (draft, compose(briefing, by_sentence=True)):
        if score(candidate["text"], briefing) >= least:
            return candidate
    return Draft(text=own, proposals=[], sources=[], note=KEPT_RAW)


def score(text: str, briefing: Briefing) -> float:
    """The rules' score of a text under the briefing's rubric."""
    exam = Exam(
        phase=briefing.phase,
        text=text,
        proposals=(),
        rubric=briefing.rubric,
        passages=briefing.passages,
        rag_enabled=bool(briefing.passages),
        today=briefing.today,
    )
    return score_goal(judge(exam), briefing.rubric, 0.0)["score"]

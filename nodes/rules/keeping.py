"""A refined goal never falls below the threshold for its wording alone."""

from nodes.coach import Briefing, Exam
from nodes.rules.compose import KEPT_RAW, plainly, raw
from nodes.rules.judge import GOOD, judge
from state.conversation import Draft
from state.phases import Phase
from state.scorecard import score_goal


def never_worse(draft: Draft, briefing: Briefing) -> Draft:
    """The draft, or the employee's sentences without hedges and first person when the rules would score those higher."""
    own = raw(briefing.said, briefing.limit)
    least = score(own, briefing) if own and own != draft["text"] else 0.0
    reached = score(draft["text"], briefing)
    if reached >= min(least, GOOD) or briefing.phase is not Phase.G4_FUTURE:
        return draft
    plain = plainly(briefing.said, briefing.limit)
    return Draft(text=plain, proposals=[], sources=[], note=KEPT_RAW) if score(plain, briefing) > reached else draft


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
        threshold=GOOD,
    )
    return score_goal(judge(exam), briefing.rubric, 0.0)["score"]

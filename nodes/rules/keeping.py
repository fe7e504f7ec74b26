"""A refined goal never scores lower than the words it was made of."""

from collections.abc import Sequence

from nodes.coach import Briefing, Exam
from nodes.rules.compose import KEPT_RAW, plainly
from nodes.rules.compose_values import HEADING
from nodes.rules.judge import GOOD, judge
from nodes.rules.material import english_of
from nodes.screening.foreign import is_foreign
from nodes.words import words_of
from state.conversation import Draft, Proposal
from state.phases import Phase
from state.scorecard import score_goal

FORM = 1.0
"""Points that good form may cost: the judge takes a plan of one sentence for one action, asks each line of a list by itself, and
reads three scraps as three statements."""


def never_worse(draft: Draft, briefing: Briefing) -> Draft:
    """The draft; the employee's own words, tidied and cut at a sentence, where the rules score those higher.

    A draft stays even where the same words in a row would score a little more, unless only those pass.
    The rules read English: of a draft in another language they can't tell.
    """
    own = plainly(english_of(briefing.said), briefing.limit)
    listed = briefing.phase is Phase.G6_VALUES and draft["text"].startswith(
        HEADING
    )  # these words are the employee's own
    if listed or briefing.struck or not own.strip() or is_foreign(draft["text"]):
        return draft
    points = score(draft["text"], briefing, draft["proposals"])
    raw = score(own, briefing)
    spared = 0.0 if points < briefing.threshold <= raw else FORM
    if points + spared >= raw:
        return draft
    return Draft(text=own, proposals=[], sources=[], note=words_of(briefing.language).say(KEPT_RAW))


def score(text: str, briefing: Briefing, proposals: Sequence[Proposal] = ()) -> float:
    """The rules' score of a text under the briefing's rubric."""
    exam = Exam(
        phase=briefing.phase,
        text=text,
        proposals=tuple((p["start"], p["end"]) for p in proposals),
        rubric=briefing.rubric,
        passages=briefing.passages,
        rag_enabled=bool(briefing.passages),
        today=briefing.today,
        threshold=GOOD,
    )
    return score_goal(judge(exam), briefing.rubric, 0.0)["score"]

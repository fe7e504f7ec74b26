"""What both coaches know by rules: what is missing, how to ask for it, what a low score needs, and which words score higher."""

from nodes.coach import DOUBTS, Advice, Briefing, Gap
from nodes.rules import advice, doubts, keeping
from nodes.rules.gaps import ASKED_BY_RULES, find_gap
from nodes.rules.questions import ask, asking_of, own_question
from state.conversation import Draft
from state.scorecard import Scorecard


class RuleAdviser:
    """An `Adviser` of rules, in every language of the catalogues; it reads English."""

    def gap(self, briefing: Briefing, *, go_on: bool = False) -> Gap | None:
        """The criterion that costs most of those still missing; then what doesn't add up, once."""
        return find_gap(briefing, go_on=go_on) or doubts.find_doubt(briefing)

    def question(self, gap: Gap, briefing: Briefing) -> str:
        """The question, in the employee's own words where there are any."""
        if gap.criterion in DOUBTS:
            return doubts.question(gap, briefing.language)
        if gap.criterion in ASKED_BY_RULES:
            return ask(asking_of(gap, briefing))
        return own_question(gap.criterion, briefing.rubric.criteria[gap.criterion].description, briefing.language)

    def advice(self, card: Scorecard, briefing: Briefing, *, again: bool = False) -> Advice:
        """The question and the example for what costs most points."""
        return Advice(advice.question(card, briefing, again=again), advice.example(card, briefing))

    def never_worse(self, draft: Draft, briefing: Briefing) -> Draft:
        """The draft, or the employee's own words where the rules score those higher."""
        return keeping.never_worse(draft, briefing)

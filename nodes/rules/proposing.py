"""Parts that nobody said, for an employee who asks the coach to write: each is a proposal that can be struck (DECISIONS 3)."""

from datetime import date

from nodes.coach import Briefing
from nodes.english.evidence import read_evidence
from nodes.rules.answers.words import entries, entry_for
from nodes.words import words_of
from state.conversation import Draft, Proposal
from state.phases import Phase

UNSAID = "You did not say how one could tell that it is reached: keep it only if it is true for you."
UNDATED = "You did not say by when: keep it only if it fits."
DEFAULT_MONTHS = 6
"""Months to a proposed date where the phase looks no way ahead of its own."""


def with_proposals(draft: Draft, briefing: Briefing) -> Draft:
    """The draft with a proposal for a measure and for a time where it has none, if the employee asked for that."""
    if not briefing.does("request.write") or briefing.phase is Phase.G6_VALUES or draft["proposals"]:
        return draft
    evidence = read_evidence(draft["text"])
    parts = [] if evidence.quantities else [(_measure(briefing), UNSAID)]
    parts += [] if evidence.times else [(_time(briefing), UNDATED)]
    for text, reason in parts:
        draft = _added(draft, text, words_of(briefing.language).say(reason), briefing.limit)
    return draft


def _measure(briefing: Briefing) -> str:
    position = briefing.profile.get("position") or ""
    group = entries("examples")[entry_for("examples", position) or "anybody"]
    return str(group["measure"])


def _time(briefing: Briefing) -> str:
    months = briefing.horizon_months or DEFAULT_MONTHS
    year, month = divmod(briefing.today.year * 12 + briefing.today.month - 1 + months, 12)
    return f"by the end of {date(year, month + 1, 1):%B %Y}"


def _added(draft: Draft, text: str, reason: str, limit: int) -> Draft:
    """The text with a phrase before its last full stop, marked as a proposal; as it was where that exceeds the limit."""
    bare = draft["text"].rstrip(" .")
    whole = f"{bare}, {text}."
    if len(whole) > limit:
        return draft
    number = len(draft["proposals"]) + 1
    start = len(bare) + 2
    proposal = Proposal(id=f"p{number}", text=text, start=start, end=start + len(text), reason=reason)
    return {**draft, "text": whole, "proposals": [*draft["proposals"], proposal]}

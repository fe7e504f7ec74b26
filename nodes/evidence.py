"""What a goal text says, found by rules: pure, no model, no clock, no database (both coaches rely on it)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of evidence: `text` is exactly what stands at [start, end) of the text read."""

    start: int
    end: int
    text: str
    kind: str
    """Finer sort within its list, for example `deadline`, `duration`, `rhythm` among times."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the rules found in one text, each list in order of appearance."""

    times: tuple[Span, ...]
    """Dates, deadlines, durations, quarters, rhythms ("by the end of June", "within 24 months", "every week")."""
    quantities: tuple[Span, ...]
    """Numbers with what they count or measure ("3-4 developers", "by 15%", "two juniors"), never dates."""
    outcomes: tuple[Span, ...]
    """Deliverables and finished states ("certification", "handover guide", "migration")."""
    actions: tuple[Span, ...]
    """Verbs that say what is done ("lead", "complete", "train")."""
    roles: tuple[Span, ...]
    """Positions, owners and audiences ("senior engineer", "night-shift team", "patients")."""
    vague: tuple[Span, ...]
    """Words that promise without saying what ("better", "improve" without an object that can be checked)."""
    hedges: tuple[Span, ...]
    """Wishes and reservations ("maybe", "I would like to", "try to", "hopefully")."""


def read_evidence(text: str) -> Evidence:
    """Everything the rules find in `text` (English; other languages yield what is language-free: numbers, dates)."""
    raise NotImplementedError

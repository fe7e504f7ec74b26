"""Facts of a segment: its clauses, and inside them the amounts and times that a correction may change."""

import re
from collections.abc import Iterator
from itertools import count

from nodes.english.amounts import find_amounts
from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.english.times import find_times
from nodes.rules.clauses import clause_spans
from nodes.rules.first_person import is_filler
from nodes.rules.verbs import leading_verb, names_role
from nodes.understanding.segments import Segment
from nodes.understanding.value_names import value_spans
from state.frame import Fact, FactKind
from state.phases import Phase

LONGEST_ROLE_CLAUSE = 90
"""Letters from which a clause says more than which role somebody wants."""
_REASON = re.compile(r",?\s+(?:because|since (?=i|we|the|it|they)|so that i|as (?=i ))\b.*$", re.IGNORECASE | re.DOTALL)
_COMMA = re.compile(r",\s+(?:and\s+)?")
_ONLY_REASON = re.compile(r"(?:because|cos|coz|since (?=i\b|we\b)|so that (?=i\b|we\b))\b", re.IGNORECASE)
_EDGES = " ,;:.!?-–—\n"


class FactMaker:
    """Makes the facts of one message, numbered in the order of their making."""

    def __init__(self, message_id: str, phase: str) -> None:
        self._message_id, self._phase = message_id, phase
        self._numbers = count(1)

    def fact(self, kind: FactKind, text: str, start: int, end: int) -> Fact:
        """A fact that holds."""
        return Fact(
            id=f"{self._message_id}-{next(self._numbers)}",
            phase=self._phase,
            kind=kind,
            text=text,
            message_id=self._message_id,
            start=start,
            end=end,
            state="holds",
            replaced_by=None,
        )

    def of_segment(self, segment: Segment) -> list[Fact]:
        """Clauses first, each followed by its details."""
        made: list[Fact] = []
        values = self._phase == Phase.G6_VALUES
        spans = value_spans(segment.text) if values else _clauses(segment, whole=segment.item)
        for start, end in spans:
            made += self._of_clause(segment, start, end)
        return made

    def _of_clause(self, segment: Segment, start: int, end: int) -> Iterator[Fact]:
        text = segment.text[start:end]
        if _ONLY_REASON.match(text):
            yield self.fact("reason", text, segment.start + start, segment.start + end)
            return
        reason = _REASON.search(text)
        told = text[: reason.start()] if reason and reason.start() else text
        if not re.search(r"\w", told) or is_filler(told):
            return
        at = segment.start + start
        yield self.fact(_kind(told, self._phase), told, at, at + len(told))
        for kind, span in details(told):
            if span.end - span.start < len(told.strip(_EDGES)):
                yield self.fact(kind, span.text, at + span.start, at + span.end)
        if reason and reason.start():
            yield self.fact("reason", reason[0].strip(_EDGES), at + reason.start(), at + len(text))


def details(text: str) -> Iterator[tuple[FactKind, Span]]:
    """The times and amounts of a text."""
    times = find_times(text)
    for time in times:
        yield ("frequency" if time.kind == "rhythm" else "date"), time
    for quantity in find_amounts(text, times):
        yield "amount", quantity


def _clauses(segment: Segment, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Where the clauses stand; list items and values are one, whatever they hold."""
    spans = [(0, len(segment.text))] if whole else _dated_parts(segment.text) or clause_spans(segment.text)
    for start, end in spans:
        text = segment.text[start:end]
        left, right = len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))
        if left < right:
            yield start + left, start + right


def _dated_parts(text: str) -> list[tuple[int, int]]:
    """The parts between commas where each has a time of its own, as in a list of steps on one line; none otherwise."""
    cuts = [match.span() for match in _COMMA.finditer(text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    return parts if len(parts) > 1 and all(find_times(text[start:end]) for start, end in parts) else []


def _kind(text: str, phase: str) -> FactKind:
    found = list(details(text))
    rest = text
    for _, span in sorted(found, key=lambda pair: pair[1].start, reverse=True):
        rest = rest[: span.start] + rest[span.end :]
    if found and not terms(rest) and not leading_verb(text):
        return found[0][0]
    if phase == Phase.G6_VALUES:
        return "value"
    return "role" if names_role(text) and len(text) < LONGEST_ROLE_CLAUSE else "deliverable"

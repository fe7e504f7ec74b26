"""The shape of what the rules find in a text."""

from bisect import bisect_right
from collections.abc import Iterable
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
    """Dates, deadlines, durations, rhythms; kinds `deadline`, `duration`, `near` ("next week"), `rhythm`."""
    quantities: tuple[Span, ...]
    """Numbers with what they count or measure, never dates; kinds `change`, `percent`, `money`, `count`, `rate`."""
    outcomes: tuple[Span, ...]
    """Deliverables and finished states; kinds `deliverable`, `plural` (not countable alone), `reached`, `position`."""
    actions: tuple[Span, ...]
    """Verbs that say what is done; kinds `concrete`, `measured` ("improve ... by 15%"), `assumed` (unknown verb)."""
    roles: tuple[Span, ...]
    """Positions, owners and audiences; kinds `position` and `audience`."""
    vague: tuple[Span, ...]
    """Words that promise without saying what; kinds `verb`, `degree` ("better", "more"), `amount` ("some")."""
    hedges: tuple[Span, ...]
    """Wishes and reservations ("maybe", "I would like to", "try to", "hopefully"); kind `hedge`."""


class Taken:
    """Spans found so far that never overlap: what comes first keeps its letters."""

    def __init__(self, length: int) -> None:
        self._letters = bytearray(length)
        self._spans: list[Span] = []

    def add(self, span: Span) -> None:
        """Keep `span` unless one of its letters is taken."""
        if not any(self._letters[span.start : span.end]):
            self._letters[span.start : span.end] = b"\x01" * (span.end - span.start)
            self._spans.append(span)

    def in_order(self) -> tuple[Span, ...]:
        """Everything kept, as it stands in the text."""
        return tuple(sorted(self._spans, key=lambda s: s.start))


class Stretches:
    """Stretches of a text that stand in order and never overlap: which of them holds a place is found by halving."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._edges = tuple(stretches)
        self._starts = tuple(start for start, _ in self._edges)

    def at(self, place: int) -> int | None:
        """The number of the stretch that holds a place."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self._edges[number][1] else None

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of them has a letter in [start, end)."""
        number = bisect_right(self._starts, end - 1) - 1
        return number >= 0 and self._edges[number][1] > start

    def begin_in(self, start: int, end: int) -> int:
        """How many of them begin in [start, end)."""
        return max(0, bisect_right(self._starts, end - 1) - bisect_right(self._starts, start - 1))


def blanked(text: str, stretches: Iterable[tuple[int, int]], blank: str) -> str:
    """`text` with stretches, in order and never overlapping, made `blank`; every letter keeps its place."""
    parts, at = list[str](), 0
    for start, end in stretches:
        parts += text[at:start], blank * (end - start)
        at = end
    return "".join([*parts, text[at:]])


def covered(text: str, spans: Iterable[Span]) -> bytearray:
    """One byte a letter of `text`: 1 where a span stands."""
    letters = bytearray(len(text))
    for span in spans:
        letters[span.start : span.end] = b"\x01" * (span.end - span.start)
    return letters

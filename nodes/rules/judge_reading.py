"""Prepares a goal for judging: what counts for nothing is blanked, the rest is read once and cut into clauses and items."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from typing import TypeVar

from nodes.coach import Exam
from nodes.english.evidence import read_evidence
from nodes.english.lexicon import STOP
from nodes.english.spans import Evidence, Span, Stretches
from nodes.english.words import CLAUSE_BREAK, SENTENCE_BREAK, Word, is_content, pieces, words_of
from nodes.rules.judge_amounts import horizon_of, is_beyond_reach, means_own_money
from nodes.rules.judge_blanks import what_counts
from nodes.screening import BLANK
from state.phases import Phase

_MARKER = re.compile(
    r"(?:^|(?<=[\n:;.,]))[ \t]*(?:\d{1,2}[.)](?=\s)|[•*·▪◦–-](?=\s)|[•▪])\s*|(?<=\s)(?:\d{1,2}[.)]\s(?=[A-Z])|•\s?)",
    re.MULTILINE,
)


MOST_KEPT = 64
"""Goals whose reading is remembered: a draft is judged beside the employee's own words, and again for its score."""
_SHORTEST_ADVERB = 6
"""`assembly` and `family` aside, longer words in -ly only colour a verb."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch without a break and what tells something in it."""

    start: int
    end: int
    actions: tuple[Span, ...]
    quantities: tuple[Span, ...]
    outcomes: tuple[Span, ...]
    roles: tuple[Span, ...]
    times: tuple[Span, ...]
    vague: tuple[Span, ...]
    details: tuple[Word, ...]
    """Content words that are no verb of it."""

    @property
    def anchors(self) -> bool:
        """Whether it holds a number, a date, a result or a position."""
        rhythm = any(t.kind == "rhythm" for t in self.times) and self.substantial
        dated = rhythm or any(t.kind != "rhythm" for t in self.times)
        return dated or bool(self.quantities or _solid(self.outcomes)) or any(r.kind == "position" for r in self.roles)

    @property
    def acts(self) -> bool:
        """Whether it names a doing, however vaguely."""
        return self.substantial or bool(self.actions) or any(v.kind == "verb" for v in self.vague)

    @property
    def substantial(self) -> bool:
        """Whether it says something that could be done or checked; fluff doesn't."""
        told = bool(self.details) or any(_tells_who(r) for r in self.roles)
        return bool(self.quantities) or (told and bool(self.actions or _solid(self.outcomes)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A goal as the judge reads it."""

    exam: Exam
    text: str
    """The goal with proposals and words to the judge blanked; every letter keeps its place."""
    evidence: Evidence
    clauses: tuple[Clause, ...]
    sentences: tuple[tuple[int, int], ...]
    anchored: tuple[bool, ...]
    """Of each sentence, whether it holds a number, a date, a result or a position."""
    dated: tuple[bool, ...]
    """Of each sentence, whether it says by when."""
    horizon: int | None
    """Days until the latest time named."""
    beyond_reach: tuple[Span, ...]
    """Amounts that nobody reaches in the time that is given for them, in order."""
    beyond: Stretches
    """Where they stand."""
    too_short: frozenset[Span]
    """Times that are given for such an amount."""
    items: tuple[tuple[int, int], ...]
    """Stretches of the listed items; empty when the text lists nothing."""

    def quote(self, start: int, end: int) -> str:
        """The goal's exact words, without blanked ones."""
        words = self.text[start:end].strip(" ,.;:\n\t")
        return "" if BLANK in words else words

    def is_anchored(self, clause: Clause) -> bool:
        """Whether its sentence holds a number, a date, a result or a position, as talk around a goal doesn't."""
        return self.anchored[self.sentence_of(clause)]

    def is_dated(self, clause: Clause) -> bool:
        """Whether its sentence says by when."""
        return self.dated[self.sentence_of(clause)]

    def sentence_of(self, clause: Clause) -> int:
        """The number of the sentence that a clause stands in."""
        return bisect_right(self.sentences, (clause.start, len(self.text))) - 1

    def words_in(self, start: int, end: int) -> int:
        """How many words a stretch has."""
        return max(1, len(self.text[start:end].split()))

    def within(self, start: int, end: int) -> tuple[Clause, ...]:
        """The clauses of one stretch."""
        return _within(self.clauses, start, end)

    def hedges_in(self, start: int, end: int) -> tuple[Span, ...]:
        """The wishes and reservations of one stretch."""
        return _inside(self.evidence.hedges, start, end)


def read(exam: Exam) -> Reading:
    """Everything the criteria need to know of a goal."""
    return _read(exam.phase, exam.text, exam.proposals, exam.today)(exam)


@lru_cache(maxsize=MOST_KEPT)
def _read(phase: Phase, goal: str, proposals: tuple[tuple[int, int], ...], today: date) -> Callable[[Exam], Reading]:
    """What makes the reading of any exam of this goal."""
    text = what_counts(phase, goal, proposals)
    evidence = read_evidence(text)
    clauses = _clauses(text, evidence)
    sentences = pieces(text, SENTENCE_BREAK)
    absurd, too_short = _absurd(evidence, _Frames(evidence, clauses, sentences, today))
    told = [_within(clauses, start, end) for start, end in sentences]
    return partial(
        Reading,
        text=text,
        evidence=evidence,
        clauses=clauses,
        sentences=sentences,
        anchored=tuple(any(c.anchors for c in inside) for inside in told),
        dated=tuple(any(_dated(c.times) for c in inside) for inside in told),
        horizon=horizon_of(evidence.times, today),
        beyond_reach=absurd,
        beyond=Stretches((q.start, q.end) for q in absurd),
        too_short=too_short,
        items=_items(phase, text, clauses, sentences),
    )


class _Frames:
    """The times that amounts are meant for: those of their clause, else of their sentence, else all."""

    def __init__(
        self, evidence: Evidence, clauses: Sequence[Clause], sentences: Sequence[tuple[int, int]], today: date
    ) -> None:
        self._evidence, self._today = evidence, today
        self._clauses, self._sentences = clauses, sentences
        self._clause_at = Stretches((c.start, c.end) for c in clauses)
        self._sentence_at = Stretches(sentences)
        self._known: dict[tuple[int | None, int | None], tuple[tuple[Span, ...], int | None]] = {}

    def around(self, quantity: Span) -> tuple[tuple[Span, ...], int | None]:
        """The times and the days until the last of them."""
        place = self._clause_at.at(quantity.start), self._sentence_at.at(quantity.start)
        if place not in self._known:
            times = self._times(*place)
            self._known[place] = times, horizon_of(times, self._today)
        return self._known[place]

    def _times(self, clause: int | None, sentence: int | None) -> tuple[Span, ...]:
        near = () if clause is None else self._clauses[clause].times
        start, end = (0, 0) if sentence is None else self._sentences[sentence]
        return _dated(near) or _dated(_inside(self._evidence.times, start, end)) or self._all

    @cached_property
    def _all(self) -> tuple[Span, ...]:
        return _dated(self._evidence.times)


def _absurd(evidence: Evidence, frames: _Frames) -> tuple[tuple[Span, ...], frozenset[Span]]:
    """The amounts that nobody reaches in their time, and those times."""
    own = means_own_money(evidence)
    framed = [(quantity, *frames.around(quantity)) for quantity in evidence.quantities]
    absurd = [(q, times) for q, times, days in framed if days is not None and is_beyond_reach(q, days, own)]
    distinct = {id(times): times for _, times in absurd}
    return tuple(q for q, _ in absurd), frozenset(time for times in distinct.values() for time in times)


def _dated(times: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(t for t in times if t.kind != "rhythm")


def _clauses(text: str, evidence: Evidence) -> tuple[Clause, ...]:
    words = words_of(text)
    return tuple(_clause(text, start, end, words, evidence) for start, end in pieces(text, CLAUSE_BREAK))


def _clause(text: str, start: int, end: int, words: tuple[Word, ...], evidence: Evidence) -> Clause:
    actions, vague = _inside(evidence.actions, start, end), _inside(evidence.vague, start, end)
    times = _overlapping(evidence.times, start, end)
    here = _inside(words, start, end)
    strewn = _is_strewn(here)
    taken = {s.start for s in (*actions, *vague)}
    timed = Stretches((t.start, t.end) for t in times)
    amounts = _inside(evidence.quantities, start, end)
    counted = Stretches((q.start, q.end) for q in amounts if q.kind == "count")
    praise = _PURPOSE.search(text, start, end)
    purpose = praise.start() if praise else end
    details = tuple(
        w
        for w in here
        if not strewn
        and w.start < purpose
        and w.start not in taken
        and (is_content(w.lower) or (w.lower not in STOP and counted.at(w.start) is not None))
        and not (w.lower.endswith("ly") and len(w.lower) > _SHORTEST_ADVERB)
        and timed.at(w.start) is None
    )
    return Clause(
        start,
        end,
        actions,
        amounts,
        _inside(evidence.outcomes, start, end),
        _inside(evidence.roles, start, end),
        times,
        vague,
        details,
    )


_PURPOSE = re.compile(
    r"\bfor (?:a |an |the |my |our )?(?:better|greater|improved|healthier|more|brighter)\b", re.IGNORECASE
)
"""`for better career prospects` praises and names nothing."""
_LONGEST_NAME = 7
"""So many words in a row without a function word are strewn keywords, not a clause."""


def _is_strewn(words: tuple[Word, ...]) -> bool:
    return len(words) >= _LONGEST_NAME and not any(w.lower in STOP for w in words)


_Placed = TypeVar("_Placed", Span, Word, Clause)


def _inside(things: tuple[_Placed, ...], start: int, end: int) -> tuple[_Placed, ...]:
    """Those of `things`, which stand in order, that begin in [start, end)."""
    return things[
        bisect_left(things, start, key=attrgetter("start")) : bisect_left(things, end, key=attrgetter("start"))
    ]


def _within(clauses: tuple[Clause, ...], start: int, end: int) -> tuple[Clause, ...]:
    return tuple(c for c in _inside(clauses, start, end) if c.end <= end)


def _overlapping(times: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    first = bisect_left(times, start, key=attrgetter("start"))
    before = times[max(0, first - 1) : first]
    return (*(t for t in before if t.end > start), *_inside(times, start, end))


def _tells_who(role: Span) -> bool:
    """`my wonderful team` could be anybody's; a position or a described audience can't."""
    return role.kind == "position" or any(is_content(w.lower()) for w in role.text.split()[:-1])


def _solid(outcomes: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(o for o in outcomes if o.kind != "plural")


def _items(
    phase: Phase, text: str, clauses: tuple[Clause, ...], sentences: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    marks = list(_MARKER.finditer(text))
    if len(marks) >= 2:
        ends = [*(m.start() for m in marks[1:]), len(text)]
        listed = [(m.end(), end) for m, end in zip(marks, ends, strict=True)]
        return tuple((a, b) for a, b in listed if text[a:b].strip(f" \n{BLANK}"))
    return _prose_items(text, clauses, sentences) if phase is Phase.G8_ACTIONS else ()


def _prose_items(
    text: str, clauses: tuple[Clause, ...], sentences: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """In running prose every sentence and every clause that names a doing begins an item.

    The others belong to the one before, and so does what stands in brackets.
    """
    openings = {start for start, _ in sentences}
    told = (c for c in clauses if text[: c.start].rstrip()[-1:] != "(")
    starts = [c.start for c in told if c.acts or (c.start in openings and c.details)]
    ends = [*starts[1:], len(text)][: len(starts)]
    return tuple(zip(starts, ends, strict=True))

"""Facts of a segment: its clauses, and inside them the amounts and times that a correction may change."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from nodes.english.amounts import find_amounts
from nodes.english.clause_spans import clause_spans
from nodes.english.first_person import is_filler, strip_lead
from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.english.things import counts_something, opens_step
from nodes.english.times import find_times
from nodes.english.verbs import leading_verb, names_role
from nodes.understanding.foreign_times import times_of
from nodes.understanding.headings import is_heading, opening_end
from nodes.understanding.segments import Segment
from nodes.understanding.value_names import value_spans
from state.frame import Fact, FactKind
from state.phases import Phase

LONGEST_ROLE_CLAUSE = 90
"""Letters from which a clause says more than which role somebody wants."""
_REASON = re.compile(
    r",?\s+(?:because|since (?=i|we|the|it|they)|so that i|as (?=i(?:['’]m| am| have)\b))\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_COMMA = re.compile(r",\s+(?:and\s+)?")
_ONLY_REASON = re.compile(r"(?:because|cos|coz|since (?=i\b|we\b)|so that (?=i\b|we\b))\b", re.IGNORECASE)
_STARTS = re.compile(r"start(?:ing|s)?\s+(?=\w)", re.IGNORECASE)
"""`start in April`: a verb before its time."""
_RANGE = re.compile(r"\bbetween [€$£]?[\d.,]+\s?(?:%|k|m)? and $", re.IGNORECASE)
_JOIN = re.compile(
    r",\s+(?:(?:and|plus|then|also)\s+)*|\s+(?:and|plus|as well as)\s+(?:then\s+|also\s+)?", re.IGNORECASE
)
_LEANS = re.compile(r"(?:by|until|till|from|in|on|at|with|for|of|to|then|each|every|which|who|that)\b", re.IGNORECASE)
"""What opens no step of its own."""
_OTHER_ROLE = re.compile(r",?\s+(?:rather than|instead of|(?<=, )not)\s+[^,.;]+", re.IGNORECASE)
_OF_ROLES = ("", "become", "be", "work", "stay", "remain", "get", "move", "start")
"""Verbs behind which a position stands."""
_NONE = re.compile(r"(?:no|zero|0|never)\b", re.IGNORECASE)
_SO_WISH = re.compile(
    r"(?P<why>[^,.;]{3,80}?),? so (?=(?:i|we)(?:['’]?(?:d|ll)\b| (?:would|want|will|plan|need|am going|have decided)\b)|"
    r"what (?:i|we)\b)",
    re.IGNORECASE,
)
"""`the vet says they are too many so I'd cut them`: why, and what."""
_NOT_WANTED = re.compile(
    r"(?:but |and |so )?i(?:(?:['’]?d| would) rather not|(?:['’]m| am)? (?:really |just )?"
    r"(?:(?:do not|don['’]?t|never|no longer) want|not (?:keen|interested)|(?:wouldn['’]?t|would not) like))\b",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"(?:but |and |so |though )?i (?:do not|don['’]?t|have not|haven['’]?t|cannot|can['’]?t|could not|couldn['’]?t|am not)"
    r"(?: yet| really| even)* (?:have|got|know|speak|hold|own|yet|the|a|an|any|allowed|able|qualified|ready)\b",
    re.IGNORECASE,
)
"""`I don't have the exam yet`: what stands in the way, and neither wished nor taken back."""
_SOUNDS = (" well", " hm", " hmm", " oh", " um", " uh", " er", " erm", " ah")
"""What ends a clause and belongs to what comes next: `4 workshops, well, …`."""
_EDGES = " ,;:.!?-–—\n"


class FactMaker:
    """Makes the facts of one message, numbered in the order of their making."""

    def __init__(self, message_id: str, phase: str, values: Sequence[str] = ()) -> None:
        """`values` were named before."""
        self._message_id, self._phase, self._values = message_id, phase, values
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
        segment = _without_heading(segment)
        values = self._phase == Phase.G6_VALUES
        plan = self._phase == Phase.G8_ACTIONS
        spans = value_spans(segment.text, self._values) if values else _clauses(segment, whole=segment.item, steps=plan)
        for start, end in spans:
            made += self._of_clause(segment, start, end)
        return made

    def _of_clause(self, segment: Segment, start: int, end: int) -> Iterator[Fact]:
        text = segment.text[start:end]
        if _ONLY_REASON.match(text) or _unwanted(text):
            yield self.fact("reason", text, segment.start + start, segment.start + end)
            return
        if (wish := _SO_WISH.match(text)) and not any(details(wish["why"])):
            yield self.fact("reason", wish["why"], segment.start + start, segment.start + start + wish.end("why"))
            yield from self._of_clause(segment, start + wish.end(), end)
            return
        reason = _REASON.search(text) if self._phase != Phase.G6_VALUES else None  # there it is how a value shows
        told = text[: reason.start()] if reason and reason.start() else text
        if not re.search(r"\w", told) or is_filler(f"{told},") or is_heading(told) or not _says(told):
            return
        at, kind = segment.start + start, _kind(told, self._phase)
        yield self.fact(kind, told, at, at + len(told))
        other = _OTHER_ROLE.search(told) if kind == "role" else None
        if other:  # "rather than stay a clerk": said, and not wanted
            yield {**self.fact("role", other[0], at + other.start(), at + other.end()), "state": "withdrawn"}
        for kind, span in details(told):
            if span.end - span.start < len(told.strip(_EDGES)):
                yield self.fact(kind, span.text, at + span.start, at + span.end)
        if reason and reason.start():
            yield self.fact("reason", reason[0].strip(_EDGES), at + reason.start(), at + len(text))


def _without_heading(segment: Segment) -> Segment:
    """A segment without the words that open it or announce it: `good morning, my three values: …`."""
    if begin := opening_end(segment.text):
        return _without_heading(replace(segment, text=segment.text[begin:], start=segment.start + begin))
    head, colon, _ = segment.text.partition(": ")
    if not colon or not (is_heading(head) or is_filler(f"{head},")):
        return segment
    begin = len(head) + len(colon)
    return replace(segment, text=segment.text[begin:], start=segment.start + begin)


def _unwanted(text: str) -> bool:
    """Whether a clause tells what somebody doesn't want to be or do, without a figure: it explains, and is no target."""
    return lacks(text) or (bool(_NOT_WANTED.match(text)) and not any(details(text)))


def lacks(text: str) -> bool:
    """Whether a clause tells what its speaker has not or can't yet."""
    return bool(_LACKS.match(text))


def details(text: str) -> Iterator[tuple[FactKind, Span]]:
    """The times and amounts of a text."""
    times = times_of(text)
    for time in times:
        yield ("frequency" if time.kind == "rhythm" else "date"), _without(_STARTS, text, time)
    for quantity in find_amounts(text, times):
        yield "amount", _whole_range(text, quantity)


def _says(text: str) -> bool:
    """Whether there is anything but words that go with others: `so that's it` says nothing."""
    return bool(terms(text)) or any(map(str.isdigit, text)) or bool(find_times(text)) or any(find_amounts(text, ()))


def _without(opening: re.Pattern[str], text: str, span: Span) -> Span:
    """A span without what opens it and is no part of it."""
    match = opening.match(span.text)
    start = span.start + (match.end() if match else 0)
    return Span(start, span.end, text[start : span.end], span.kind)


def _whole_range(text: str, span: Span) -> Span:
    """`5 %` of `between 3 and 5 %` with where the range begins."""
    match = _RANGE.search(text, 0, span.start)
    start = match.start() if match else span.start
    return Span(start, span.end, text[start : span.end], span.kind)


def _clauses(segment: Segment, *, whole: bool, steps: bool) -> Iterator[tuple[int, int]]:
    """Where the clauses stand; list items and values are one, whatever they hold."""
    spans = (
        [(0, len(segment.text))]
        if whole
        else _dated_parts(segment.text) or _other_parts(segment.text) or [*clause_spans(segment.text)]
    )
    if steps and not whole:
        spans = [part for span in spans for part in _timed_steps(segment.text, *span)]
    for start, end in spans:
        text = segment.text[start:end]
        while (bare := text.rstrip(_EDGES)).lower().endswith(_SOUNDS):
            text = bare.rpartition(" ")[0]
        left, right = len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))
        if left < right:
            yield start + left, start + right


_OTHER_JOIN = re.compile(
    r",?\s+(?:und|sowie|y|et|puis|oraz|i)\s+(?=\d+\s\D|(?:zwei|drei|vier|dos|tres|cuatro|deux|trois|quatre|dwa|dwie|trzy)\s)|"
    r",?\s+(?:y|et|puis)\s+(?=\w{2,}(?:ar|er|ir|re)\s)|,?\s+(?:i|oraz)\s+(?=\w{2,}(?:ę|ć)\s)",
    re.IGNORECASE,
)
"""Where a sentence in another language goes on with the next thing: a number, or a verb by its ending."""


def _other_parts(text: str) -> list[tuple[int, int]]:
    """The parts of a sentence in another language; none where it has but one."""
    cuts = [match.span() for match in _OTHER_JOIN.finditer(text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True)) if cuts else []


def _dated_parts(text: str) -> list[tuple[int, int]]:
    """The parts between commas where each has a time of its own, as in a list of steps on one line; none otherwise."""
    cuts = [match.span() for match in _COMMA.finditer(text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    return parts if len(parts) > 1 and all(times_of(text[start:end]) for start, end in parts) else []


def _timed_steps(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A clause cut where both sides are a step with a time of its own: `fit 4 pumps by May, no leaks until June`."""
    parts, begin = [], start
    for join in _JOIN.finditer(text, start, end):
        following = _JOIN.search(text, join.end(), end)
        after = text[join.end() : following.start() if following else end]
        if _goes_apart(text[begin : join.start()], join[0], after):
            parts.append((begin, join.start()))
            begin = join.end()
    return [*parts, (begin, end)]


def _goes_apart(before: str, join: str, after: str) -> bool:
    """Whether what follows a comma or an `and` is a step of its own: both have their time, or it is of a form that is none of the
    step before."""
    if _LEANS.match(after):
        return False
    if _is_timed(before) and (_is_timed(after) or ("and" in join and counts_something(after))):
        return True
    if "," in join and counts_something(after) and any(map(str.isdigit, before)):
        return not terms(before) & terms(after)
    return "," in join and bool(terms(before)) and opens_step(after)


def _is_timed(text: str) -> bool:
    """Whether something is told with when or how often it is done."""
    times = times_of(text)
    for time in reversed(times):
        text = text[: time.start] + text[time.end :]
    return bool(times and terms(text))


def _kind(text: str, phase: str) -> FactKind:
    found = list(details(text))
    rest = text
    for _, span in sorted(found, key=lambda pair: pair[1].start, reverse=True):
        rest = rest[: span.start] + rest[span.end :]
    _, bare = strip_lead(text)
    verb = leading_verb(bare)
    told = any(
        kind == "amount" and (len(found) > 1 or _NONE.match(span.text)) and terms(span.text) for kind, span in found
    )
    if found and not told and not terms(rest) and not verb:
        return found[0][0]
    if phase == Phase.G6_VALUES:
        return "value"
    is_role = names_role(bare) and len(text) < LONGEST_ROLE_CLAUSE and verb in _OF_ROLES
    return "role" if is_role else "deliverable"

"""When something is to happen: every time of a text with its place, and the days from which and until which it runs."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from nodes.english.dates import SOFT, SOON, dated
from nodes.english.periods import Period, When, about, after, before, next_day_of_month, running, shifted
from nodes.english.service import is_service_level
from nodes.english.shapes import Grammar
from nodes.english.spans import Span, Stretches
from nodes.english.tokens import Token

DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Time(Span):
    """A time in a text. Kinds: `deadline`, `duration`, `near` (next week), `start` (from April on), `rhythm`."""

    resolve: Callable[[date], Period | None] = field(default=lambda said_on: None, compare=False, repr=False)

    def due(self, said_on: date) -> date | None:
        """Its last day for somebody who said it on that day; None for what has no exact one, such as a rhythm or a start."""
        period = self.resolve(said_on)
        return period.last if period and period.exact and self.kind not in ("rhythm", "start") else None

    def start_day(self, said_on: date) -> date | None:
        """Its first day; for what only has an end, the day on which it was said."""
        period = self.resolve(said_on)
        return period.first if period and period.exact else None

    def days_left(self, said_on: date) -> int | None:
        """About how many days it leaves; negative when past, None for a rhythm or what can't be told."""
        period = self.resolve(said_on) if self.kind != "rhythm" else None
        return (period.last - said_on).days if period else None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a rule makes of its tokens."""

    kind: str
    resolve: Callable[[date], Period | None] = lambda said_on: None


def _today(said_on: date) -> Period | None:
    return Period(said_on, said_on)


def _none(said_on: date) -> Period | None:
    return None


def _last_of(when: When | None) -> Callable[[date], Period | None]:
    """The nearest period that isn't over, else the last one."""

    def resolve(said_on: date) -> Period | None:
        periods = list(when(said_on)) if when else []
        return next((p for p in periods if p.last >= said_on), periods[-1] if periods else None)

    return resolve


def _before(when: When | None) -> Callable[[date], Period | None]:
    """The day before the nearest period that still has one."""

    def resolve(said_on: date) -> Period | None:
        periods = [(before(period), period) for period in (when(said_on) if when else ())]
        last, period = next(((d, p) for d, p in periods if d >= said_on), periods[-1] if periods else (None, None))
        return Period(said_on, last, period.exact) if last and period else None

    return resolve


def _whens(tokens: Sequence[Token]) -> list[When]:
    return [token.when for token in tokens if token.when]


def _strict(tokens: Sequence[Token]) -> _Read:
    """`by June`, `before the end of May`, `until next Friday`."""
    when = _whens(tokens)[-1]
    near = tokens[-1].tag == SOON and _is_short(when)
    early = tokens[0].tag in ("before", "ahead", "prior")
    return _Read("near" if near else "deadline", _before(when) if early else _last_of(when))


_SHORT = 62


def _is_short(when: When) -> bool:
    """Whether it names a day, a week or a month."""
    return all((period.last - period.first).days < _SHORT for period in when(date(2000, 1, 1)))


def _loose(tokens: Sequence[Token]) -> _Read:
    """`in June`, `on 3 May and 5 June`, `over the summer`."""
    near = tokens[-1].tag in (SOON, SOFT)
    return _Read("near" if near else "deadline", _last_of(_whens(tokens)[-1]))


def _range(tokens: Sequence[Token]) -> _Read:
    """`from January to March 2027`."""
    first, last = _whens(tokens)[0], _last_of(_whens(tokens)[-1])

    def resolve(said_on: date) -> Period | None:
        end = last(said_on)
        starts = [p.first for p in first(said_on) if end and p.first <= end.last]
        if end is None:
            return None
        return Period(max((s for s in starts if (end.last - s).days <= _YEAR), default=end.first), end.last, end.exact)

    return _Read("deadline", resolve)


_YEAR = 366


def _start(tokens: Sequence[Token]) -> _Read:
    whens = _whens(tokens)
    return _Read("start", _last_of(whens[-1]) if whens else _today)


def _length(tokens: Sequence[Token]) -> tuple[float, int, bool]:
    """How many of which length (months above zero, days below), and whether a calendar knows it."""
    unit = next(t for t in reversed(tokens) if t.tag in ("unit", "annual", "quarter", "quarters", "stage", "clock"))
    numbers = [t.value or 1 for t in tokens if t.tag in ("day", "number", "count", "one", "a")]
    halves = [t for t in tokens if t.tag == "half"]
    amount = (
        (numbers[0] + 0.5 if _adds_half(tokens) else 0.5)
        if halves
        else numbers[-1]
        if numbers
        else float(unit.text.lower() in _ONE_LENGTH)
    )
    length = {"quarters": 3, "stage": -unit.value, "clock": -1}.get(unit.tag, unit.value)
    soft = unit.tag in ("stage", "clock") or any(t.tag in ("working", "business", "company") for t in tokens)
    if unit.tag == "clock":
        amount = max(1.0, amount * unit.value / DAY_SECONDS)
    return amount, int(length), not soft


_ONE_LENGTH = frozenset(
    ("day", "week", "fortnight", "month", "quarter", "year", "decade", "term", "semester", "season", "sprint", "shift")
)
_SEVERAL = 3
"""`The coming months` are about so many."""


def _adds_half(tokens: Sequence[Token]) -> bool:
    return any(t.tag == "and" for t in tokens)


def _duration(tokens: Sequence[Token]) -> _Read:
    """`within 24 months`, `over the next two quarters`, `6-month plan`."""
    amount, length, exact = _length(tokens)
    return _Read("duration", _last_of(about(after(_SEVERAL, length)) if amount == 0 else after(amount, length, exact)))


def _lasting(tokens: Sequence[Token]) -> _Read:
    """`for three months`, `after a year`: how long it takes; from when on nobody knows."""
    return _Read("duration", _last_of(about(after(*_length(tokens)))))


def _running(tokens: Sequence[Token]) -> _Read:
    """`within the year`."""
    last = tokens[-1]
    when = running(int(last.value) if last.tag != "stage" else MONTHS_A_QUARTER)
    return _Read("near", _last_of(about(when) if last.tag == "stage" else when))


def _out(tokens: Sequence[Token]) -> _Read:
    """`before the year is out`."""
    place = next(place for place, token in enumerate(tokens) if token.tag == "is")
    return _running(tokens[:place])


MONTHS_A_QUARTER = 3
"""About as long as terms and seasons run."""


def _offset(tokens: Sequence[Token]) -> _Read:
    """`two weeks before Easter`."""
    place = next(place for place, token in enumerate(tokens) if token.tag in ("before", "after"))
    amount, length, _ = _length(tokens[:place])
    sign = -1 if tokens[place].tag == "before" else 1
    return _Read("deadline", _last_of(shifted(_whens(tokens)[-1], sign * (amount or 1), length)))


def _event(tokens: Sequence[Token]) -> _Read:
    return _Read("near", _none)


def _day_of_month(tokens: Sequence[Token]) -> _Read:
    number = next(int(t.value) for t in tokens if t.tag == "nth")
    return _Read("deadline", _last_of(next_day_of_month(number)))


def _rhythm(tokens: Sequence[Token]) -> _Read:
    return _Read("rhythm")


def _nothing(tokens: Sequence[Token]) -> _Read:
    return _Read("")


GRAMMAR: Grammar[_Read | None] = Grammar(
    "times",
    {
        "nothing": _nothing,
        "rhythm": _rhythm,
        "range": _range,
        "start": _start,
        "strict": _strict,
        "running": _running,
        "offset": _offset,
        "out": _out,
        "day_of_month": _day_of_month,
        "loose": _loose,
        "duration": _duration,
        "lasting": _lasting,
        "event": _event,
    },
)
_PAST = re.compile(r"\b(?:have|has|had|was|were|been|worked|spent)\b|['’]ve\b")


@lru_cache(maxsize=512)
def find_times(text: str) -> tuple[Time, ...]:
    """Dates, deadlines, lengths, starts and rhythms of a text in order, never overlapping; a service level is none of them."""
    tokens = dated(text)
    found = [(_time(text, tokens[start:end], made), start, end) for start, end, made in _reads(tokens)]
    kept = [(time, start, end) for time, start, end in found if not _is_no_time(text, time)]
    return tuple(time for time, start, end in kept if not is_service_level(tokens, start, end, [t for t, _, _ in kept]))


def _reads(tokens: Sequence[Token]) -> Iterator[tuple[int, int, _Read]]:
    for start, end, _, made in GRAMMAR.find(tokens):
        if made and made.kind:
            yield _inner(tokens, start), end, made


def _inner(tokens: Sequence[Token], start: int) -> int:
    """A comma or bracket before a time is no part of it."""
    return start + (tokens[start].tag in ("comma", "open"))


def _time(text: str, tokens: Sequence[Token], made: _Read) -> Time:
    start, end = tokens[0].start, tokens[-1].end
    return Time(start, end, text[start:end], made.kind, made.resolve)


def _is_no_time(text: str, time: Time) -> bool:
    """The past, and names such as `the Daily 5 centers`."""
    if time.kind == "rhythm":
        return time.text[0].isupper() and text[: time.start].rstrip()[-1:].isalnum()
    return time.kind == "duration" and _looks_back(text, time)


def _looks_back(text: str, time: Time) -> bool:
    """`I have worked here for 5 years`."""
    sentence = re.split(r"[.;!?\n]", text[max(0, time.start - 60) : time.start])[-1]
    return (
        time.text.lower().startswith(("for", "over", "during", "after"))
        and "next" not in time.text
        and bool(_PAST.search(sentence))
    )


@lru_cache(maxsize=4096)
def days_until(time: Span, said_on: date) -> int | None:
    """About how many days a time leaves from a day; negative when past, None for a rhythm or what can't be told."""
    return time.days_left(said_on) if isinstance(time, Time) else None


@dataclass(frozen=True, slots=True)
class Due:
    """A day that a text names, and where: `text` stands at [start, end) of it."""

    day: date
    text: str
    start: int
    end: int


def due_days(text: str, said_on: date) -> tuple[Due, ...]:
    """The days from `said_on` on that `text` names, as they stand in it; a text said on that day counts its spans from it.

    Rhythms, starts, seasons and working days have no day, and what stands in “quotation marks” is somebody else's word.
    """
    quotes = Stretches(_quotes(text))
    times = (t for t in find_times(text) if quotes.at(t.start) is None)
    found = (Due(day, t.text, t.start, t.end) for t in times if (day := t.due(said_on)))
    return tuple(due for due in found if due.day >= said_on)


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    while (start := text.find("“", end)) >= 0 and (end := text.find("”", start) + 1):
        yield start, end

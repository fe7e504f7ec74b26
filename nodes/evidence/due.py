"""The day on which a time in a goal is over, for calendars: an exact day or none, never a guess."""

import re
from calendar import month_name, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nodes.evidence.lexicon import NUMBER_WORDS
from nodes.evidence.spans import Span, Stretches
from nodes.evidence.times import find_times

LONGEST_MONTHS = 600
"""Fifty years: what lies further ahead is no deadline."""

_MONTHS = {month_name[n][:3].lower(): n for n in range(1, 13)}
_MONTH = r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b\.?"
_YEAR = r"(20\d\d)"
_DAY_OF_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?")
_MONTH_DAY = re.compile(rf"{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s{_YEAR})?")
_ISO = re.compile(rf"\b{_YEAR}-(\d\d)(?:-(\d\d))?\b")
_NUMERIC = re.compile(rf"\b(\d{{1,2}})([./])(\d{{1,2}})[./]{_YEAR}\b")
_ONLY_MONTH = re.compile(rf"{_MONTH}(?:,?\s{_YEAR})?")
_PART_OF_YEAR = re.compile(rf"\b([qh])([1-4])(?:\s(?:of\s)?{_YEAR})?\b")
_ONLY_YEAR = re.compile(rf"\b{_YEAR}\b")
_RELATIVE_YEAR = re.compile(
    r"\b(?:(?P<which>this|next|coming|following|upcoming|current)\s)?(?:calendar\s)?(?P<unit>year|quarter|month|week)\b"
    r"|\b(?P<end>eoy|eoq|eom|(?:year|quarter|month)[- ]end)\b"
)
_AMOUNT = re.compile(
    r"(?:(?P<from>\d{1,4}(?:\.\d)?)\s?(?:-|–|to)\s?)?(?P<number>\d{1,4}(?:\.\d)?|[a-z]+(?:[- ][a-z]+)?)[\s-]+"
    r"(?P<unit>day|week|fortnight|month|quarter|year|yr)s?\b"
)
_COUNTED = re.compile(r"\b(month|week|day|year)\s(\d{1,3})\b")
_WITHOUT_A_DAY = re.compile(
    r"fiscal|financial|school|academic|working|business|spring|summer|autumn|winter|\bfall\b|\bfy\b|season|semester|term|sprint"
)
_LASTS = re.compile(r"^(?:for|during|after)\s(?!the\snext|the\scoming|the\sfollowing)")
_BEFORE = re.compile(r"^(?:before|ahead of|prior to)\b")
_STARTS = re.compile(r"^(?:from|starting|as of)\b(?!.*(?:\bto\b|[-–]))|\b(?:start|beginning)\b")
_NEXT_ONE = re.compile(
    r"^(?:over|within|in|during|throughout|across) the (?:next|coming|following) (day|week|month|quarter|year)$"
)
_EARLY, _MIDDLE = re.compile(r"\bearly\b"), re.compile(r"\bmid\b|\bmid(?=-)|\bmiddle\b")
_IN_MONTHS = {"month": 1, "quarter": 3, "year": 12, "yr": 12}
_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Due:
    """A day that a text names, and where: `text` stands at [start, end) of it."""

    day: date
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Period:
    first: date
    last: date


def due_days(text: str, said_on: date) -> tuple[Due, ...]:
    """The days from `said_on` on that `text` names, as they stand in it; a text said on that day counts its spans from it.

    Rhythms, seasons and company years have no day, and what stands in “quotation marks” is somebody else's word.
    """
    quotes = Stretches(_quotes(text))
    times = (t for t in _whole(text) if quotes.at(t.start) is None)
    found = (Due(day, t.text, t.start, t.end) for t in times if (day := due_day(t, said_on)))
    return tuple(due for due in found if due.day >= said_on)


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    while (start := text.find("“", end)) >= 0 and (end := text.find("”", start) + 1):
        yield start, end


def _whole(text: str) -> list[Span]:
    """The times of a text, `by H2` and `of 2027` as one."""
    whole: list[Span] = []
    for time in find_times(text):
        last = whole[-1] if whole else None
        if last and time.text.startswith("of ") and text[last.end : time.start] == " ":
            whole[-1] = Span(last.start, time.end, text[last.start : time.end], last.kind)
        else:
            whole.append(time)
    return whole


def due_day(time: Span, said_on: date) -> date | None:
    """The last day of a time, or None for what has no exact day.

    `by June 2028` is 30 June 2028, `before June 2028` 31 May 2028, `within 24 months` 24 months after `said_on`. A month or day
    without its year is the next one.
    """
    words = " ".join(time.text.lower().replace("'s", "").split())
    if time.kind == "rhythm" or _WITHOUT_A_DAY.search(words) or _unclear(words):
        return None
    try:
        period = _named(words, said_on)
        return _placed(words, period) if period else _counted(words, said_on) or _current(words, said_on)
    except (ValueError, OverflowError):  # such as 31 June
        return None


def _placed(words: str, period: _Period) -> date:
    """The day within a period, by the words around it."""
    if _BEFORE.search(words):
        return period.first - timedelta(days=1)
    length = (period.last - period.first).days
    if _EARLY.search(words):
        return period.first + timedelta(days=length // 3)
    if _MIDDLE.search(words):
        return period.first + timedelta(days=length // 2)
    return period.first if _STARTS.search(words) else period.last


def _named(words: str, said_on: date) -> _Period | None:
    """The last period that the words call by its name."""
    return _day(words, said_on) or _month_or_part(words, said_on)


def _day(words: str, said_on: date) -> _Period | None:
    if found := _ISO.search(words):
        month = _month(int(found[1]), int(found[2]))
        return _only(date(int(found[1]), int(found[2]), int(found[3]))) if found[3] else month
    if found := _NUMERIC.search(words):
        return _numeric(found)
    for day, month_word, year in [(f[1], f[2], f[3]) for f in _DAY_OF_MONTH.finditer(words)][-1:]:
        return _next_day(int(day), month_word, year, said_on)
    for month_word, day, year in [(f[1], f[2], f[3]) for f in _MONTH_DAY.finditer(words)][-1:]:
        return _next_day(int(day), month_word, year, said_on)
    return None


def _unclear(words: str) -> bool:
    """Of `3/4/2027` nobody knows which is the month."""
    found = _NUMERIC.search(words)
    return (
        found is not None and found[2] == "/" and found[1] != found[3] and int(found[1]) <= 12 and int(found[3]) <= 12
    )


def _numeric(found: re.Match[str]) -> _Period:
    """`31.12.2027`, `31/12/2027`, `12/31/2027`."""
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    return _only(date(year, one, two) if two > 12 else date(year, two, one))


def _next_day(day: int, month_word: str, year: str | None, said_on: date) -> _Period:
    month = _MONTHS[month_word[:3]]
    if year:
        return _only(date(int(year), month, day))
    here = date(said_on.year, month, day)
    return _only(here if here >= said_on else date(said_on.year + 1, month, day))


def _month_or_part(words: str, said_on: date) -> _Period | None:
    for found in list(_ONLY_MONTH.finditer(words))[-1:]:
        month = _MONTHS[found[1][:3]]
        return _month(int(found[2]) if found[2] else said_on.year + (month < said_on.month), month)
    for found in list(_PART_OF_YEAR.finditer(words))[-1:]:
        months = 3 if found[1] == "q" else 6
        last = int(found[2]) * months
        if last > 12:
            return None
        year = int(found[3]) if found[3] else said_on.year + (last < said_on.month)
        return _Period(date(year, last - months + 1, 1), _month(year, last).last)
    for found in list(_ONLY_YEAR.finditer(words))[-1:]:
        return _Period(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    return None


def _counted(words: str, said_on: date) -> date | None:
    """So many months or days after `said_on`."""
    if found := _COUNTED.search(words):
        return _after(float(found[2]), found[1], said_on)
    if found := _NEXT_ONE.search(words):
        return _after(1, found[1], said_on)
    if (found := _AMOUNT.search(words)) and not _LASTS.search(words):
        amount = _number(found["number"])
        return _after(amount, found["unit"], said_on) if amount else None
    return None


def _number(words: str) -> float:
    if words[0].isdigit():
        return float(words)
    known = {**NUMBER_WORDS, "a": 1, "an": 1, "half a": 0.5, "half an": 0.5}
    parts = [words] if words in known else re.split(r"[- ]", words)
    parts = parts if all(part in known for part in parts) else parts[-1:]
    return float(sum(known.get(part, 0) for part in parts))


def _after(amount: float, unit: str, said_on: date) -> date | None:
    if unit in _IN_DAYS:
        return said_on + timedelta(days=round(amount * _IN_DAYS[unit]))
    months = round(amount * _IN_MONTHS[unit])
    if not 0 < months <= LONGEST_MONTHS:
        return None
    years, month = divmod(said_on.month - 1 + months, 12)
    year = said_on.year + years
    return date(year, month + 1, min(said_on.day, monthrange(year, month + 1)[1]))


def _current(words: str, said_on: date) -> date | None:
    """`by the end of next year`, `this quarter`, `tomorrow`."""
    if re.search(r"\b(?:today|tonight|tomorrow)\b", words):
        return said_on + timedelta(days="tomorrow" in words)
    found = _RELATIVE_YEAR.search(words)
    if found is None or re.search(r"\b(?:first|second|third|fourth|last)\b", words):
        return None
    unit = found["unit"] or {"y": "year", "q": "quarter", "m": "month"}[found["end"].removeprefix("eo")[0]]
    ahead = found["which"] not in (None, "this", "current")
    return _placed(words, _running(unit, said_on, ahead))


def _running(unit: str, said_on: date, ahead: bool) -> _Period:
    """The year, quarter, month or working week of a day, or the one after it."""
    if unit == "week":
        monday = said_on - timedelta(days=said_on.weekday()) + timedelta(weeks=ahead)
        return _Period(monday, monday + timedelta(days=4))
    length = _IN_MONTHS[unit]
    start = said_on.month - 1 - (said_on.month - 1) % length + length * ahead
    first = date(said_on.year + start // 12, start % 12 + 1, 1)
    return _Period(first, _month(first.year, first.month + length - 1).last)


def _month(year: int, month: int) -> _Period:
    return _Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _only(day: date) -> _Period:
    return _Period(day, day)

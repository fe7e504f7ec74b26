"""Feasts that people plan by, and their day in each year."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from nodes.english.vocabulary import read_file

_TOLD = read_file("feasts")
_EASTER: dict[str, int] = _TOLD["easter"]["days"]
_DAY: dict[str, str] = _TOLD["day"]["days"]
_NTH: dict[str, list[int]] = _TOLD["nth"]["days"]
_MONTH: dict[str, int] = _TOLD["month"]["days"]
_NAMES = sorted((*_EASTER, *_DAY, *_NTH, *_MONTH), key=len, reverse=True)
_FIRST_WORDS = frozenset(re.split(r"\W", name)[0] for name in _NAMES)
_NAME = re.compile("(?:" + "|".join(re.escape(name).replace("'", "['’]") for name in _NAMES) + r")\b", re.IGNORECASE)
_DAYS_A_WEEK = 7


def may_begin_feast(word: str) -> bool:
    """Whether some feast's name begins with this word."""
    return word.lower() in _FIRST_WORDS


def feast_at(text: str, start: int) -> int:
    """Where the feast ends that begins at `start`; 0 when none does."""
    found = _NAME.match(text, start)
    return found.end() if found else 0


def is_about(name: str) -> bool:
    """Whether only the month of a feast is known."""
    return _plain(name) in _MONTH


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split())


@cache
def feast_day(name: str, year: int) -> date:
    """The day of a feast. Raises KeyError for a name that `feast_at` doesn't find."""
    plain = _plain(name)
    if plain in _MONTH:
        return date(year, _MONTH[plain], 15)
    if plain in _EASTER:
        sunday: date = easter(year)
        return sunday + timedelta(days=_EASTER[plain])
    if plain in _DAY:
        month, day = _DAY[plain].split("-")
        return date(year, int(month), int(day))
    return nth_weekday(year, *_NTH[plain])


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The first, second … (1, 2 …) or last (-1) Monday (0) … Sunday (6) of a month. Raises ValueError when it has none."""
    if which < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % _DAYS_A_WEEK)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % _DAYS_A_WEEK + _DAYS_A_WEEK * (which - 1))
    if found.month != month:
        raise ValueError(f"no such weekday in {year}-{month}")
    return found

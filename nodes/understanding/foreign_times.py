"""Days of the calendar in German, Spanish, French and Polish: where one stands, and how another takes its place."""

import re
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from nodes.english.spans import Span
from nodes.english.times import find_times
from nodes.understanding.wording import either


def times_of(text: str) -> tuple[Span, ...]:
    """All times of a text, those of the calendar in five languages, in their order."""
    english = find_times(text)
    if _signs().isdisjoint(text.lower().replace(",", " ").replace(".", " ").split()):
        return english
    found = [Span(m.start(), m.end(), m[0], "deadline") for m in _time().finditer(text)]
    alone = [time for time in english if not any(time.start < f.end and f.start < time.end for f in found)]
    return tuple(sorted((*found, *alone), key=lambda time: time.start))


def bare_foreign_times(text: str) -> list[Span]:
    """Months with or without their year, as a correction gives them alone: `ach nein, Mai 2027`."""
    if _months().isdisjoint(text.lower().replace(",", " ").replace(".", " ").split()):
        return []
    return [Span(m.start(), m.end(), m[0], "deadline") for m in _month().finditer(text)]


def foreign_time_for(old: str, new: str) -> str:
    """A new time with what the old one says beside it: `do lipca 2027` for `lipiec` in the place of `do maja 2027`; empty where
    one of the two is none."""
    before, after = _parts().fullmatch(old.strip()), _parts().fullmatch(new.strip())
    if before is None or after is None or not (after["month"] or after["year"]):
        return ""
    month = after["month"] or before["month"] or ""
    if not (before["before"] or after["before"]) and (not month or month.lower() in _data()["english"]["words"]):
        return ""  # English
    if not after["before"]:
        month = _in_form_of(month, before["month"] or "")
    year = after["year"] or before["year"]
    join = (before["join"] or after["join"] or " ") if month else ""
    return "".join(
        [after["before"] or before["before"] or "", after["day"] or "", month, f"{join}{year}" if year else ""]
    )


def _in_form_of(month: str, old: str) -> str:
    forms: list[list[str]] = _data()["forms"]["pl"]
    form = next((names for names in forms if old.lower() in names), None)
    number = next((names.index(month.lower()) for names in forms if month.lower() in names), None)
    return form[number] if form and number is not None else month


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "vocabulary" / "foreign_times.toml").read_text(encoding="utf-8"))


@cache
def _months() -> frozenset[str]:
    """All names of months that English doesn't share."""
    return frozenset(chain.from_iterable(_data()["months"].values())) - {"april", "august", "september", "november"}


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_DAY}{either(_months())}(?!\w)(?:\s+(?:de\s+|del\s+)?20\d\d)?", re.IGNORECASE)


@cache
def _signs() -> frozenset[str]:
    """Words without one of which a text holds no such time."""
    data = _data()
    months = set(chain.from_iterable(data["months"].values())) - set(data["english"]["words"])
    return frozenset(months | {words.split()[0] for words in data["before"]["words"]})


@cache
def _time() -> re.Pattern[str]:
    """A time in a running text: what English writes too counts only behind a preposition that English hasn't."""
    data = _data()
    months = set(chain.from_iterable(data["months"].values()))
    own, sure = either(months - set(data["english"]["words"])), either(data["before"]["sure"])
    before = either(data["before"]["words"])
    year = r"(?:\s+(?:de\s+|del\s+)?20\d\d)?"
    return re.compile(
        rf"(?<!\w)(?:(?:{before}\s+)?{_DAY}{own}(?!\w){year}|{sure}\s+{_DAY}{either(months)}(?!\w){year}|{before}\s+20[2-4]\d(?!\w))",
        re.IGNORECASE,
    )


@cache
def _parts() -> re.Pattern[str]:
    data = _data()
    months = either(chain.from_iterable(data["months"].values()))
    before = either([*data["before"]["words"], *data["before"]["sure"]])
    return re.compile(
        rf"(?P<before>{before}\s+)?(?P<day>{_DAY})(?P<month>{months})?(?P<join>\s*(?:de\s+|del\s+)?)(?P<year>20\d\d)?",
        re.IGNORECASE,
    )


_DAY = r"(?:\d{1,2}\.?\s+(?:de\s+)?)?"

"""Amounts and times as a correction gives them: bare, short, without what the corrected fact says anyway."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re

from nodes.english.lexicon import singular
from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.english.vocabulary import MONTHS, NUMBER_WORDS
from nodes.understanding.foreign_times import bare_foreign_times, foreign_time_for
from nodes.understanding.wording import without_tail
from state.frame import Fact, FactKind

_NUMBER_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"[€$£]?\d(?:[\d.,'’]*\d)?(?:\s?(?:%|€|k\b|m\b|bn\b|million\b|thousand\b|percent\b))?|\b(?:{_NUMBER_WORD})\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"(?:{_NUMBER.pattern})(?:\s+to\s+(?:{_NUMBER.pattern}))?", re.IGNORECASE)
"""A number, or from which to which: `9 to 4`."""
_BARE_TIME = re.compile(
    rf"\b(?:(?:the )?(?:end|start|middle) of )?(?:(?:{MONTHS})\b\.?(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s20\d\d)?|(?:spring|summer|autumn|fall|winter)\s20\d\d\b|20\d\d\b|q[1-4](?:\s20\d\d)?\b)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:by|before|until|till|in|on|from|within|over|during|since|after)(?: the end of| the start of| the)?\s",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\d[\s-](?:\w+\s)?(?:days?|weeks?|months?|years?|hours?|minutes?)\b|\b(?:days|weeks|months|years|hours|minutes)\b",
    re.IGNORECASE,
)
"""How long or how often, as opposed to a day of the calendar."""
_CHANGED_TO = re.compile(r"^(?:(?:to|for|due|just|only)\s)+", re.IGNORECASE)
"""What stands before a new time in "change it to June"."""
_TWO_YEARS = re.compile(r"\b(?P<new>20\d\d),?\s+20\d\d\b")
_TWO_UNITS = re.compile(r"(?P<unit>%|€|\bk|\bm|\bbn|million|thousand|percent)(?:\s?(?P=unit))+(?!\w)", re.IGNORECASE)
_FROM_TO = re.compile(r"(?:from )?(?P<old>\S+.*?) to (?P<new>.+)$", re.IGNORECASE)
"""Where something stands and where it should get: a new amount is the second, unless it says from where."""
_BEFORE_NUMBER = re.compile(r"^(?:from|to|by|is|are|be)\s+", re.IGNORECASE)
_PRONOUN_ONE = re.compile(
    r"\b(?:first|second|third|fourth|last|other|new|old|which|that|this|the|number) one$", re.IGNORECASE
)
"""`the first one` counts nothing."""
_AMOUNT = re.compile(
    rf"(?P<bound>(?:(?:under|below|over|above|at least|at most|max|min|up to|about|around|less than|more than|fewer than|only|just)\s+)*)"
    rf"(?P<number>{_NUMBER.pattern})",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:no|zero|0)\s", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")
_ONLY_MONTH = re.compile(
    rf"(?:(?:by|in|until|before|till) )?(?:(?:the )?(?:end|start|middle) of |mid[- ])?(?:(?:{MONTHS})\b\.?(?:\s\d{{1,2}})?|q[1-4]|spring|summer|autumn|fall|winter)$",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b(?:{MONTHS})\b", re.IGNORECASE)


def bare_values(text: str) -> tuple[tuple[FactKind, Span], ...]:
    """Times without a preposition and numbers without a unit, for "make it 5" and "rather june"."""
    times = [Span(m.start(), m.end(), m[0], "deadline") for m in _BARE_TIME.finditer(text)]
    numbers = [
        Span(m.start(), m.end(), m[0], "count")
        for m in _NUMBERS.finditer(text)
        if not any(t.start <= m.start() < t.end for t in times) and not _PRONOUN_ONE.search(text, 0, m.end())
    ]
    times += [time for time in bare_foreign_times(text) if not any(t.start <= time.start < t.end for t in times)]
    numbers = [n for n in numbers if not any(t.start <= n.start < t.end for t in times)]
    found: list[tuple[FactKind, Span]] = [("date", time) for time in times]
    return (*found, *(("amount", number) for number in numbers))


def counted(amount: str) -> frozenset[str]:
    """What an amount is of: its words without the number."""
    return terms(_NUMBER.sub(" ", amount))


def counted_alike(old: str, new: str) -> str:
    """An old number with what the new one counts, `40 hours` of `60 hours not 40`; empty where the new counts nothing."""
    opening = _NUMBER.match(new)
    return old + new[opening.end() :] if opening and _NUMBER.fullmatch(old) and opening.end() < len(new) else ""


def may_replace(kind: FactKind, text: str, fact: Fact) -> bool:
    """Whether a new value can take a fact's place: amounts amounts, days days, and a bare number also the length of a time."""
    if kind == "amount" and fact["kind"] in ("date", "frequency"):
        return bool(_NUMBER.fullmatch(text.strip()) and _LENGTH.search(fact["text"]))
    if kind != fact["kind"]:
        return False
    if kind == "date":
        return bool(_LENGTH.search(text)) == bool(_LENGTH.search(fact["text"]))
    bare = sort_of(fact["text"]) == "" and not counted(fact["text"])  # "from 30 to 20, no 15 minutes"
    return kind != "amount" or bare or sort_of(text) in ("", sort_of(fact["text"]))


def sort_of(amount: str) -> str:
    """Per cents, lengths of time, sums with a scale or currency, or plain numbers (empty): one never corrects the other, a plain one any."""
    if re.search(r"%|per ?cent", amount, re.IGNORECASE):
        return "share"
    if _LENGTH.search(amount):
        return "length"
    return "sum" if re.search(r"[€$£]|\d\s?(?:k|m|bn|mn|million|thousand)\b", amount, re.IGNORECASE) else ""


def reworded(old: str, wrong: str, new: str) -> str:
    """The new value with what the old one says beside it: `5` for `3 juniors` is `5 juniors`, `june` for `by May 2028` `by June 2028`."""
    if foreign := foreign_time_for(old, new):
        return foreign
    new = without_tail(_CHANGED_TO.sub("", _MONTH.sub(lambda month: month[0].capitalize(), new.strip())))
    number, opening = _AMOUNT.fullmatch(new), _NUMBER.match(new)
    if wrong and wrong.lower() in old.lower() and len(wrong) < len(old) and (not number or _NUMBER.search(wrong)):
        at = old.lower().index(wrong.lower())
        bare = (
            opening[0] if opening and _NUMBER.fullmatch(wrong) else _NUMBER.sub(new, wrong, count=1) if number else new
        )
        bare = _PREPOSITION.sub("", bare) if _PREPOSITION.match(old[:at]) else bare  # `by March`, and rather `in April`
        swapped = old[:at] + bare + old[at + len(wrong) :]
        return _TWO_UNITS.sub(r"\g<unit>", _TWO_YEARS.sub(r"\g<new>", swapped))
    if (level := _FROM_TO.match(old)) and (levels := _FROM_TO.match(new)):
        return old[: level.start("old")] + levels["old"] + " to " + levels["new"]
    if level:
        bound = "old" if new.lower().startswith("from ") else "new"
        return old[: level.start(bound)] + _BEFORE_NUMBER.sub("", new) + old[level.end(bound) :]
    if _BARE_TIME.search(new) or _PREPOSITION.match(new):
        return _dated(old, new)
    return _recounted(old, new)


def with_preposition(time: str) -> str:
    """`by 2028` for a bare `2028`: what a day is said with behind something else."""
    return f"by {time}" if _BARE_TIME.match(time) else time


def _recounted(old: str, new: str) -> str:
    """Another number of the same: what is counted stays where the new one doesn't name it, or names less of it."""
    opening = _AMOUNT.match(new)
    if opening and (none := _NONE.match(old)):  # `2 are fine` where none were to be
        rest = "" if counted(new) else _counted(opening["number"], old[none.end() - 1 :])
        return f"no more than {new}{rest}"
    before = _AMOUNT.search(old)
    if before is None or opening is None:
        return new
    if opening.end() < len(new) and not (terms(new) < terms(old) or _bent(counted(new), counted(old))):
        return new
    start = before.start() if opening["bound"] else before.start("number")
    either = _OR_NUMBER.match(old, before.end())  # "2 or 3 cooks"
    end = either.end() if either else before.end()
    amount = opening[0] if opening["bound"] else opening["number"]
    return old[:start] + amount + _counted(opening["number"], old[end:])


_OR_NUMBER = re.compile(rf"\s*(?:or|to|-|–|oder|bis|o|a|ou|à|lub|do)\s*(?:{_NUMBER.pattern})", re.IGNORECASE)


def _bent(new: frozenset[str], old: frozenset[str]) -> bool:
    """Whether two amounts count the same in another form: `9 Leute`, `8 Leuten`."""
    return len(new) == 1 and any(one.startswith(word) for word in new for one in old)


def _counted(number: str, rest: str) -> str:
    """What is counted, in the singular behind a one."""
    before, last = re.match(r"(.*?)(\w*)$", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    return before + (singular(last) if number.lower() in ("1", "one") else last)


def _dated(old: str, new: str) -> str:
    lead, year = _PREPOSITION.match(old), _YEAR.search(old)
    if year and _YEAR.fullmatch(new):  # "by March 2027, no wait, 2028"
        return old[: year.start()] + new + old[year.end() :]
    if year and _ONLY_MONTH.match(new):
        new = f"{new} {year[0]}"
    if lead and _SEASON.match(new):  # a season has no day at its end
        return f"{lead[0].split()[0]} {new}"
    return new if not lead or _PREPOSITION.match(new) else lead[0] + new


_SEASON = re.compile(r"(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)


def worth(words: str, fact: Fact, text: str) -> tuple[int, int] | None:
    """Where words stand inside a fact's place, as whole words; None where they don't."""
    found = re.search(rf"(?<![\w.,]){re.escape(words)}(?![\w])", text[fact["start"] : fact["end"]], re.IGNORECASE)
    if found:
        return fact["start"] + found.start(), fact["start"] + found.end()
    if fact["text"].lower() == words.lower():
        return fact["start"], fact["end"]
    return None

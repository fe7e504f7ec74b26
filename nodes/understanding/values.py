"""Amounts and times as a correction gives them: bare, short, without what the corrected fact says anyway."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from itertools import pairwise

from nodes.english.lexicon import singular
from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.english.vocabulary import MONTHS, NUMBER_WORDS
from state.frame import Fact, FactKind

_NUMBER_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"[€$£]?\d(?:[\d.,'’]*\d)?(?:\s?(?:%|€|k\b|m\b|bn\b|million\b|thousand\b|percent\b))?|\b(?:{_NUMBER_WORD})\b",
    re.IGNORECASE,
)
_BARE_TIME = re.compile(
    rf"\b(?:(?:the )?(?:end|start|middle) of )?(?:(?:{MONTHS})\b\.?(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s20\d\d)?|20\d\d\b|q[1-4](?:\s20\d\d)?\b)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:by|before|until|till|in|on|from|within|over|during|since|after)(?: the end of| the start of| the)?\s",
    re.IGNORECASE,
)
_IDLE_END = re.compile(
    r"[\s,]+(?:instead|rather|please|pls|now|then|ok|thanks|sorry|though|actually|haha|lol)$", re.IGNORECASE
)
"""What follows a new value and is no part of it."""
_LENGTH = re.compile(
    r"\d[\s-](?:\w+\s)?(?:days?|weeks?|months?|years?|hours?|minutes?)\b|\b(?:days|weeks|months|years|hours|minutes)\b",
    re.IGNORECASE,
)
"""How long or how often, as opposed to a day of the calendar."""
_CHANGED_TO = re.compile(r"^(?:to|for)\s", re.IGNORECASE)
"""What stands before a new time in "change it to June"."""
_TWO_YEARS = re.compile(r"\b(?P<new>20\d\d),?\s+20\d\d\b")
_JOINED = re.compile(r",\s*(?:and\s+)?|\s+(?:and|plus|or)\s+", re.IGNORECASE)
"""What joins the things of a list."""
_YEAR = re.compile(r"\b20\d\d\b")
_ONLY_MONTH = re.compile(
    rf"(?:(?:by|in|until|before|till) )?(?:(?:the )?end of )?(?:{MONTHS})\b\.?(?:\s\d{{1,2}})?$", re.IGNORECASE
)
_MONTH = re.compile(rf"\b(?:{MONTHS})\b", re.IGNORECASE)


def bare_values(text: str) -> tuple[tuple[FactKind, Span], ...]:
    """Times without a preposition and numbers without a unit, for "make it 5" and "rather june"."""
    times = [Span(m.start(), m.end(), m[0], "deadline") for m in _BARE_TIME.finditer(text)]
    numbers = [
        Span(m.start(), m.end(), m[0], "count")
        for m in _NUMBER.finditer(text)
        if not any(t.start <= m.start() < t.end for t in times)
    ]
    found: list[tuple[FactKind, Span]] = [("date", time) for time in times]
    return (*found, *(("amount", number) for number in numbers))


def may_replace(kind: FactKind, text: str, fact: Fact) -> bool:
    """Whether a new value can take a fact's place: amounts amounts, days days, and a bare number also the length of a time."""
    if kind == "amount" and fact["kind"] in ("date", "frequency"):
        return bool(_NUMBER.fullmatch(text.strip()) and _LENGTH.search(fact["text"]))
    if kind != fact["kind"]:
        return False
    if kind == "date":
        return bool(_LENGTH.search(text)) == bool(_LENGTH.search(fact["text"]))
    return _sort(text) in ("", _sort(fact["text"]))


def _sort(amount: str) -> str:
    """Per cents, sums with a scale or currency, or plain numbers (empty): one never corrects the other, a plain one any."""
    if re.search(r"%|per ?cent", amount, re.IGNORECASE):
        return "share"
    return "sum" if re.search(r"[€$£]|\d\s?(?:k|m|bn|mn|million|thousand)\b", amount, re.IGNORECASE) else ""


def reworded(old: str, wrong: str, new: str) -> str:
    """The new value with what the old one says beside it: `5` for `3 juniors` is `5 juniors`, `june` for `by May 2028` `by June 2028`."""
    new = _IDLE_END.sub("", _CHANGED_TO.sub("", _MONTH.sub(lambda month: month[0].capitalize(), new.strip())))
    number, opening = _NUMBER.fullmatch(new), _NUMBER.match(new)
    if wrong and wrong.lower() in old.lower() and len(wrong) < len(old):
        at = old.lower().index(wrong.lower())
        swapped = old[:at] + (opening[0] if opening and _NUMBER.fullmatch(wrong) else new) + old[at + len(wrong) :]
        return _TWO_YEARS.sub(r"\g<new>", swapped)
    if _BARE_TIME.search(new) or _PREPOSITION.match(new):
        return _dated(old, new)
    before = _NUMBER.search(old)
    if number and before:
        return old[: before.start()] + new + _counted(new, old[before.end() :])
    return new


def _counted(number: str, rest: str) -> str:
    """What is counted, in the singular behind a one."""
    space, word, after = re.match(r"(\s*)(\w*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    return space + (singular(word) if number.lower() in ("1", "one") else word) + after


def _dated(old: str, new: str) -> str:
    lead, year = _PREPOSITION.match(old), _YEAR.search(old)
    if year and _ONLY_MONTH.match(new):
        new = f"{new} {year[0]}"
    return new if not lead or _PREPOSITION.match(new) else lead[0] + new


def listed_part(fact: Fact, text: str, wanted: frozenset[str]) -> tuple[int, int] | None:
    """Where the one of several listed things stands that is wanted, with the word that joins it; None where that isn't clear."""
    told = text[fact["start"] : fact["end"]]
    edges = [0, *(match.start() for match in _JOINED.finditer(told)), len(told)]
    parts = [(a, b) for a, b in pairwise(edges) if wanted & terms(told[a:b])]
    if len(edges) < 3 or len(parts) != 1 or parts[0][0] == 0:
        return None
    return fact["start"] + parts[0][0], fact["start"] + parts[0][1]


def worth(words: str, fact: Fact, text: str) -> tuple[int, int] | None:
    """Where words stand inside a fact's place, as whole words; None where they don't."""
    found = re.search(rf"(?<![\w.,]){re.escape(words)}(?![\w])", text[fact["start"] : fact["end"]], re.IGNORECASE)
    if found:
        return fact["start"] + found.start(), fact["start"] + found.end()
    if fact["text"].lower() == words.lower():
        return fact["start"], fact["end"]
    return None

"""Reads a correction or a withdrawal: what it names as old and as new, and how much beside that it says."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.rules.first_person import strip_lead
from nodes.rules.verbs import leading_verb, names_role
from nodes.understanding.facts import details
from nodes.understanding.values import bare_values
from state.frame import FactKind

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_IS = re.compile(r"\S+ (?:is|are|was|were|should|would|must|will)\b", re.IGNORECASE)
_ITEM_NUMBER = re.compile(
    r"(?:\b(?:number|no\.?|nr\.?|#|item|step|point|action|value|goal|punkt|schritt|nummer|paso|punto|número|étape|point|numéro|krok|numer)\s*)?#?\b(\d{1,2})(?:st|nd|rd|th|\.)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mend:
    """What a correction says."""

    old: str
    """What it names as wrong, in its own words; empty where it names nothing."""
    values: tuple[tuple[FactKind, Span], ...]
    """New amounts and times, with their place in the text read."""
    rest: frozenset[str]
    """Stems of what else it says."""
    fields: frozenset[FactKind]
    """Kinds of facts it names: "the date"."""
    new: str
    """What stands beside the old, without announcing words; empty where no old is named."""
    new_start: int
    """Where `new` begins in the text read."""
    old_values: tuple[str, ...] = ()
    """Amounts and times in the old, for where it isn't found as a whole."""

    def value_like(self, kind: FactKind) -> str:
        """The new amount or time of this kind, else the last of any, else all of the new."""
        same = [span.text for found, span in self.values if found == kind]
        return (same or [span.text for _, span in self.values] or [self.new])[-1]


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `vocabulary/mending.toml`."""
    return tomllib.loads((Path(__file__).parent / "vocabulary" / "mending.toml").read_text(encoding="utf-8"))


def read_mend(text: str) -> Mend:
    """What a correction names."""
    old, new, at = _contrast(text)
    found = tuple((kind, _moved(span, at)) for kind, span in _values(new)) if old else _values(text)
    if old.lower() in _idle_words():  # "change the date to June": a kind of fact, no words of it
        old = ""
    olds = tuple(span.text for _, span in _values(old)) if old else ()
    return Mend(old, found, _rest(text, found, old), _fields(text), new, at, olds)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.text, span.kind)


def _values(text: str) -> tuple[tuple[FactKind, Span], ...]:
    """The amounts and times of a text, also bare ones that stand in no other."""
    whole = tuple(details(text))
    bare = [
        (kind, span)
        for kind, span in bare_values(text)
        if not any(span.start < other.end and other.start < span.end for _, other in whole)
    ]
    return tuple(sorted((*whole, *bare), key=lambda pair: pair[1].start))


def states_something(text: str) -> bool:
    """Whether a correction is a statement of its own, with a verb or a role, and no mere command to change something."""
    _, told = strip_lead(text[announced(text) :])
    verb = leading_verb(told, strict=True)
    about = bool(_IS.match(told))  # "text is 15 %": told about a thing, not done
    return bool(verb and not about and verb not in vocabulary()["commands"]["words"]) or names_role(told)


def announced(text: str) -> int:
    """Where what a correction says begins: behind `no wait, sorry, i meant`."""
    start, words = 0, _announcing_phrases()
    while match := words.match(text, start):
        start = match.end()
    return start if start < len(text) else 0


def repairs(text: str) -> bool:
    """Whether a text opens with a word that takes back what was said before it."""
    return bool(_repair().match(text))


def names_old(text: str) -> bool:
    """Whether a text only says what is not meant: it belongs to what stands before it."""
    instead = vocabulary()["instead"]
    return bool(
        re.match(
            rf"(?:{_either([*instead['new_then_old'], *instead['new_comma_old']])})\s+\S+(?:\s+\S+){{0,3}}\W*$",
            text,
            re.I,
        )
    )


@cache
def _repair() -> re.Pattern[str]:
    data = vocabulary()["repair"]
    return re.compile(rf"\W*(?:{_either(data['sounds'])}\W+)*{_either(data['words'])}(?![\w'’])", re.IGNORECASE)


def addresses(text: str) -> bool:
    """Whether a text speaks to somebody: it asks, or has a word for them."""
    return text.rstrip().endswith("?") or _has(text, vocabulary()["addressing"]["words"])


def speaks_of_all(text: str) -> bool:
    """Whether everything said is meant."""
    data = vocabulary()["all"]
    return _has(text, data["words"]) and _has(text, data["verbs"])


def item_number(text: str, count: int) -> int | None:
    """Which of `count` items is meant, from 1; None where none is named."""
    if _has(text, vocabulary()["last"]["words"]) and count:
        return count
    for number, words in vocabulary()["ordinals"].items():
        if _has(text, words) and int(number) <= count:
            return int(number)
    found = _ITEM_NUMBER.search(text)
    return int(found[1]) if found and 0 < int(found[1]) <= count else None


def _contrast(text: str) -> tuple[str, str, int]:
    """The old, the new and where the new begins: `3 instead of 2`, `not Y but X`, `replace Y with X`."""
    for pattern in _contrasts():
        match = pattern.search(text)
        if match and match["old"].strip() and match["new"].strip():
            old = match["old"].strip(" ,.!")
            start = match.start("new") + announced(match["new"])
            start += _alike(text[start : match.end("new")], old)
            return old, text[start : match.end("new")].strip(" ,.!"), start
    return "", "", 0


def _alike(new: str, old: str) -> int:
    """Where the part of the new begins that is said as the old is: `with Tomek` of "they are with Tomek, not with Jarek"."""
    if len(new.split()) <= len(old.split()) + MOST_EXTRA_WORDS:
        return 0
    first = re.escape(old.split()[0])
    same = list(re.finditer(rf"(?<!\w){first}(?!\w)", new, re.IGNORECASE)) or list(_SAID_TO_BE.finditer(new))
    return same[-1].start() if same and not _SAID_TO_BE.fullmatch(same[-1][0]) else same[-1].end() if same else 0


MOST_EXTRA_WORDS = 1
"""Words that the new may have more than the old and still be all of it."""
_SAID_TO_BE = re.compile(r"\b(?:is|are|be|was|were|it's|its|with|from|called)\s+", re.IGNORECASE)


@cache
def _contrasts() -> tuple[re.Pattern[str], ...]:
    instead = vocabulary()["instead"]
    before_old, but, exchange = (_either(instead[key]) for key in ("new_then_old", "old_then_new", "exchange"))
    verbs = (
        r"(?:replace|change|swap|switch|ersetze?|ändere?|tausche?|cambia|reemplaza|remplacez?|changez?|zmień|zamień)"
    )
    commaed = _either(instead["new_comma_old"])
    end, whole = r"(?=[.!?,;]|$)", r"(?=[.!?;]|$)"
    return (
        re.compile(
            rf"\b(?:not|nicht|no|pas|nie)\s+(?P<old>[^,.;]{{1,60}}?),?\s+{but}\s+(?P<new>[^.;]{{1,120}}?){whole}", re.I
        ),
        re.compile(rf"\bnot\s+(?P<old>[^,.;]{{1,60}}?),\s+(?P<new>[^.;]{{1,120}}?){whole}", re.I),
        re.compile(rf"^(?P<new>.{{1,120}}?),\s+{commaed}\s+(?P<old>[^,.;!?]{{1,60}}){end}", re.I),
        re.compile(rf"^(?P<new>.{{1,120}}?),?\s+{before_old}\s+(?P<old>[^,.;!?]{{1,60}}){end}", re.I),
        re.compile(
            rf"\b{verbs}\s+(?:the\s+)?(?P<old>[^,.;]{{1,60}}?)\s+{exchange}\s+(?P<new>[^.;]{{1,120}}?){end}", re.I
        ),
        re.compile(
            rf"\b(?:wrote|said|typed|put)\s+(?P<old>[^,.;]{{1,30}}?),?\s+(?:but\s+)?(?:i\s+)?(?:should\s+(?:be|have\s+been)|meant|mean|it['’]?s)\s+(?P<new>[^.;]{{1,80}}?){end}",
            re.I,
        ),
        re.compile(r"(?P<old>[\w%€$£.,]+)\s*(?:→|->|=>)\s*(?P<new>[\w%€$£.,]+)"),
        re.compile(rf"\bfrom\s+(?P<old>[^,.;]{{1,40}}?)\s+to\s+(?P<new>[^.;]{{1,80}}?){end}", re.I),
    )


def _rest(text: str, values: Sequence[tuple[FactKind, Span]], old: str) -> frozenset[str]:
    letters = list(text)
    for _, span in values:
        letters[span.start : span.end] = " " * (span.end - span.start)
    bare = "".join(letters).replace(old, " ") if old else "".join(letters)
    return terms(" ".join(word for word in _WORD.findall(bare) if word.lower() not in _idle_words()))


@cache
def _idle_words() -> frozenset[str]:
    data = vocabulary()
    phrases = chain.from_iterable([*data["announcing"].values(), *data["fields"].values()])
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def _announcing_phrases() -> re.Pattern[str]:
    """One announcing word or phrase with what follows it."""
    return re.compile(
        rf"(?:{_either(chain.from_iterable(vocabulary()['announcing'].values()))})(?![\w'’])[\s,:.!–—-]*", re.IGNORECASE
    )


def _fields(text: str) -> frozenset[FactKind]:
    named: dict[FactKind, list[str]] = vocabulary()["fields"]
    return frozenset(kind for kind, words in named.items() if _has(text, words))


def _has(text: str, words: Iterable[str]) -> bool:
    return bool(re.search(rf"(?<!\w)(?:{_either(words)})(?!\w)", text, re.IGNORECASE))


def _either(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)) + ")"

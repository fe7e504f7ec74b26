"""A text cut into sentences, those into segments, and what their words are to screening."""

# ruff: noqa: E501 - a word list or a pattern reads best unbroken

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nodes.english.lexicon import (
    AUDIENCES,
    DELIVERABLES,
    GENERIC,
    POSITIONS,
    STOP,
    VERB_FORMS,
    singular,
    word_set,
)
from nodes.english.spans import Stretches
from nodes.english.vocabulary import NUMBER_WORDS
from nodes.screening.vocabulary import classes, has_class

_SENTENCE_END = re.compile(
    r"[!?]+(?=\s|$)|[\n;•\x00]|(?<!\b[Nn]o)\.+(?=\s|$)|(?<=\b[Nn]o)\.(?=\s+\D|$)|(?<=[.!?])[\"'”’)](?=\s+[^a-z]|\s*$)"
)
_SEGMENT_ENDS = (
    r"[|~]",
    r"[,:(){}\[\]\u2190-\u2bff\U0001f000-\U0001faff](?!\d|\s\d+(?:st|nd|rd|th)\b)",
    r"\s(?:[-–—]+|[~|*>»·#=+]+|(?<!\d\s)[/\\]+)\s",
    r"\b(?:because|so that|which|where|while|wherever)\b",
    r"\s(?=(?:and|but|so) (?:i|we|you|it|this|that|please|then)\b)",
    r"(?<!\bto)(?<!\band)\s(?=(?:pretend|assume|imagine|ignore|give|rate|score|treat) (?:this|it|me|that|all|the|\d|ten|full|top)\b)",
)
"""Marks, symbols that stand alone, words that open a clause of its own, and orders."""
_SEGMENT_END = re.compile("|".join(_SEGMENT_ENDS), re.IGNORECASE)
_QUOTATION = re.compile(
    r"\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”|(?<!\w)['‘](?=\w)(?:[^'’\n]|(?<=\w)['’](?=\w)){1,200}['’](?!\w)"
)
_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|[^\W\d_][\w'’-]*|\d[\d.,:/-]*%?|[?!:=/\"“”#@_%<>≥≤]")
_CAPITAL = re.compile(r"(?<=[a-z0-9] )([A-Z][a-z]+)(?=,? [a-z0-9]|:| \W)")
_ADDRESSES = ("order", "pretend", "reader", "pressure")
_LETTER = re.compile(r"[^\W\d_]")
_FRESH = word_set("it this these that the a every each all please dear you your my our we if as for from")
_LEADS_TO_NAME = word_set(
    "a an the my our and or of to for with by from in on at as than than, between against after before under over beside without ask tell"
)
_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight spring summer autumn winter easter christmas"
)
_PERIODS = word_set("day days week weeks month months year years quarter quarters term hour hours minutes end")
NUMBER, DATE, VERB, CONTENT, GENERAL, THING = "#", "@", "V", "w", "g", "n"
_THINGS = POSITIONS | AUDIENCES | DELIVERABLES
"""Whom and what work is about."""
_YEAR = re.compile(r"20[2-4]\d|\d{4}-\d\d(?:-\d\d)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark, in lower case, and its frame: what it is whatever the profession. What is quoted is nobody's deed."""

    start: int
    word: str
    frame: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence without a break."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    led_by: str
    """The mark before it; empty where it opens the sentence."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, also those that begin with a capital and no full stop before them."""
    edges = [0, *(edge for m in _SENTENCE_END.finditer(text) for edge in m.span()), len(text)]
    for start, end in list(pairwise(edges))[::2]:
        cuts = [
            m.start(1)
            for m in _CAPITAL.finditer(text, start, end)
            if _starts_afresh(m[1].lower()) and not _is_title(text, m.start(1))
        ]
        yield from ((a, b) for a, b in pairwise([start, *cuts, end]) if _LETTER.search(text, a, b))


def _is_title(text: str, start: int) -> bool:
    """`Churn Rate`, `with Mark`, `sworn in for Polish`: the word before begins with a capital too, or leads to a name."""
    before = text[max(0, start - 30) : start].split()
    return bool(before) and (before[-1][0].isupper() or before[-1].lower() in _LEADS_TO_NAME)


def _starts_afresh(word: str) -> bool:
    return word not in _MONTHS and (word in _FRESH or word in VERB_FORMS or has_class(word, *_ADDRESSES))


def segments(text: str, start: int, end: int) -> tuple[Segment, ...]:
    """The segments of one sentence in order, with the words of each."""
    quoted = Stretches(m.span() for m in _QUOTATION.finditer(text, start, end))
    found = (m.span() for m in _SEGMENT_END.finditer(text, start, end) if quoted.at(m.start()) is None)
    breaks = [(start, start), *found, (end, end)]
    cut = ((a, b, text[x:a].strip()) for (x, a), (b, _) in pairwise(breaks))
    found_in = (Segment(a, b, _without_who(tokens(text, a, b)), mark) for a, b, mark in cut if text[a:b].strip())
    return tuple(part for segment in found_in for part in _by_deeds(segment))


def _by_deeds(segment: Segment) -> Iterator[Segment]:
    """A segment, or those it joins by `and`: `get organised and deliver 10 results`."""
    words, joins = (
        segment.tokens,
        [number for number in range(1, len(segment.tokens)) if _joins(segment.tokens, number)],
    )
    for first, after in pairwise([0, *joins, len(words)]):
        start = words[first].start if first else segment.start
        end = words[after].start if after < len(words) else segment.end
        yield Segment(start, end, words[first:after], "and" if first else segment.led_by)


def _joins(words: Sequence[Token], number: int) -> bool:
    """Whether `and` stands there before what seems a verb with an amount."""
    rest = [token for token in words[number + 1 : number + 5] if token.word not in ADVERBS]
    acts = (
        len(rest) > 1 and rest[0].frame not in (NUMBER, DATE) and rest[0].word[0].isalpha() and rest[0].word not in STOP
    )
    return (
        words[number].word == "and" and acts and (rest[1].frame == NUMBER or rest[1].word in ("all", "each", "every"))
    )


ADVERBS = word_set("thereby thus then also so with that hence therefore")
"""They may stand between `and` and its verb."""


def _without_who(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """`As a 58-year-old man from Peru`: who writes tells neither of work nor of judging; their post and a judge stay."""
    opening, rest = words[:2], words[2:]
    names = [token.word for token in opening] in (["as", "a"], ["as", "an"])
    if not names or any(token.frame in (VERB, DATE) or token.word in _CLAUSE_WORDS for token in rest):
        return words
    ages = {one.start for one, two in pairwise(rest) if two.word in _AGE}
    kept = (token for token in rest if token.frame == THING or token.word in classes())
    numbers = [token for token in rest if token.frame == NUMBER and token.start not in ages]
    return words if numbers else (*opening, *kept)


_AGE = frozenset(["year-old", "years-old", "years", "year"])
_CLAUSE_WORDS = word_set("i we you it they he she will would should must can is are to")


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words and marks of a stretch."""
    quoted = Stretches(m.span() for m in _QUOTATION.finditer(text, start, end))
    found = ((m.start(), m[0].lower().replace("’", "'")) for m in _TOKEN.finditer(text, start, end))
    return tuple(Token(at, word, frame_of(word), quoted.at(at) is not None) for at, word in found)


@lru_cache(maxsize=20_000)
def frame_of(word: str) -> str:
    """A word's class, or itself where it is grammar, or what kind of word it is."""
    if word[0].isdigit():
        return DATE if _YEAR.fullmatch(word) else NUMBER
    if word in NUMBER_WORDS:
        return NUMBER
    if word in _MONTHS or word in _PERIODS:
        return DATE
    if found := classes().get(word):
        return found[0].upper()
    if word in STOP or not word[0].isalpha():
        return word
    if word in VERB_FORMS:
        return VERB
    if word in GENERIC or (singular(word) in GENERIC and word not in _THINGS):
        return GENERAL
    return THING if singular(word) in _THINGS or word in _THINGS else CONTENT


def is_judging(word: str) -> bool:
    """Whether a word is one of judging before all else."""
    return has_class(word, "reader", "text", "verdict", "criterion", "detail")

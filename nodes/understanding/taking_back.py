"""What a withdrawal takes back: everything, the numbered thing, what it names, or what was said last."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Sequence

from nodes.english.terms import content_words, stem, terms
from nodes.english.verbs import leading_verb
from nodes.understanding.frames import Frame, Message
from nodes.understanding.language import is_english
from nodes.understanding.mending import Mend, item_numbers, names_item, read_mend, speaks_of_all
from nodes.understanding.naming import named, stems
from nodes.understanding.places import lists, top_level
from nodes.understanding.telling import spoken
from nodes.understanding.wording import has, vocabulary
from state.frame import Fact, contains

POINTING = 2
"""Words beside announcing ones up to which "scrap that idea" points at what was said last."""
_JOINS = r"(?:,\s*+(?:and\s++|plus\s++)?+|\s+(?:and|plus|or|as well as)\s+|\s*[&+]\s*)"
_JOIN = re.compile(_JOINS, re.IGNORECASE)
_NEAR_WORDS = re.compile(r"(?:(?:for|in|with|to|of|on|at)\s+)?(?:[\w%€$£.'’-]+\s+){0,3}$", re.IGNORECASE)
"""What may stand between a joining word and what is named: `and 2 new cooks`."""
_TELLS_OF_IT = r"(?:i|we|my|our|no|every|always|never|because|so)\b"
"""How it opens what goes on about the thing before."""
_JOIN_AFTER = re.compile(rf"{_JOINS}(?!{_TELLS_OF_IT})", re.IGNORECASE)
_COUNT_BEFORE = re.compile(r"(?:(?:the|a|an|my|our|some|[€$£]?\d[\d.,]*\s?%?)\s+)*$", re.IGNORECASE)
_WITH = re.compile(
    r",?\s+(?:with|including|without|plus|having|managing|leading)\s+(?:(?!with|including).)*?$", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s*(?:[,.!?]|$|(?=\b(?:by|until|before|in|from|with|for|and|of|at|on|to)\b))", re.IGNORECASE)
"""Behind what a tail names something else begins."""


def taken_back(frame: Frame, message: Message, text: str) -> list[Fact]:
    """The facts that are taken back; none where that isn't clear."""
    mend = read_mend(text)
    for phase in message.phases:
        held = frame.holding(phase)
        said = top_level(held)
        if not said:
            continue
        if speaks_of_all(text):
            return said
        items = lists(held)
        if numbers := item_numbers(text, len(items)):
            return [items[number - 1] for number in numbers]
        if names_item(text):
            return []
        wanted = wanted_of(text)
        if found := _standing(frame, said, wanted):
            return _of_kinds(mend, found, held) or _dates(wanted, held) or found
        if mend.fields and (kinds := [f for f in held if f["kind"] in mend.fields]):
            return kinds[-1:]
        if phase == message.phase and _points(text, mend.rest):
            return said[-1:]
    return []


def _standing(frame: Frame, said: Sequence[Fact], wanted: frozenset[str]) -> list[Fact]:
    """The facts that share most words with what is wanted, of those words that still stand in them."""
    by_id = {fact["id"]: fact for fact in frame.facts}
    now: list[Fact] = [{**f, "text": spoken(f, frame.facts, by_id, frame.texts[f["message_id"]])} for f in said]
    return [by_id[fact["id"]] for fact in named(now, wanted)]


def _points(text: str, rest: frozenset[str]) -> bool:
    """Whether "scrap that idea" means what was said last: it names nothing. Other languages' words aren't known: few will do."""
    return rest <= _POINTERS if is_english(text) else len(rest) <= POINTING


def points_at_nothing(text: str) -> bool:
    """Whether a supposed withdrawal names nothing, not even by `that` or `the last one`: `ok no more then`."""
    mend = read_mend(text)
    named = mend.rest or mend.fields or mend.values or names_item(text) or speaks_of_all(text)
    return is_english(text) and not named and not has(text, _POINTING) and not has(text, vocabulary()["last"]["words"])


_POINTING = ("that", "it", "this", "those", "these", "them", "one", "ones", "both", "idea", "part", "last")
_POINTERS = terms("idea ideas part bit plan stuff piece sentence line statement step value entry answer bullet message")


def _of_kinds(mend: Mend, found: Sequence[Fact], held: Sequence[Fact]) -> list[Fact]:
    """`the date of the course`: only that detail of what is named, unless the word for the kind is its own."""
    words = [word for kind in mend.fields for word in vocabulary()["fields"][kind]]
    if any(has(fact["text"], words) for fact in found):
        return []
    return [f for f in held if f["kind"] in mend.fields and any(contains(fact, f) for fact in found)]


def wanted_of(text: str) -> frozenset[str]:
    """What a withdrawal names, its amounts and times included (`leave the 12 people out`, `the June thing`), or what it points at."""
    if pointed := POINTED.search(text):
        return stems(pointed["what"])
    mend = read_mend(text)
    return mend.rest.union(*(terms(span.text) for _, span in mend.values))


POINTED = re.compile(
    r"\b(?:the|that|my) (?P<what>(?!(?:last|first|second|third|other|whole|same|next|only)\b)[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*)?) (?:thing|bit|part|stuff|one)\b",
    re.IGNORECASE,
)
"""`the back thing`: something said, by a word of its own, however small."""

ADDED_TO_POINTED = re.compile(
    rf"(?:and |but |ok |so |well )*{POINTED.pattern}(?:\s*[,:]\s*|\s+[-–—]\s+)(?P<new>.+)", re.IGNORECASE
)


def _dates(wanted: frozenset[str], held: Sequence[Fact]) -> list[Fact]:
    """`the June thing`: only the time that holds all that is wanted."""
    return [f for f in held if f["kind"] in ("date", "frequency") and wanted <= terms(f["text"])][-1:]


def listed_part(fact: Fact, text: str, wanted: frozenset[str]) -> tuple[int, int] | None:
    """Where the one of several listed things stands that is wanted, with the word that joins it, or a tail (`with 5 nurses`) that
    holds it; None where all of the fact is meant."""
    told = text[fact["start"] : fact["end"]]
    words = [match for match in re.finditer(r"[^\W\d_]+", told) if stem(match[0]) in wanted]
    if not words or len(words) == sum(1 for _ in content_words(told)):
        return None
    start, end = words[0].start(), words[-1].end()
    part = _joined(told, start, end) or _tail(told, start, end) or _item(told, start, end)
    return (fact["start"] + part[0], fact["start"] + part[1]) if part else None


_SIZE = re.compile(r"\s+of\s+(?:about |at least |around )?[€$£]?\d[\w.,%]*", re.IGNORECASE)
"""`crew of 7`: the number goes with it."""


def _joined(told: str, start: int, end: int) -> tuple[int, int] | None:
    before = [join for join in _JOIN.finditer(told, 0, start) if _NEAR_WORDS.fullmatch(told, join.end(), start)]
    if before and _GOES_ON.match(told, end):
        size = _SIZE.match(told, end)
        return before[-1].start(), size.end() if size else end
    after = _JOIN_AFTER.match(told, end)
    count = _COUNT_BEFORE.search(told, 0, start)
    first = 0 if _opens_list(told[:start]) else count.start() if count else start
    return (first, after.end()) if after else None


def _opens_list(before: str) -> bool:
    """Whether the words before what is named belong to it: `forklift` of `forklift licence, …`, but no verb and no preposition."""
    return not leading_verb(before, strict=True) and not _SMALL.search(before)


def _item(told: str, start: int, end: int) -> tuple[int, int] | None:
    """All of what stands between commas where a word of it is named: `, less back pain`."""
    commas = list(_COMMA.finditer(told))
    before = [comma for comma in commas if comma.end() <= start][-1:]
    after = next((comma for comma in commas if comma.start() >= end), None)
    if before:
        return before[0].start(), after.start() if after else len(told)
    return (0, after.end()) if after and _opens_list(told[:start]) else None


_COMMA = re.compile(rf",\s+(?:and\s+|plus\s+)?(?!{_TELLS_OF_IT})", re.IGNORECASE)
_SMALL = re.compile(r"\b(?:with|for|of|in|to|at|by|and|on|from)\s|,", re.IGNORECASE)


def _tail(told: str, start: int, end: int) -> tuple[int, int] | None:
    found = _WITH.search(told, 0, start)
    return (found.start(), end) if found and found.start() and _GOES_ON.match(told, end) else None

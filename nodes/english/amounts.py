"""How much: the amounts of a text, which are numbers with what they count, shares, multiples, and none of a thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from nodes.english.lexicon import (
    AUDIENCES,
    CONCRETE_VERBS,
    DELIVERABLES,
    POSITIONS,
    REACHED_VERBS,
    VAGUE_DEGREES,
    VAGUE_VERBS,
    VERB_FORMS,
    singular,
)
from nodes.english.numbers import find_numbers, numbered
from nodes.english.rhythms import is_daily
from nodes.english.shapes import Grammar, joined
from nodes.english.spans import Span
from nodes.english.terms import stem
from nodes.english.tokens import Token
from nodes.english.vocabulary import read_file
from nodes.english.words import is_content

_ZERO = {group: frozenset(told["words"].split()) for group, told in read_file("zero").items()}
_FAILING, _EXHAUSTING, _RIDDING = (frozenset(map(stem, _ZERO[group])) for group in ("failing", "exhausting", "ridding"))
_UNCOUNTED = frozenset(("thing", "stuff", "issue", "topic", "area", "aspect", "priority"))
"""Counted, and still nothing that anybody could count."""
_ONE_OF = frozenset(
    (
        "day",
        "thing",
        "way",
        "step",
        "goal",
        "hand",
        "time",
        "person",
        "direction",
        "place",
        "year",
        "month",
        "week",
        "quarter",
        "team",
        "voice",
        "family",
        "mind",
    )
)
"""After `one` they are ways of speaking."""
_UNMEASURED = ("better", "greater", "worse")
_UNDIRECTED = frozenset(("of", "all", "about", "attain", "within"))
"""They compare with a number and belong to no amount."""
_PERCENT = frozenset(("percent_sign", "percent", "cent", "percentage", "pp", "fraction"))
_NUMBERS = frozenset(
    (
        "day",
        "number",
        "scaled",
        "count",
        "fraction",
        "nil",
        "naught",
        "a",
        "one",
        "money",
        "currency",
        "minus",
        "day_month",
    )
)
_MONEY = frozenset(("money", "currency"))
_WHOLE = 100
_COUNTED_TOO = AUDIENCES | {"fold"}
"""Verbs that are units as well."""
_NO_VERBS = AUDIENCES | DELIVERABLES | POSITIONS
_NOON = 12


@dataclass(frozen=True, slots=True)
class _Read:
    """What a rule makes of its tokens: nothing where the kind is empty."""

    kind: str
    skip: int = 0
    """Tokens at the beginning that are no part of it."""


def _nothing(tokens: Sequence[Token]) -> _Read:
    return _Read("")


def _change(tokens: Sequence[Token]) -> _Read:
    return _Read("change")


def _rate(tokens: Sequence[Token]) -> _Read:
    return _Read("rate")


def _same(tokens: Sequence[Token]) -> _Read | None:
    return _Read("rate") if tokens[-1].tag == "daypart" or tokens[-1].text.lower() in ("day", "shift") else None


def _twice(tokens: Sequence[Token]) -> _Read | None:
    return _Read("rate") if tokens[0].value > 1 else None


def _all_have(tokens: Sequence[Token]) -> _Read | None:
    """`each ward has a handover sheet`."""
    words = _words(tokens)
    return _Read("rate") if _ZERO["having"] & set(words) and is_content(words[-1]) else None


def _multiple(tokens: Sequence[Token]) -> _Read | None:
    """`double the visits`, `twice as many`; `twice as hard` and `double my efforts` measure nothing."""
    words = _words(tokens)
    vague = (
        any(singular(word) in _ZERO["abstract"] for word in words[1:] if word not in ("time", "times"))
        or "down" in words
    )
    compared = words[words.index("as") + 1] in _ZERO["measured"] if "as" in words else words[-1] not in _UNMEASURED
    return _Read("change") if compared and not vague else None


def _percent(tokens: Sequence[Token]) -> _Read:
    return _Read("percent")


def _share(tokens: Sequence[Token]) -> _Read | None:
    """`100 % of loans`; `of my energy` promises."""
    return _Read("percent") if _can_be_met(tokens[-1]) else None


def _words(tokens: Sequence[Token]) -> list[str]:
    return [token.text.lower() for token in tokens]


def _is_fault(word: str) -> bool:
    """`complaints`, `downtime`; `unanswered` as well."""
    return (
        singular(word) in _ZERO["fault"]
        or word in _ZERO["faulty"]
        or (word.startswith(("un", "mis")) and word.endswith("ed"))
    )


def _zero(tokens: Sequence[Token]) -> _Read | None:
    """`no late deliveries`, `zero porosity`; `no regrets` and `no idea` are nothing that could be counted."""
    words = _words(tokens)
    head = next((word for word in reversed(words) if word not in _ZERO["faulty"]), "")
    if singular(head) in _ZERO["abstract"]:
        return _Read("")
    named = (
        any(map(_is_fault, words))
        or {"single", "any"} & set(words)
        or tokens[0].tag == "nil"
        or words[0] == "not"
        or "one" in words
    )
    many = words[0] != "without" and any(token.tag in ("plural", "begins") for token in tokens)
    return _Read("count") if named or many else None


def _ban(tokens: Sequence[Token]) -> _Read | None:
    """A goal that begins with `No alcohol`."""
    return None if singular(tokens[-1].text.lower()) in _ZERO["abstract"] else _Read("count")


def _none_left(tokens: Sequence[Token]) -> _Read | None:
    """`none missed`, `leave no call unanswered`, `accident-free`."""
    words = _words(tokens)
    none = tokens[0].tag in ("naught", "leave") or tokens[-2].tag in ("is", "function")
    return _Read("count") if any(_is_fault(word) or (none and word.endswith("ed")) for word in words) else None


def _never(tokens: Sequence[Token]) -> _Read | None:
    """`never miss a handover`, `never be late`; `never give up` measures nothing."""
    words = _words(tokens)[1:]
    if any(singular(word) in _ZERO["abstract"] for word in words):
        return None
    return _Read("count") if any(stem(word) in _FAILING for word in words[:2]) or any(map(_is_fault, words)) else None


def _ridding(tokens: Sequence[Token]) -> _Read | None:
    """`eliminate double bookings`."""
    abstract = any(singular(word) in _ZERO["abstract"] for word in _words(tokens))
    return _Read("count") if stem(tokens[0].text.lower()) in _RIDDING and not abstract else None


def _all(tokens: Sequence[Token]) -> _Read | None:
    """`log all of my foods`: whether none is left out can be checked; `meet every challenge` can't."""
    lemma = VERB_FORMS.get(tokens[0].text.lower(), "")
    watched = lemma in (CONCRETE_VERBS | REACHED_VERBS) - VAGUE_VERBS and _can_be_met(tokens[-1])
    return _Read("rate", skip=1) if watched or stem(tokens[0].text.lower()) in _EXHAUSTING else None


def _can_be_met(token: Token) -> bool:
    word = singular(token.text.lower())
    return word in _ZERO["done"] or (is_content(word) and word not in _ZERO["abstract"])


def _all_handled(tokens: Sequence[Token]) -> _Read | None:
    """`haul every net`: a verb that no list holds, for it is no noun either."""
    word = tokens[0].text.lower()
    if word in VERB_FORMS:
        return _all(tokens)
    known = word in _NO_VERBS or not is_content(word)
    return None if known or not _can_be_met(tokens[-1]) else _Read("rate", skip=1)


def _all_done(tokens: Sequence[Token]) -> _Read | None:
    """`all machines cleaned`, `every chart is signed`."""
    lemma = VERB_FORMS.get(tokens[-1].text.lower(), "")
    done = lemma in CONCRETE_VERBS or lemma in REACHED_VERBS
    return _Read("rate") if done else None


def _measure(tokens: Sequence[Token]) -> _Read:
    """The number with its unit, or nothing when it measures nothing."""
    first = next((place for place, token in enumerate(tokens) if token.tag in _NUMBERS), 0)
    tags = {token.tag for token in tokens}
    kind = "percent" if tags & _PERCENT else "money" if tags & _MONEY else "count"
    unit = [token for token in tokens[first:] if token.tag in ("word", "plural", "label")]
    if unit and kind == "count" and singular(unit[0].text.lower()) in _UNCOUNTED:
        return _Read("")
    if first == 0 and not unit and kind == "percent" and tokens[0].value == _WHOLE:
        return _Read("")
    better = tokens[-1].text.lower() in _UNMEASURED and "or" not in tags
    if kind == "count" and (better or _are_hours(tokens) or (unit == list(tokens[first + 1 :]) and _is_name(unit))):
        return _Read("")
    return _Read(kind, skip=first if first and tokens[0].tag in _UNDIRECTED else 0)


def _rank(tokens: Sequence[Token]) -> _Read:
    """`the top three branches`; of `my top five priorities` nobody is ahead."""
    return _Read("rate" if _measure(tokens[1:]).kind or len(tokens) == len(("top", "3")) else "")


def _is_name(unit: Sequence[Token]) -> bool:
    """`keep counter 3 tidy`: what follows the number of a thing is no unit."""
    word = unit[0].text.lower() if len(unit) == 1 else ""
    wished = VERB_FORMS.get(word, "") in VAGUE_VERBS
    return (
        word in VAGUE_DEGREES or wished or (word in VERB_FORMS and unit[0].tag == "word" and word not in _COUNTED_TOO)
    )


def _are_hours(tokens: Sequence[Token]) -> bool:
    """`from 9 to 5`: of two hours of a clock the second comes after noon."""
    hours = [token.value for token in tokens if token.tag == "day"]
    return len(hours) == len(tokens) - 1 == len(("from", "until")) and hours[1] < hours[0] <= _NOON


def _against(tokens: Sequence[Token]) -> _Read | None:
    """`fewer falls than last year`; to be better than last year measures nothing."""
    return None if tokens[0].text.lower() in _UNMEASURED else _Read("change")


def _one(tokens: Sequence[Token]) -> _Read | None:
    place = next((place for place, token in enumerate(tokens) if token.tag == "one"), None)
    if place is None:
        return _Read("count")
    after = tokens[place + 1 :]
    if after and after[0].text.lower() in _ONE_OF and len(tokens) > place + 1 and after[0].tag not in ("unit", "stage"):
        return None
    return _Read("count", skip=0 if tokens[0].tag == "at" else place)


GRAMMAR: Grammar[_Read | None] = Grammar(
    "amounts",
    {
        "nothing": _nothing,
        "change": _change,
        "multiple": _multiple,
        "against": _against,
        "rate": _rate,
        "twice": _twice,
        "same": _same,
        "percent": _percent,
        "share": _share,
        "zero": _zero,
        "ban": _ban,
        "none_left": _none_left,
        "never": _never,
        "ridding": _ridding,
        "all": _all,
        "all_handled": _all_handled,
        "all_done": _all_done,
        "all_have": _all_have,
        "measure": _measure,
        "rank": _rank,
        "one": _one,
    },
)


@lru_cache(maxsize=512)
def find_amounts(text: str, times: tuple[Span, ...]) -> tuple[Span, ...]:
    """Counted and measured things of `text` in order, never overlapping; what `times` cover is left out.

    Kinds: `change`, `percent`, `money`, `count`, `rate`.
    """
    tokens = _without(numbered(text), times)
    found: list[Span] = []
    for start, end, _, made in GRAMMAR.find(tokens):
        if made and made.kind:
            part = tokens[start + made.skip : end]
            found.append(Span(part[0].start, part[-1].end, text[part[0].start : part[-1].end], made.kind))
    return tuple(found)


def _without(tokens: Sequence[Token], times: Sequence[Span]) -> list[Token]:
    """The tokens with each time in one; `three times` of the rhythm `three times a week` stays, for it is a count as well."""
    kept, place = list[Token](), 0
    for time in times:
        while place < len(tokens) and tokens[place].start < time.start:
            kept.append(tokens[place])
            place += 1
        inside = place
        while place < len(tokens) and tokens[place].start < time.end:
            place += 1
        covered = tokens[inside:place]
        if _lasts_days(covered):
            kept += covered[1:]
            continue
        counted = _leading_count(covered) if time.kind == "rhythm" else 0
        kept += covered[:counted]
        if covered[counted:]:
            kept.append(joined(covered[counted:], "rhythm" if time.kind == "rhythm" else "nothing"))
    return [*kept, *tokens[place:]]


def _lasts_days(tokens: Sequence[Token]) -> bool:
    """`for two days` is an amount of work as well."""
    tags = [token.tag for token in tokens[:3]]
    return tags[:1] == ["for"] and tags[1:2] != ["the"] and tags[2:] == ["unit"] and tokens[2].value < 0


def _leading_count(tokens: Sequence[Token]) -> int:
    """How many tokens of a rhythm count: `three times` of `three times a week`."""
    if not tokens or tokens[0].tag not in ("often", "one", "day", "number", "count") or is_daily(tokens):
        return 0
    return next((place for place, t in enumerate(tokens) if t.tag in ("a", "per", "each", "in", "adverb", "open")), 0)


def amount_value(text: str) -> float:
    """What an amount comes to: the product of its numbers, 1 where it has none."""
    return prod((number.value for number in find_numbers(text)), start=1.0)

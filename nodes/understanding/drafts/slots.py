"""Where in a draft some new words belong, when no old ones are named: `it's “my own cafe branch”`, `“keeping salaries to myself”`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import cast

from nodes.english.first_person import strip_lead
from nodes.english.spans import Span
from nodes.english.spelling import small
from nodes.english.terms import stem, terms
from nodes.english.times import find_times
from nodes.english.verbs import leading_verb, names_role
from nodes.english.vocabulary import NUMBER_WORDS
from nodes.understanding.drafts.shown import Place, Shown, words_in
from nodes.understanding.facts import details
from nodes.understanding.mending import read_mend
from nodes.understanding.value_names import label_of
from nodes.understanding.values import counted, may_replace
from nodes.understanding.values import reworded as revalued
from state.frame import Fact, FactKind

LONGEST_NAME = 3
"""Words up to which a text is a name rather than a statement."""
MOST_FOREIGN = 4
"""Words of a place that may give way though the new words don't hold them."""
_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")
_DETERMINERS = frozenset(
    str.split(
        "a an the my our your his her their its be become to being der die das ein eine mein meine el la un una mi le la un une mon ma"
    )
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s?%?|" + "|".join(sorted(NUMBER_WORDS)), re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\s*(?:in|on|at|for|with|by|until|till|from|to|of|within|during|before|after|under|without|as|than|per|every|each|once|twice|um|bis|mit|für|bei|hasta|para|con|en|avec|pour|dans|chez|do|dla|przy|w)\s",
    re.IGNORECASE,
)
_BEFORE_TIME = re.compile(
    r"(?:by|in|until|till|within|before|from|during|on|over|after|since)(?: the)?\s+$", re.IGNORECASE
)


def states(text: str) -> bool:
    """Whether a text is a statement of its own: it opens with a verb, a position or a value's name that it goes on about."""
    bare = strip_lead(text)[1]
    return (
        bool(leading_verb(bare, strict=True))
        or (names_role(bare) and len(words_in(bare)) > LONGEST_NAME)
        or len(words_in(text)) - len(words_in(label_of(text))) >= LONGEST_NAME > 0 != len(label_of(text))
    )


def reworded(shown: Shown, place: Place, new: str, *, quoted: bool) -> str:
    """A part with other words in a place; a time keeps the form it has there, and a small letter stays small."""
    part = shown.parts[place.part]
    old = part[place.start : place.end]
    before = part[: place.start]
    if (_is_time(old) and _is_time(new)) or (_is_amount(old) and _NUMBER.fullmatch(new.strip())):
        new = revalued(old, "", new)
    number, _, counted_of = new.partition(" ")
    if (
        is_number(old)
        and is_number(number)
        and counted_of
        and part[place.end :].lower().startswith(f" {counted_of[:4].lower()}")
    ):
        new = number  # `8 nurses not 9` of 9 nurses
    if _PREPOSITION.match(f"{new} ") and (lead := _BEFORE_TIME.search(before)):
        before = before[: lead.start()]
    if old[:1].islower() and old.lower() != new.lower() and place.start and (not quoted or _is_plain(new)):
        new = small(new)
    return before + new + part[place.end :]


def opens_phrase(text: str) -> bool:
    """Whether words open with a preposition or tell when: they go alone."""
    return bool(_PREPOSITION.match(f"{text} ")) or _is_time(text)


def leads(word: str) -> bool:
    """Whether a word is a preposition."""
    return bool(_PREPOSITION.fullmatch(f"{word} "))


def before_preposition(text: str) -> str:
    """What stands before the last preposition of a text; nothing where it has none."""
    told = list(_WORD.finditer(text))
    return next((text[: word.start()] for word in reversed(told) if leads(word[0])), "")


def counts(text: str) -> bool:
    """Whether a text holds a number."""
    return any(_counts(word) for word in words_in(text))


def names_position(text: str) -> bool:
    """Whether a text is a position, and nothing said about one: `the team is 9`."""
    return names_role(strip_lead(text)[1]) and not re.search(r"\b(?:is|are|was|were)\b", text, re.IGNORECASE)


def is_number(text: str) -> bool:
    """Whether a text is a number alone."""
    return bool(_NUMBER.fullmatch(text.strip()))


def describes(after: str) -> bool:
    """Whether words stand before the thing that they describe: `hygiene` of `hygiene training for 5 staff`."""
    following = _WORD.match(after.lstrip())
    if following is None or not after.startswith(" "):
        return False
    return following[0].lower() not in _JOINS and not leads(following[0])


_JOINS = ("and", "or", "but", "und", "y", "et", "oraz", "that", "which", "who")


def without_preposition(text: str) -> str:
    """A text without the preposition it ends with."""
    last = text.rstrip().rsplit(None, 1)[-1:]
    return text.rstrip()[: -len(last[0])] if last and leads(last[0]) else text


def _is_plain(text: str) -> bool:
    """Whether a text opens with a word that is no name: its capital is the message's."""
    first = text.split(" ", 1)[0].lower()
    return first in NUMBER_WORDS or first in _DETERMINERS or bool(leading_verb(text))


def _is_time(text: str) -> bool:
    times = find_times(text)
    return bool(times) and not terms(text.replace(times[0].text, " "))


def _is_amount(text: str) -> bool:
    return any(kind == "amount" for kind, _ in read_mend(text).values) and not _is_time(text)


def last_time(text: str) -> str:
    """The time by which, at the end of a text; empty where it ends with none."""
    times = find_times(text)
    ends = bool(times) and times[-1].kind != "rhythm" and times[-1].end >= len(text.rstrip(" .,;"))
    return times[-1].text if ends else ""


def fixed(shown: Shown, text: str) -> Shown | None:
    """The draft with some words put where they belong: in the place of another amount or time, or where the rest of them stands."""
    return valued(shown, text, adds=False) or mended(shown, text) or valued(shown, text)


def mended(shown: Shown, text: str) -> Shown | None:
    """The draft with a few words put where the rest of them stands already; None where that is nowhere, or in two places."""
    found = [(number, window) for number, part in enumerate(shown.parts) if (window := _window(part, text))]
    if len(found) != 1:
        return None
    number, (start, end) = found[0]
    return shown.with_part(number, reworded(shown, Place(number, start, end), text, quoted=True))


def fitted(part: str, text: str) -> str:
    """One part with some words put where the rest of them stands; empty where nothing of them does."""
    window = _window(part, text)
    return part[: window[0]] + text + part[window[1] :] if window else ""


def _window(part: str, text: str) -> tuple[int, int] | None:
    """The place of a part that some words are another version of."""
    old, new = list(_WORD.finditer(part)), words_in(text)
    if not new or len(new) > len(old):
        new = new if new and len(new) <= 2 * len(old) else []
    match = SequenceMatcher(None, [_root(word[0]) for word in old], [_root(word) for word in new], autojunk=False)
    blocks = [block for block in match.get_matching_blocks() if block.size]
    shared = [new[i] for block in blocks for i in range(block.b, block.b + block.size)]
    if not blocks or not terms(" ".join(shared)) or len(shared) * 2 < len(new):
        return None
    first, last = blocks[0].a, blocks[-1].a + blocks[-1].size - 1
    if last - first + 1 - len(shared) > MOST_FOREIGN:
        return None
    before = old[first - 1][0].lower() if first else ""
    if blocks[0].b and (before in _DETERMINERS or (_counts(before) and _counts(new[0]))):
        first -= 1
    return old[first].start(), old[last].end()


def _counts(word: str) -> bool:
    return word.isdigit() or word in NUMBER_WORDS


def _root(word: str) -> str:
    return stem(word)


def valued(shown: Shown, text: str, *, adds: bool = True) -> Shown | None:
    """The draft with other amounts or times in the place of those they are meant for, or (`adds`) said behind what is named; None
    where that isn't clear."""
    mend = read_mend(text.rstrip(" .!"))
    if not mend.values:
        return _recounted(shown, text)
    after = shown
    values = [v for v in mend.values if not any(_inside(v[1], other) for _, other in mend.values)]
    for kind, span in values:
        found = _valued(after, kind, span.text, mend.rest, adds)
        if found is None:
            return None
        after = found
    return after


def _recounted(shown: Shown, text: str) -> Shown | None:
    """The draft with another number before the same word, in whatever language; None where that isn't one place."""
    found = list(_COUNTED.finditer(text))
    if len(found) != 1:
        return None
    same = re.compile(rf"(?<![\w.,]){_COUNT}(?=\s+{re.escape(found[0]['what'])}\b)", re.IGNORECASE)
    places = [(number, match) for number, part in enumerate(shown.parts) for match in same.finditer(part)]
    if len(places) != 1:
        return None
    number, match = places[0]
    part = shown.parts[number]
    return shown.with_part(number, part[: match.start()] + found[0]["number"] + part[match.end() :])


_COUNT = r"\d+(?:[.,]\d+)*"
_COUNTED = re.compile(rf"(?P<number>{_COUNT})\s+(?P<what>[^\W\d_]{{3,}})")
"""A number and the word behind it."""


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end and other.end - other.start > span.end - span.start


def _valued(shown: Shown, kind: FactKind, text: str, rest: frozenset[str], adds: bool) -> Shown | None:
    wanted = rest | (counted(text) if kind == "amount" else frozenset())
    if wanted - shown.terms and wanted & shown.terms != wanted and kind == "amount":
        return None
    places = list(_alike(shown, kind, text))
    if wanted:
        of_it = [place for place in places if wanted & terms(shown.parts[place.part][place.start : place.end])]
        near = of_it or [place for place in places if wanted & terms(_clause(shown, place))]
        places = near if near or kind == "amount" else []
    if len(places) == 1:
        part = shown.parts[places[0].part]
        old = part[places[0].start : places[0].end]
        new = revalued(old, "", text)
        lead = _TO.match(old)
        new = lead[0] + new if lead and kind == "amount" and not _TO.match(new) else new
        return shown.with_part(places[0].part, part[: places[0].start] + new + part[places[0].end :])
    if places or kind == "amount" or not adds:
        return None
    return _timed(shown, text, wanted)


_TO = re.compile(r"(?:to|of|for|with)\s+", re.IGNORECASE)


def _alike(shown: Shown, kind: FactKind, text: str) -> Iterator[Place]:
    """Amounts or times of the draft that a new one may replace."""
    for number, part in enumerate(shown.parts):
        for held, span in details(part):
            if may_replace(kind, text, cast("Fact", {"kind": held, "text": span.text})):
                yield Place(number, span.start, span.end)


def _clause(shown: Shown, place: Place) -> str:
    """What stands around a place, up to the next joining words; all of a step or value."""
    part = shown.parts[place.part]
    if shown.listed:
        return part
    cuts = [0, *(m.start() for m in re.finditer(r",\s|\s(?:and|or|but)\s", part)), len(part)]
    start = max(cut for cut in cuts if cut <= place.start)
    return part[start : min(cut for cut in cuts if cut >= place.end)]


def _timed(shown: Shown, text: str, wanted: frozenset[str]) -> Shown | None:
    """A time said behind what is named, at the end of its clause; behind all where nothing is named and there is no time yet."""
    found = [number for number, part in enumerate(shown.parts) if wanted and wanted <= terms(part)]
    if not wanted and (len(shown.parts) == 1 or not shown.listed):
        found = [len(shown.parts) - 1]
    if len(found) != 1:
        return None
    part = shown.parts[found[0]]
    edges = [m.start() for m in re.finditer(r",\s+(?:and\s)?|\s(?:and|or|but)\s", part)]
    stops = [*edges, len(part.rstrip(" ."))]
    end = next((stop for stop in stops if wanted <= terms(part[:stop])), stops[-1]) if wanted else stops[-1]
    when = text if _PREPOSITION.match(f"{text} ") else f"by {text}"
    return shown.with_part(found[0], f"{part[:end]} {when}{part[end:]}")


def inserted(shown: Shown, text: str, beside: str) -> Shown | None:
    """The draft with a phrase said behind the words it belongs to, or at the end of its only sentence; None for what is more than
    a phrase."""
    if places := shown.places(beside) if beside else []:
        part = shown.parts[places[-1].part]
        return shown.with_part(places[-1].part, f"{part[: places[-1].end]} {text}{part[places[-1].end :]}")
    if found := mended(shown, text):
        return found
    if not _PREPOSITION.match(text) or len(shown.parts) != 1:
        return None
    return shown.with_part(0, f"{shown.parts[0].rstrip(' .')} {text}")

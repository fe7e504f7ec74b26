"""Reads a correction or a withdrawal: what it names as old and as new, and how much beside that it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from nodes.english.clause_spans import clause_spans
from nodes.english.first_person import strip_lead
from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.english.verbs import leading_verb, names_role
from nodes.understanding.contrasts import Contrast, find_contrast
from nodes.understanding.facts import details
from nodes.understanding.headings import opening_end
from nodes.understanding.segments import Segment
from nodes.understanding.values import bare_values
from nodes.understanding.wording import announced, either, has, idle_words, vocabulary
from state.frame import FactKind

_WORD = re.compile(r"(?:\b[ldjmnstc]['’](?=\w{3}))?(?P<word>[^\W_]+(?:['’][^\W_]+)?)", re.IGNORECASE)
"""A word, without the French article that leans on it."""
_IS = re.compile(r"\S+ (?:is|are|was|were|should|would|must|will)\b", re.IGNORECASE)
_ITEM_NUMBER = re.compile(
    r"(?:\b(?:number|no\.?|nr\.?|item|step|point|action|value|goal|punkt|schritt|nummer|paso|punto|número|étape|numéro|krok|numer)|#)\s*#?(?P<named>\d{1,2})\b"
    r"|\b(?P<alone>\d{1,2})(?:st|nd|rd|th|\.)?(?=\s+(?:out|away|again|please|pls)\b|\W*$)",
    re.IGNORECASE,
)
"""A number that counts something (`the 3 apprentices`) is no item's."""
_SUBJECT = re.compile(r"(?:i|we)\s+", re.IGNORECASE)
_NO = re.compile(r"\W*no\W+(?!(?:more|fewer|less|later|sooner) )", re.IGNORECASE)


LONGEST_NAME = 2
"""Words up to which `X should be Y` gives X another name."""


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
    renames: bool = False
    """Whether the old is only called otherwise, and all else that was said of it stays."""

    @classmethod
    def of(cls, kind: FactKind, text: str) -> "Mend":
        """A value alone."""
        return cls("", ((kind, Span(0, len(text), text, kind)),), frozenset(), frozenset(), "", 0)

    def value_like(self, kind: FactKind) -> str:
        """The new amount or time of this kind, else the last of any, else all of the new."""
        same = [span.text for found, span in self.values if found == kind]
        return (same or [span.text for _, span in self.values] or [self.new])[-1]


@lru_cache(maxsize=256)
def read_mend(text: str) -> Mend:
    """What a correction names."""
    contrast = _of_one_kind(find_contrast(text))
    old, new, at = contrast.old, contrast.new, contrast.start
    found = tuple((kind, _moved(span, at)) for kind, span in _values(new)) if old else _values(text)
    if old.lower() in idle_words() and not names_item(old):  # "change the date to June": a kind of fact, no words of it
        old = ""
    olds = tuple(span.text for _, span in (*_values(old), *bare_values(old))) if old else ()
    return Mend(old, found, _rest(text, found, old), _fields(text), new, at, olds, contrast.renames)


def _of_one_kind(contrast: Contrast) -> Contrast:
    """A contrast, unless it puts an amount or a time in the place of other words: "the poster should be done by April"."""
    if not contrast.equates:
        return contrast
    values, olds = _values(contrast.new), _values(contrast.old)
    if not values and len(contrast.new.split()) > LONGEST_NAME:
        return Contrast()
    return Contrast() if bool(values) != bool(olds) else contrast


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.text, span.kind)


def _values(text: str) -> tuple[tuple[FactKind, Span], ...]:
    """The amounts and times of a text, also bare ones that stand in no other."""
    opening = _NO.match(text)
    if opening and bare_values(
        text[opening.end() :]
    ):  # "no talks 7": the no takes back, and says of no talks that there be none
        return tuple((kind, _moved(span, opening.end())) for kind, span in _values(text[opening.end() :]))
    items = [match.span() for match in _ITEM_NUMBER.finditer(text) if match["named"]]
    whole = tuple(details(text))
    bare = [
        (kind, span)
        for kind, span in bare_values(text)
        if not any(span.start < other.end and other.start < span.end for _, other in whole)
        and not any(start <= span.start < end for start, end in items)
    ]
    return tuple(sorted((*whole, *bare), key=lambda pair: pair[1].start))


def states_something(text: str, *, roles: bool = True) -> bool:
    """Whether a correction is a statement of its own, with a verb or (`roles`) a position, and no mere command."""
    _, told = strip_lead(text[announced(text) :])
    told = _SUBJECT.sub("", told)
    verb = leading_verb(told, strict=True)
    if not verb:
        return (roles and names_role(told)) or prefers(text) > 0
    about = bool(_IS.match(told))  # "text is 15 %": told about a thing, not done
    done = terms(told) - terms(told.partition(" ")[0])  # "start in April": when, and nothing of what
    dated = terms(" ".join(span.text for kind, span in _values(told) if kind != "amount"))
    return bool(done - dated) and not about and verb not in vocabulary()["commands"]["words"]


def prefers(text: str) -> int:
    """Where a text tells what else somebody would rather have, in other languages than English (at least 1, as if behind
    something); 0 where it tells only when or how much."""
    found = _preferring().search(text)
    if found is None:
        return 0
    told = text[found.end() :]
    for _, span in reversed(_values(told)):
        told = told[: span.start] + told[span.end :]
    return max(found.start(), 1) if terms(told) else 0


@cache
def _preferring() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(vocabulary()['preferring']['words'])}\s+", re.IGNORECASE)


def addresses(text: str) -> bool:
    """Whether a text speaks to somebody: it asks, or has a word for them."""
    return text.rstrip().endswith("?") or has(text, vocabulary()["addressing"]["words"])


def speaks_of_all(text: str) -> bool:
    """Whether everything said is meant."""
    data = vocabulary()["all"]
    return has(text, data["words"]) and has(text, data["verbs"])


def item_number(text: str, count: int) -> int | None:
    """Which of `count` items is meant, from 1; None where none is named."""
    if has(text, vocabulary()["last"]["words"]) and count:
        return count
    for number in vocabulary()["ordinals"]:
        if _placed(number).search(text):
            return int(number) if int(number) <= count else None
    found = _ITEM_NUMBER.search(text)
    number = found and int(found["named"] or found["alone"])
    return number if number and 0 < number <= count else None


def item_numbers(text: str, count: int) -> list[int]:
    """Which of `count` items are meant, from 1: `number 3`, `the first two`, `1 and 3`."""
    if group := _GROUP.search(text):
        size = int(group["size"]) if group["size"].isdigit() else _SIZES.index(group["size"].lower())
        first = 1 if group["side"].lower() == "first" else count - size + 1
        return [number for number in range(first, first + size) if 0 < number <= count]
    if several := _SEVERAL.search(text):
        return [int(number) for number in re.findall(r"\d{1,2}", several[0]) if 0 < int(number) <= count]
    number = item_number(text, count)
    return [number] if number else []


_SIZES = ("", "one", "two", "three", "four")
_GROUP = re.compile(
    r"\b(?P<side>first|last) (?P<size>two|three|four|[2-4])\b(?!\s+(?!ones?\b|steps?\b|items?\b|points?\b|values?\b)[a-z])",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b\d{1,2}(?:\s*,\s*\d{1,2})*\s*(?:,|and|&)\s*\d{1,2}\b(?=\W*$|\s+(?:out|away|please|pls)\b)", re.IGNORECASE
)


@cache
def _placed(number: str) -> re.Pattern[str]:
    """An ordinal that stands alone or before a word for a thing of a list: no `first aid`."""
    return re.compile(
        rf"(?<!\w){either(vocabulary()['ordinals'][number])}(?=\W*$|\s*[:,;.]|\s+{either(vocabulary()['behind_ordinals']['words'])}\b|\s+\d+\b(?=\W*$|\s+(?:instead|now|please|pls)\b))",
        re.IGNORECASE,
    )


def names_item(text: str) -> bool:
    """Whether a text speaks of an item by its place: `number 3`, `the second`."""
    found = _ITEM_NUMBER.search(text)
    return bool(found and found["named"]) or any(_placed(number).search(text) for number in vocabulary()["ordinals"])


def sets_item(text: str) -> bool:
    """Whether a text gives a numbered thing a time or an amount and says nothing else: `number 3 by end of May`."""
    if not names_item(text):
        return False
    mend = read_mend(text)
    places = [*vocabulary()["behind_ordinals"]["words"], *chain.from_iterable(vocabulary()["ordinals"].values())]
    return bool(mend.values) and mend.rest <= terms(" ".join(places))


def dropped(text: str) -> str:
    """What a text asks to drop: `the hiring` of "kill the hiring, HR froze it"; empty where it asks for nothing of the kind."""
    found = _dropping().match(text, announced(text))
    return found["what"] if found else ""


@cache
def _dropping() -> re.Pattern[str]:
    verbs = either(vocabulary()["instead"]["dropping"])
    return re.compile(
        rf"(?:nah\W+|just\s+|please\s+|lets\s+|let's\s+)*{verbs}\s+(?P<what>[^,.;:!?]{{2,60}})", re.IGNORECASE
    )


def without_kept(text: str) -> str:
    """A withdrawal without why, and without what it says is to stay: `Portugal is out, only Spain`."""
    named = _dropping().match(text, announced(text))
    if named and _WHY.match(text, named.end()):  # "kill the hiring, HR froze it"
        text = text[: named.end()]
    return _KEPT.sub("", text) or text


_WHY = re.compile(r"[,.;:]\s+(?!\d|and\b|or\b|the\b|my\b)", re.IGNORECASE)
_KEPT = re.compile(
    r"[,;]?\s+(?:only|just|but keep|but leave|keep|nur|solo|seulement|tylko)\s.*$", re.IGNORECASE | re.DOTALL
)


def given_up(text: str) -> str:
    """What a text says is out: `the trip` of "the trip is off"; empty where it says so of nothing."""
    found = _given_up().match(text, max(announced(text), opening_end(text)))
    return found["what"] if found else ""


@cache
def _given_up() -> re.Pattern[str]:
    words = either(vocabulary()["given_up"]["words"])
    end = r"(?=\W*$|\s*[,;.!]|\s+(?:now|then|too|again|anyway|after all|please|sorry|because|for me)\b)"
    return re.compile(rf"(?P<what>[^,.;:!?]{{2,60}}?)\s+{words}{end}", re.IGNORECASE)


BESIDE = re.compile(r",\s+(?:and\s+)?|;\s+|\s+and\s+", re.IGNORECASE)
"""What stands between things that are listed."""


def valued_parts(segment: Segment) -> list[Segment]:
    """The parts between commas where each names a value of its own and what it is of; none otherwise."""
    cuts = [match.span() for match in BESIDE.finditer(segment.text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(segment.text)]
    parts = [
        Segment(segment.text[a:b], segment.start + a, segment.start + b)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    mends = [read_mend(part.text) for part in parts]
    each = all(m.values and (m.rest or any(terms(span.text) for _, span in m.values)) for m in mends)
    return parts if len(parts) > 1 and each else []


def spoken_parts(segment: Segment) -> list[Segment]:
    """The clauses of a correction, what announces it with the first."""
    begin = announced(segment.text)
    spans = [(begin + start, begin + end) for start, end in clause_spans(segment.text[begin:])]
    edges = [(0, spans[0][1]), *spans[1:]]
    return [Segment(segment.text[a:b], segment.start + a, segment.start + b) for a, b in edges]


def _rest(text: str, values: Sequence[tuple[FactKind, Span]], old: str) -> frozenset[str]:
    letters = list(text)
    for _, span in values:
        letters[span.start : span.end] = " " * (span.end - span.start)
    bare = "".join(letters).replace(old, " ") if old else "".join(letters)
    return terms(" ".join(word for word in _WORD.findall(bare) if word.lower() not in idle_words()))


def _fields(text: str) -> frozenset[FactKind]:
    named: dict[FactKind, list[str]] = vocabulary()["fields"]
    return frozenset(kind for kind, words in named.items() if has(text, words))

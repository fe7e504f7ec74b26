"""Two things of which one shall be: `maybe charge nurse, or maybe trainer`, and later which of them.

A choice is read from the message that offers it. Once something said afterwards names one side only, the other side goes.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from nodes.english.first_person import strip_lead
from nodes.english.terms import terms
from nodes.english.times import find_times
from nodes.english.verbs import leading_verb
from nodes.understanding.mending import item_number, names_item, read_mend
from nodes.understanding.naming import akin, stems
from nodes.understanding.values import bare_values
from nodes.understanding.wording import either, has, vocabulary

LONGEST_DECISION = 12
"""Words up to which a text only decides."""
_EDGE = re.compile(r"[.!?;:\n]+\s*|,\s+|\s[-–—]\s|\b(?:and|but|if|whether|if i should)\s", re.IGNORECASE)
_END = re.compile(r"[.!?;\n]|,\s|\s[-–—]\s|\s(?:and|but)\s|$", re.IGNORECASE)
_NUMBER = re.compile(r"\d\S*\s*$")
_ARTICLES = stems("the a an my our der die das el la le un une one it to in of for")
_UNTIL = r"(?:when|once|after|later)\b[^.;!?\n]*"
"""What has to come before it is decided."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two things: where each stands in the message, what goes with the other, and whether it says that it is open."""

    options: tuple[Place, Place]
    gone: tuple[tuple[Place, ...], tuple[Place, ...]]
    """What goes when the first is taken, and when the second is."""
    open: bool

    @property
    def place(self) -> Place:
        """All of it, with the words of doubt around it."""
        edges = [edge for places in self.gone for place in places for edge in place]
        return min(edges), max(*edges, self.options[1][1])


@lru_cache(maxsize=256)
def choices(text: str) -> tuple[Choice, ...]:
    """The choices that a message leaves open."""
    return tuple(filter(None, (_choice(text, match) for match in _joins().finditer(text))))


def _choice(text: str, join: re.Match[str]) -> Choice | None:
    if join["and"] and not _says_between(text[: join.start()].lower()):
        return None
    left, right = _left(text, join.start()), _right(text, join.end())
    first, second = text[slice(*left)], text[slice(*right)]
    if join["and"] and not _between().search(text, 0, left[0]):
        return None
    if join["hedge"] and not _hedged(text[: left[0]]):
        return None
    if not _says(first) or not _says(second) or (_NUMBER.search(first) and second[:1].isdigit()):
        return None
    if not find_times(first) and (time := next((t for t in find_times(second) if t.end == len(second)), None)):
        right = right[0], right[0] + len(second[: time.start].rstrip())
    if leading_verb(first) and not leading_verb(second):  # "do the first or the second": one verb for both
        left = left[0] + len(first) - len(first.partition(" ")[2]), left[1]
    asides = [m.span() for m in _undecided().finditer(text) if _near(text, m, left, right)]
    hedge = _hedge_at_end().search(text, 0, left[0])
    before = [hedge.span()] if hedge else []
    first_gone = _merged([*asides, *before, (join.start(), right[1])])
    second_gone = _merged([*asides, *before, (left[0], join.end())])
    return Choice((left, right), (first_gone, second_gone), bool(asides) or bool(hedge and _hedged(join[0])))


def _merged(places: Sequence[Place]) -> tuple[Place, ...]:
    """Places in their order, those that touch as one."""
    merged: list[Place] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _says(text: str) -> bool:
    """Whether a text tells more than when."""
    times = find_times(text) or [span for kind, span in bare_values(text) if kind == "date"]
    for time in reversed(times):
        text = text[: time.start] + text[time.end :]
    return bool(terms(text))


def _left(text: str, end: int) -> Place:
    edges = [match.end() for match in _EDGE.finditer(text, 0, end) if match.end() < end]
    start = edges[-1] if edges else 0
    if opening := [m.end() for m in _opening().finditer(text, start, end)]:
        start = opening[-1]
    said = text[start:end].rstrip(" ,?")
    bare = strip_lead(said)[1]
    return (start + len(said) - len(bare) if said.endswith(bare) else start), end


def _right(text: str, start: int) -> Place:
    end = _END.search(text, start)
    return start, end.start() if end else len(text)


def _near(text: str, match: re.Match[str], left: Place, right: Place) -> bool:
    """Whether words of doubt are of the choice: in its sentence, or right behind it."""
    before, after = text[match.end() : left[0]], text[right[1] : match.start()]
    return (match.end() <= left[0] and not re.search(r"[.!?;\n]", before)) or (
        right[1] <= match.start() and len(after.strip(" .,;!?")) == 0
    )


def _hedged(text: str) -> bool:
    return bool(_hedge_at_end().search(text))


def decided(text: str, choice: Choice, message: str, *, fresh: bool) -> int | None:
    """Which of the two a later text takes, 0 or 1; None where it takes none. `fresh`: nothing was said in between."""
    if len(text.split()) > LONGEST_DECISION or text.rstrip().endswith("?") or _refuses().search(text):
        return None
    sides = [stems(message[slice(*place)]) for place in choice.options]
    wanted = (read_mend(text).rest - deciding_stems()) | (stems(text) & (sides[0] | sides[1]) - _ARTICLES)
    if wanted:
        found = [number for number, side in enumerate(sides) if akin(wanted, side) == len(wanted)]
        return found[0] if len(found) == 1 else None
    for place, words in _data()["places"].items():
        if has(text, words):
            return int(place) - 1
    number = item_number(text, 2) if fresh and names_item(text) and not read_mend(text).values else None
    return number - 1 if number else None


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "vocabulary" / "choices.toml").read_text(encoding="utf-8"))


@cache
def _joins() -> re.Pattern[str]:
    data = _data()
    hedge = either(data["hedges"]["words"])
    return re.compile(
        rf"(?:\s*[,;.?!]+\s*|\s+)(?:(?:and\s+)?{either(data['between']['words'])}\s+(?:{hedge}\s+)*|(?P<hedge>(?:maybe|perhaps)\s+)|"
        rf"(?P<and>{either(data['undecided']['and'])}\s+))(?=\w)",
        re.IGNORECASE,
    )


def _says_between(text: str) -> bool:
    return any(word in text for word in _data()["undecided"]["between"])


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\b{either(_data()['undecided']['between'])}\s+(?:\w+ing\s+)?$", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    data = _data()
    words = (*data["hedges"]["words"], *data["undecided"]["between"], *data["undecided"]["words"])
    return re.compile(rf"(?<!\w){either(words)}\s+", re.IGNORECASE)


@cache
def _hedge_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(_data()['hedges']['words'])}\s+$", re.IGNORECASE)


@cache
def _undecided() -> re.Pattern[str]:
    data = _data()["undecided"]
    return re.compile(
        rf"(?:[\s,.;–—-]*(?:but|still|just|i|i'm|im|i am|well)\b)*[\s,.;–—-]*(?<!\w){either(data['words'])}(?!\w)"
        rf"(?:\s+(?:yet|which(?: one)?|if|whether|really|{either(data['between'])}))*(?:\s+{_UNTIL})?\s*",
        re.IGNORECASE,
    )


@cache
def _refuses() -> re.Pattern[str]:
    words = (
        *vocabulary()["instead"]["dropping"],
        *vocabulary()["instead"]["failing"],
        "not",
        "neither",
        "nicht",
        "nie",
    )
    return re.compile(rf"(?<!\w){either(words)}(?!\w)", re.IGNORECASE)


@cache
def deciding_stems() -> frozenset[str]:
    """Stems of what a decision says beside what it takes."""
    return frozenset().union(*(stems(phrase) for phrase in _data()["deciding"]["words"]))


def offered(text: str) -> Iterator[str]:
    """The two sides of the last choice that a message leaves open, for the question which it is."""
    for choice in choices(text)[-1:]:
        yield from (text[slice(*place)].strip(" ,") for place in choice.options)

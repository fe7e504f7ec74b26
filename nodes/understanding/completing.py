"""What is said later of things said before: "licence by May, two trainees" gives each the time or the number that it lacked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nodes.english.spans import Span
from nodes.understanding.editing import Editor
from nodes.understanding.facts import FactMaker
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import BESIDE, Mend, read_mend
from nodes.understanding.naming import akin, stems
from nodes.understanding.places import lists
from nodes.understanding.segments import Segment
from nodes.understanding.values import counted, with_preposition
from state.frame import Fact, FactKind
from state.phases import Phase

_NUMBERED = re.compile(
    r"\W*(?:(?:and|number|no\.?|step|item|point|#)\s*)*(?P<number>\d)(?:st|nd|rd|th)?(?:\s*[:.)=-]+\s*|\s+(?=(?:by|in|on|until|till|from)\b))",
    re.IGNORECASE,
)
"""`2: by June`: which of the things said."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ARTICLE = re.compile(r"(?:\b(?:a|an|the|some|more|new|my|our)\s+)+$", re.IGNORECASE)

Value = tuple[FactKind, Span]


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things that a fact tells, [start, end) in its message."""

    holder: Fact
    start: int
    end: int
    text: str


class Completer:
    """Completes facts of a frame by what one message says of them."""

    def __init__(self, frame: Frame, message: Message, maker: FactMaker, edit: Editor) -> None:
        self._frame, self._message, self._maker, self._edit = frame, message, maker, edit

    def complete(self, segment: Segment) -> list[Segment]:
        """Give what the parts of a segment tell to the things they name; the parts that complete nothing."""
        items = self._items()
        if not items:
            return [segment]
        left = [part for part in _parts(segment) if not self._completed(part, items)]
        return [segment] if len(left) == len(_parts(segment)) else left

    def _items(self) -> list[Item]:
        """What was said in earlier messages, each of several listed things alone."""
        if self._message.phase == Phase.G6_VALUES:
            return []
        held = lists(self._frame.holding(self._message.phase))
        return [item for fact in held if fact["message_id"] != self._message.id for item in self._items_of(fact)]

    def _items_of(self, fact: Fact) -> Iterator[Item]:
        text = self._frame.texts[fact["message_id"]][fact["start"] : fact["end"]]
        cuts = [match.span() for match in BESIDE.finditer(text)]
        edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            yield Item(fact, fact["start"] + start, fact["start"] + end, text[start:end])

    def _completed(self, part: Segment, items: Sequence[Item]) -> bool:
        numbered = _NUMBERED.match(part.text)
        told = part.text[numbered.end() :] if numbered else part.text
        mend = read_mend(told)
        item = _numbered(numbered, items) if numbered else _named(mend, told, items)
        if item is None or not mend.values or mend.old or any(self._has(item, kind) for kind, _ in mend.values):
            return False
        at = part.end - len(told)
        amounts = [span for kind, span in mend.values if kind == "amount"]
        times = [(kind, span) for kind, span in mend.values if kind != "amount"]
        if len(amounts) > 1 or len(times) > 1 or not all(_counts(span, told) for span in amounts):
            return False
        self._say(item, mend.rest, [_whole(span, told) for span in amounts], times, at)
        return True

    def _has(self, item: Item, kind: FactKind) -> bool:
        """Whether an item has an amount or a time of its own: said in it, or added since."""
        said = [f for f in self._frame.holding(self._message.phase) if f["kind"] == kind]
        inside = [f for f in said if _inside(f, item)]
        replaced = [f for f in self._frame.facts if f["state"] == "replaced" and _inside(f, item)]
        return bool(inside) or any(f["id"] == old["replaced_by"] for f in said for old in replaced)

    def _say(self, item: Item, named: frozenset[str], amounts: Sequence[Span], times: Sequence[Value], at: int) -> None:
        behind = " ".join(with_preposition(span.text) if kind == "date" else span.text for kind, span in times)
        if not amounts:
            kind, span = times[0]
            self._edit.attach(item.holder, self._fact(kind, behind, at, span), item.end)
            return
        start, end = _place_of(amounts[0], item, named)
        amount = amounts[0].text if counted(amounts[0].text) else f"{amounts[0].text} {self._words(item, start, end)}"
        if times and end < item.end:
            self._edit.attach(item.holder, self._fact(times[0][0], behind, at, times[0][1]), item.end)
        elif times:
            amount = f"{amount} {behind}"
        new = self._fact("amount", amount, at, amounts[0])
        self._edit.detail(item.holder, start, end, new)
        self._frame.facts.append(new)

    def _words(self, item: Item, start: int, end: int) -> str:
        return self._frame.texts[item.holder["message_id"]][start:end]

    def _fact(self, kind: FactKind, text: str, at: int, span: Span) -> Fact:
        return self._maker.fact(kind, text, at + span.start, at + span.end)


def _counts(amount: Span, text: str) -> bool:
    """Whether an amount says how many: it counts something, or stands behind what it is of (`posts: 4`, `team of 8`)."""
    bare = _ONLY_NUMBER.fullmatch(amount.text) and _BEFORE_NUMBER.search(text, 0, amount.start)
    return bool(counted(amount.text)) or bool(bare and not text[amount.end :].strip(" .!"))


_ONLY_NUMBER = re.compile(r"[€$£]?\d[\d.,]*\s?[%€]?|\w+")
_BEFORE_NUMBER = re.compile(r"\w(?:\s*[:=–-]\s*|\s+)$|^$")


def _whole(amount: Span, text: str) -> Span:
    """`team of 8`, not `8`."""
    opening = _OF.search(text, 0, amount.start)
    start = opening.start() if opening else amount.start
    return Span(start, amount.end, text[start : amount.end], amount.kind)


_OF = re.compile(r"\b[^\W\d_]+\s+of\s+$", re.IGNORECASE)
_OPENS_OF = re.compile(r"[^\W\d_]+(?=\s+of\s+\S*\d)", re.IGNORECASE)


def _inside(fact: Fact, item: Item) -> bool:
    same = fact["message_id"] == item.holder["message_id"]
    return same and item.start <= fact["start"] and fact["end"] <= item.end and fact["id"] != item.holder["id"]


def _parts(segment: Segment) -> list[Segment]:
    cuts = [match.span() for match in BESIDE.finditer(segment.text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(segment.text)]
    return [
        Segment(segment.text[a:b], segment.start + a, segment.start + b)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if segment.text[a:b].strip()
    ]


def _numbered(match: re.Match[str], items: Sequence[Item]) -> Item | None:
    number = int(match["number"])
    return items[number - 1] if 0 < number <= len(items) else None


def _named(mend: Mend, text: str, items: Sequence[Item]) -> Item | None:
    """The latest thing that has all the words of a part; `crew of 6 people` counts people, and speaks of a crew."""
    amounts = [span for kind, span in mend.values if kind == "amount" and not _OF.search(text, 0, span.start)]
    wanted = mend.rest.union(*(counted(span.text) for span in amounts))
    found = [item for item in items if wanted and akin(wanted, stems(item.text)) == len(wanted)]
    return found[-1] if found else None


def _place_of(amount: Span, item: Item, named: frozenset[str]) -> tuple[int, int]:
    """Where an amount goes in an item: in the place of what it counts, or before what is named."""
    of = _OPENS_OF.match(amount.text)
    wanted = stems(of[0]) if of else counted(amount.text) or named
    words = [word for word in _WORD.finditer(item.text) if akin(stems(word[0]), wanted)] or [*_WORD.finditer(item.text)]
    word = words[-1] if counted(amount.text) and not of else words[0]
    article = None if of else _ARTICLE.search(item.text, 0, word.start())
    return item.start + (article.start() if article else word.start()), item.start + word.end()

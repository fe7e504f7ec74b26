"""What each piece of a message does: content, a correction, a question, a feeling …

A linear head reads every segment. Where a segment may turn, its pieces are read too, and it is cut only when they do different
things and at least one of them is plain about it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from itertools import chain, groupby
from typing import cast

from nodes.understanding.contrasts import find_contrast, names_old
from nodes.understanding.heads import load_head
from nodes.understanding.mending import sets_item
from nodes.understanding.segments import Segment, pieces, segments
from nodes.understanding.values import bare_values
from nodes.understanding.wording import repairs, repairs_plainly, repairs_value, says_more
from state.frame import POSSIBLE, Act, ActName

PLAIN = 0.6
"""Share from which a piece of a sentence is believed to do something of its own."""
SURE = 0.45
"""Share from which an act is taken for what it seems; below it, what could be content is content."""
CRISIS = 0.82
"""Share from which a piece stops the coach: the lowest with at most one false alarm in 500 plain lines of authors held out, of
whose 576 crises 405 are stopped at (docs/decisions/0017-what-reads-acts.md)."""
POSSIBLE_CRISIS = 0.5
"""Share from which a piece may be a crisis: it never becomes content, help is offered, and the conversation goes on. Of the same
authors 494 crises get a stop or such a line, and 1 % of their plain lines such a line (from 0.25 on 532 and 3 %, which nearly
every conversation would meet)."""
_HEADING = ":"
"""Ends what only announces: `my steps:` tells of no danger, however little the head knows of it."""
MAY_END = 0.005
"""Share from which a yes that nobody asked for may be an end: `yep thats it`, and not `yes, that's my goal`."""
COULD_BE = 0.03
"""Share from which a piece may as well be what the coach waits for."""
HALF_HEARD = 0.08
"""Share from which a piece that opens with a word of repair corrects."""
FEWEST_WORDS = 3
"""A piece of fewer words belongs to what follows it: `no`, `ok so`."""
_NEXT = re.compile(r"(?:and|plus|also|then)\s", re.IGNORECASE)
"""What goes on behind a correction with the next thing."""
_LEANS = re.compile(r"(?:with|by|until|in|for|at|from|and)\s", re.IGNORECASE)
WISHED_BEFORE = re.compile(
    r"(?:at first |first |once |originally )*(?:i|we) (?:wanted|thought|used to|dreamt|was thinking|had planned|planned)\b",
    re.IGNORECASE,
)
WISHES_NOW = re.compile(
    r"(?:but |and )?(?:now\b|today\b|these days\b|i(?:['’]d| would) (?:rather|prefer))", re.IGNORECASE
)
MENDABLE = frozenset({"content", "correction", "withdrawal", "no"})
"""What a piece of a sentence may seem and still put right what stands before it."""
COMMANDS = frozenset({"request", "correction", "withdrawal"})
"""Acts that a step sounds like: it opens with a verb as they do."""
LATE = frozenset({"correction", "withdrawal", "question", "crisis"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A segment with what it does."""

    segment: Segment
    act: ActName
    about: str
    share: float
    correction: float = 0.0
    """How likely it corrects something, whatever it was taken for."""
    otherwise: str = ""
    """The likeliest label apart from this one."""
    other_share: float = 0.0

    @property
    def label(self) -> str:
        """`question.term`, or the act alone."""
        return f"{self.act}.{self.about}" if self.about else self.act

    @property
    def danger(self) -> int:
        """2 where somebody is in danger, 1 where they may be."""
        return 0 if self.act != "crisis" else 1 if self.about else 2

    def taken_for(self, label: str) -> "Heard":
        """The same piece, doing this."""
        if label == self.label:
            return self
        act, _, about = label.partition(".")
        return replace(self, act=cast("ActName", act), about=about, otherwise=self.label, other_share=self.share)

    def wire(self) -> Act:
        """The act as records and events have it."""
        act = Act(act=self.act, span=(self.segment.start, self.segment.end))
        return {**act, "about": self.about} if self.about else act


@lru_cache(maxsize=512)
def hear(text: str) -> tuple[Heard, ...]:
    """Every act of a message, in order; neighbours that do the same are one only inside a sentence."""
    found = [(segment, _worth_reading(segment)) for segment in segments(text)]
    heard = _read([one for segment, parts in found for one in (segment, *parts)])
    settled = [tuple(_settled(heard[segment], [heard[part] for part in parts])) for segment, parts in found]
    return tuple(chain.from_iterable(_listed(settled)))


def goes_on_when_done(text: str) -> bool:
    """Whether a message is welcome when all goals are set: a correction (also a numbered thing with a time or an amount), a
    withdrawal, a question, somebody in danger."""
    heard = hear(text)
    return any(one.act in LATE or one.label == "request.delete" or sets_item(one.segment.text) for one in heard)


def as_asked(heard: Sequence[Heard], *, yes_or_no: bool) -> tuple[Heard, ...]:
    """The acts as the coach's question makes them: `that's it` is a yes where one was asked for, and elsewhere says that all is
    told."""
    return tuple(_as_asked(one, yes_or_no) for one in heard)


def _as_asked(one: Heard, yes_or_no: bool) -> Heard:
    if yes_or_no:
        agrees = one.label == "request.finish" and one.otherwise == "yes" and one.other_share >= COULD_BE
        return one.taken_for("yes") if agrees else one
    ends = one.label == "yes" and one.otherwise == "request.finish" and one.other_share >= MAY_END
    return one.taken_for("request.finish") if ends else one


def _listed(settled: Sequence[tuple[Heard, ...]]) -> Iterator[tuple[Heard, ...]]:
    """In a list that is content for the most part, `delete old prices` is a step and no command."""
    items = [one[0].act == "content" for one in settled if one[0].segment.item]
    of_content = len(items) > 1 and sum(items) * 2 >= len(items)
    for parts in settled:
        first, *others = parts
        step = of_content and first.segment.item and not others
        yield (replace(first, act="content", about=""),) if step and _may_be_step(first) else parts


def _may_be_step(item: Heard) -> bool:
    """Whether an item is a step as soon as its neighbours are; a plain question or feeling stays one."""
    return item.act in COMMANDS or (item.act != "crisis" and item.share < PLAIN)


def _settled(whole: Heard, read_apart: Sequence[Heard]) -> Iterator[Heard]:
    """A segment as one, or cut into parts that do different things."""
    parts = _with_repairs(read_apart)
    if _comes_apart(parts, whole):
        yield from _merged(parts, whole)
    else:
        yield whole


def _comes_apart(parts: Sequence[Heard], whole: Heard) -> bool:
    """Whether parts do different things, one of them plainly; in any case so that no danger goes unheard."""
    danger = max((part.danger for part in parts), default=0)
    if danger != whole.danger:
        return danger > whole.danger
    differ = len({part.label for part in parts}) > 1
    return differ and any(part.share >= PLAIN and part.act != whole.act for part in parts)


def _with_repairs(parts: Sequence[Heard]) -> list[Heard]:
    """Inside a sentence, a piece that opens with a word of repair corrects what stands before it, where that is likely at all."""
    return [
        replace(part, act="correction", about="", share=max(part.share, PLAIN))
        if number and part.act in MENDABLE and _puts_right(part, parts[:number])
        else part
        for number, part in enumerate(parts)
    ]


def _puts_right(part: Heard, before: Sequence[Heard]) -> bool:
    """Whether a piece takes back what stands before it: by a word of repair, another value, or an old that was said there."""
    text = part.segment.text
    old = find_contrast(text).old.lower()
    named = bool(old) and any(re.search(rf"(?<!\w){re.escape(old)}(?!\w)", one.segment.text.lower()) for one in before)
    other = WISHED_BEFORE.match(before[0].segment.text) and WISHES_NOW.match(text)
    if part.act in ("withdrawal", "no"):
        return repairs_plainly(text) and says_more(text)
    return (
        bool(other)
        or named
        or repairs_value(text)
        or repairs_plainly(text)
        or (part.correction >= HALF_HEARD and repairs(text))
    )


def _merged(parts: Sequence[Heard], whole: Heard) -> Iterator[Heard]:
    """Parts that are unsure do what the sentence does; neighbours that do the same become one."""
    segment = whole.segment
    settled = [part if part.share >= PLAIN or part.danger else part.taken_for(whole.label) for part in parts]
    for number, part in enumerate(settled[1:], 1):
        before = settled[number - 1]
        if (
            part.act == "content"
            and before.act == "correction"
            and not _goes_on(part.segment.text, before.segment.text)
        ):
            # "no wait, 3 juniors": said behind its announcement
            settled[number] = replace(part, act="correction", about="")
    for _, group in groupby(settled, key=lambda part: part.label):
        run = list(group)
        start, end = run[0].segment.start, run[-1].segment.end
        text = segment.text[start - segment.start : end - segment.start]
        yield replace(max(run, key=lambda part: part.share), segment=Segment(text, start, end, segment.item))


def _goes_on(text: str, correction: str) -> bool:
    """Whether a piece goes on with the sentence that a correction stands in; behind a mere `no wait` it is what is meant."""
    return bool(_NEXT.match(text)) or (says_more(correction) and bool(_LEANS.match(text)))


def _worth_reading(segment: Segment) -> list[Segment]:
    """The pieces of a segment, each short one joined to the next."""
    joined: list[Segment] = []
    waiting: Segment | None = None
    for piece in pieces(segment):
        old = names_old(piece.text) and not piece.text.lower().startswith("not ")
        if joined and not waiting and old and not (repairs_plainly(piece.text) or repairs_value(piece.text)):
            joined[-1] = _joined(segment, joined[-1], piece)
            continue
        whole = _joined(segment, waiting, piece) if waiting else piece
        waiting = whole if _leans_on_next(whole.text) else None
        if waiting is None:
            joined.append(whole)
    if waiting and joined:
        joined[-1] = _joined(segment, joined[-1], waiting)
    return joined


def _leans_on_next(text: str) -> bool:
    """Whether a piece is too short to do something alone: `ok so`, `not 8`, but not `sorry, april`."""
    if names_old(text) and not (find_contrast(text).old or (repairs_plainly(text) and says_more(text))):
        return True
    return len(text.split()) < FEWEST_WORDS and not (repairs_value(text) or (repairs(text) and bool(bare_values(text))))


def _joined(segment: Segment, first: Segment, last: Segment) -> Segment:
    text = segment.text[first.start - segment.start : last.end - segment.start]
    return Segment(text, first.start, last.end)


def _read(found: Sequence[Segment]) -> dict[Segment, Heard]:
    """What each segment seems to do by itself; the head reads all of them in one run."""
    head = load_head("acts")
    shares = head.shares_of([segment.text for segment in found])
    return {
        one: _seeming(one, dict(zip(head.labels, row, strict=True)))
        for one, row in zip(found, shares.tolist(), strict=True)
    }


def _seeming(segment: Segment, by_label: dict[str, float]) -> Heard:
    """What the shares of the labels make of a segment."""
    danger = by_label.pop("crisis")
    if danger >= CRISIS:
        return Heard(segment, "crisis", "", danger)
    others = {label: share / (1 - danger) for label, share in by_label.items()}  # what the rest is likely to be
    label, second = nlargest(2, others, key=others.__getitem__)
    if others[label] < SURE and second == "content":
        label, second = second, label
    if danger >= POSSIBLE_CRISIS and not segment.text.rstrip().endswith(_HEADING):
        return Heard(segment, "crisis", POSSIBLE, danger, others["correction"], label, others[label])
    act, _, about = label.partition(".")
    return Heard(segment, cast("ActName", act), about, others[label], others["correction"], second, others[second])

"""Another amount or time for one that was said: which it is meant for, and what of it stays."""

import re

from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.understanding.editing import Editor
from nodes.understanding.facts import FactMaker, details
from nodes.understanding.fits import best_fits, counts_other, word_before
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import Mend, item_number, names_item, prefers, read_mend
from nodes.understanding.places import lists, stands_in, top_level
from nodes.understanding.segments import Segment
from nodes.understanding.values import counted, may_replace
from nodes.understanding.wording import announced
from state.frame import Fact, FactKind

_EACH = re.compile(
    r"\b(?:both|all|every|each|beide|alle|ambas|ambos|todas|todos|les deux|tous|oba|obie|wszystkie)\b", re.I
)
"""What says that a new time is meant for each that was said."""

FEWEST_AROUND = 6
"""Words from which a text says more than the amount that it puts right."""


def without_announcing(segment: Segment) -> Segment:
    """A segment without the words that announce it as a correction."""
    start = prefers(segment.text) or announced(segment.text)
    start = 0 if start == 1 else start
    return Segment(segment.text[start:], segment.start + start, segment.end)


def told_in_passing(frame: Frame, message: Message, text: str) -> tuple[Fact, Span] | None:
    """An amount that something can only be or is, in the middle of other words, and the one it stands for: it counts the same."""
    every = (fact for phase in message.phases for fact in frame.holding(phase))
    olds = [fact for fact in every if fact["kind"] == "amount" and fact["message_id"] != message.id]
    for kind, span in details(text) if olds else ():
        if kind == "amount" and counted(span.text) and _CAN_BE.search(text, 0, span.start):
            same = [old for old in olds if counted(old["text"]) == counted(span.text)]
            if other := next((old for old in same if old["text"].lower() != span.text.lower()), None):
                return other, span
    return None


_CAN_BE = re.compile(r"\b(?:it['’]?s|it is|be|are|were|only|just|actually)\s+$", re.IGNORECASE)


class Revaluer:
    """Replaces amounts and times, in the name of one message."""

    def __init__(self, frame: Frame, message: Message, maker: FactMaker, edit: Editor) -> None:
        self._frame, self._message, self._maker, self._edit = frame, message, maker, edit
        self._corrections: set[str] = set()
        """Facts that this message put in the place of others."""

    def revalue(self, segment: Segment, mend: Mend) -> None:
        """Put each new amount and time in the place of the one it is meant for, the first of each kind."""
        said = {fact["text"].lower() for fact in self._frame.holding(self._message.phase)}
        new = [(kind, span) for kind, span in mend.values if span.text.lower() not in said] or mend.values
        first: dict[FactKind, Span] = {}
        for kind, span in new:
            first.setdefault(kind, span)
        for kind, span in first.items():
            if not self._replaced(kind, span.text, segment, span.start, mend):
                self._add(kind, span.text, segment.start + span.start)

    def revalue_in_passing(self, segment: Segment) -> bool:
        """Whether an amount was put right in the middle of other words; they change nothing."""
        found = told_in_passing(self._frame, self._message, segment.text)
        mend = read_mend(segment.text)
        if found is None or mend.old or len(mend.values) > 1 or len(segment.text.split()) < FEWEST_AROUND:
            return False
        old, span = found
        self._corrections.add(self._edit.revalue(old, "amount", span.text, segment.start + span.start)["id"])
        return True

    def speaks_of_other(self, segment: Segment, mend: Mend) -> bool:
        """Whether a number is of something else than what was said: `make it Level 7 qualified`, `only two actions`."""
        first = next((span.text for kind, span in mend.values if kind == "amount"), "")
        held = self._frame.holding(self._message.phase)
        olds = [fact for fact in held if fact["kind"] == "amount"]
        known = not first or not olds or names_item(segment.text)
        return not known and counts_other(first, segment.text, olds, held)

    def _replaced(self, kind: FactKind, text: str, segment: Segment, at: int, mend: Mend) -> bool:
        """Whether there is something that a new amount or time is meant for, or may be: then the coach asks."""
        start = segment.start + at
        for phase in self._message.phases:
            olds = self._candidates(phase, kind, text, mend, segment)
            if len(olds) > 1 and not _EACH.search(segment.text):
                self._frame.unclear = "amount" if kind == "amount" else "date" if kind == "date" else "frequency"
                return True
            for old in olds:
                self._corrections.add(self._edit.revalue(old, kind, text, start)["id"])
            if olds or self._renumbered(phase, kind, text, segment, start):
                return True
            if item := self._named_item(phase, segment.text):
                self._edit.attach(item, self._maker.fact(kind, text, start, start + len(text)))
                return True
        return False

    def _add(self, kind: FactKind, text: str, start: int) -> None:
        """What is meant for nothing that was said is news; behind something put right a time is said of it, and another value of
        the same kind only says why."""
        last = self._frame.facts[-1]
        if any(fact["id"] in self._corrections and fact["kind"] == kind for fact in self._frame.facts):
            return  # "sorry 2028, it's only 24 months"
        if last["id"] in self._corrections and kind != "amount":  # "rather 5, by March"
            self._frame.facts[-1] = {**last, "text": f"{last['text']} {text}"}
        elif kind != "amount" or counted(text) or not self._corrections:
            self._frame.facts.append(self._maker.fact(kind, text, start, start + len(text)))

    def _renumbered(self, phase: str, kind: FactKind, text: str, segment: Segment, at: int) -> bool:
        word = word_before(segment.text, at - segment.start)
        said = top_level(self._frame.holding(phase))
        before = [f for f in said if f["message_id"] == self._message.id and f["end"] <= segment.start]
        return bool(word or before) and self._edit.renumbered(before[-1:] or said, kind, text, at, word)

    def _candidates(self, phase: str, kind: FactKind, text: str, mend: Mend, segment: Segment) -> list[Fact]:
        """The facts that a new amount or time may replace: one where it is clear."""
        held = self._frame.holding(phase)
        repeated = {span.text.lower() for _, span in mend.values}  # "run 10 km under 55"
        facts = [f for f in held if may_replace(kind, text, f) and (f["text"].lower() not in repeated)]
        if item := self._named_item(phase, segment.text):
            facts = [fact for fact in facts if stands_in(fact, item, self._frame.facts)]
        before = [f for f in facts if f["message_id"] == self._message.id and f["end"] <= segment.start]
        before = [fact for fact in before if fact["id"] not in self._corrections]
        wanted = mend.rest | (terms(text) if kind == "amount" else frozenset())
        fitting = best_fits(before or facts, held, wanted, self._frame)
        if before:
            return fitting[-1:]
        same = {fact["text"].lower() for fact in fitting}
        return fitting[-1:] if len(same) < 2 and not _EACH.search(segment.text) else fitting

    def _named_item(self, phase: str, text: str) -> Fact | None:
        items = lists(self._frame.holding(phase))
        number = item_number(text, len(items)) if len(items) > 1 and names_item(text) else None
        return items[number - 1] if number else None

"""What a message changes in the frame: new facts hold, corrected ones are replaced, withdrawn ones go (SETTLED: The coach).

Pure: the frame before and the message in, the frame after out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from nodes.english.terms import terms
from nodes.understanding.acts import HALF_HEARD, Heard
from nodes.understanding.facts import FactMaker
from nodes.understanding.mending import (
    Mend,
    addresses,
    announced,
    item_number,
    read_mend,
    repairs,
    speaks_of_all,
    states_something,
)
from nodes.understanding.places import lists, top_level
from nodes.understanding.segments import Segment, pieces, segments
from nodes.understanding.value_names import names_value
from nodes.understanding.values import bare_values, listed_part, may_replace, reworded, worth
from state.frame import Fact, FactKind, contains, holding
from state.phases import ORDER, Phase

Unclear = Literal["", "amount", "date", "frequency", "withdrawal"]
VALUES = ("amount", "date", "frequency")
DOUBTFUL = frozenset({"content", "chatter", "no", "yes"})
"""Acts for which a short correction may be taken."""
LONGEST_AFTERTHOUGHT = 20
"""Words up to which a piece may be one."""
SPOKEN_TO = frozenset({"request", "refusal", "question"})
"""Acts that speak to the coach."""
VERY_SURE = 0.9
"""Share from which a piece is what it seems, whatever stands around it."""
NEAR = 30
"""Letters before an amount or a time that tell what it is of."""
POINTING = 2
"""Words beside announcing ones up to which "scrap that idea" points at what was said last."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the employee's."""

    id: str
    phase: str
    text: str


@dataclass(slots=True)
class Frame:
    """All facts of a conversation, and what the latest message did to them."""

    facts: list[Fact]
    texts: Mapping[str, str]
    """Messages by id, the latest included."""
    mended: set[str] = field(default_factory=set)
    """Phases in which something was replaced or withdrawn."""
    unclear: Unclear = ""
    """What a correction or withdrawal left open: the coach asks."""
    heard: list[Heard] = field(default_factory=list)
    """What the latest message does, with what was said before in mind."""

    def put(self, number: int, fact: Fact) -> None:
        """Change a fact in place."""
        self.facts[number] = fact
        self.mended.add(fact["phase"])

    def holding(self, phase: str) -> list[Fact]:
        """Facts of a phase that hold."""
        return holding(self.facts, phase)

    def replace(self, old: Fact, new: Fact | None) -> None:
        """An old fact, with its details, gives way to a new one or to nothing."""
        for number, fact in enumerate(self.facts):
            if fact["state"] == "holds" and (fact["id"] == old["id"] or contains(old, fact)):
                state: Literal["replaced", "withdrawn"] = "replaced" if new else "withdrawn"
                self.put(number, {**fact, "state": state, "replaced_by": new["id"] if new else None})


def misheard(message: Message, one: Heard, heard: Sequence[Heard]) -> bool:
    """Whether a piece among plain content is content too: it was taken for a request, a refusal or a question without being sure,
    and speaks to nobody."""
    if one.act not in SPOKEN_TO or one.share >= VERY_SURE or addresses(one.segment.text):
        return False
    told = any(other.act == "content" and other.share >= VERY_SURE for other in heard)
    return told or (message.phase == Phase.G6_VALUES and names_value(one.segment.text))


def corrects(frame: Frame, message: Message, heard: Heard) -> bool:
    """Whether a piece that was heard as something else puts right what was said: it names an old that was said, or begins by
    taking something back and gives a value of a kind that stands there."""
    text = heard.segment.text
    if heard.act not in DOUBTFUL and heard.label != "request.rename":
        return False
    if heard.correction >= HALF_HEARD and repairs(text) and holding(frame.facts, message.phase):
        return True
    if len(text.split()) > LONGEST_AFTERTHOUGHT:
        return False
    mend = read_mend(text)
    reader = _Reader(frame, message)
    if mend.old and reader.said(mend.old):
        return True
    held = [fact for fact in frame.facts if fact["state"] == "holds"]
    fits = any(may_replace(kind, span.text, fact) for kind, span in mend.values for fact in held)
    return heard.act != "content" and fits and bool(announced(text)) and not states_something(text)


def change(facts: Sequence[Fact], texts: Mapping[str, str], message: Message, heard: Iterable[Heard]) -> Frame:
    """The frame after a message; what was misheard as something else than a correction is heard anew there."""
    frame = Frame([{**fact} for fact in facts], texts)
    reader = _Reader(frame, message)
    heard = list(heard)
    for one in heard:
        if misheard(message, one, heard):
            one = replace(one, act="content", about="")
        known = replace(one, act="correction", about="") if corrects(frame, message, one) else one
        if known.act == "correction" and not any(fact["state"] == "holds" for fact in frame.facts):
            known = replace(known, act="content")  # nothing was said that it could correct
        frame.heard.append(known)
        reader.read(known)
    if frame.mended:
        frame.unclear = ""
    return frame


class _Reader:
    """Applies one message, act by act."""

    def __init__(self, frame: Frame, message: Message) -> None:
        self._frame, self._message = frame, message
        self._maker = FactMaker(message.id, message.phase)
        self._corrections: set[str] = set()
        """Facts that this message put in the place of others."""

    def read(self, heard: Heard) -> None:
        """Apply one act."""
        if heard.act == "content":
            self._frame.facts += self._told(heard.segment)
        elif heard.act == "correction":
            self._correct(heard.segment)
        elif heard.act == "withdrawal" or heard.label == "request.delete":
            self._withdraw(heard.segment)
        elif heard.label == "request.skip" and (named := self._skipped(heard.segment)):
            self._drop(named, read_mend(heard.segment.text).rest)

    def _told(self, segment: Segment) -> list[Fact]:
        """New facts; an amount or a time said behind a correction belongs to the phase that was corrected."""
        facts = self._maker.of_segment(segment)
        mended = [phase for phase in self._frame.mended if phase != self._message.phase]
        if len(mended) == 1 and all(fact["kind"] in VALUES for fact in facts):
            return [{**fact, "phase": mended[0]} for fact in facts]
        return facts

    def _correct(self, segment: Segment) -> None:
        mend = read_mend(segment.text)
        if mend.old and self._swap(mend, segment):
            return
        parts = valued_parts(segment) if len(mend.values) > 1 else []
        if len(parts) > 1:
            for part in parts:
                self._correct(part)
            return
        if mend.values and not states_something(segment.text):
            for kind, span in dict(reversed(mend.values)).items():  # the first of each kind
                self._revalue(kind, span.text, segment, span.start, mend)
            return
        self._restate(segment, mend)

    def _swap(self, mend: Mend, segment: Segment) -> bool:
        """Put the new in the place of an old that is named; False where the old was never said."""
        found = self.said(mend.old) or next(filter(None, map(self.said, mend.old_values)), None)
        if found is None:
            return False
        holder, start, end = found
        old = self._frame.texts[holder["message_id"]][start:end]
        at = segment.start + mend.new_start
        if holder["kind"] == "value" and start == holder["start"]:  # the name of a value: what shows it goes as well
            start, end = holder["start"], holder["end"]
            old = holder["text"]
        if (start, end) == (holder["start"], holder["end"]) and holder["kind"] not in VALUES:
            new = self._maker.fact(holder["kind"], mend.new, at, at + len(mend.new))
            self._frame.replace(holder, new)
        elif holder["kind"] in VALUES:
            text = reworded(holder["text"], old, mend.value_like(holder["kind"]))
            new = self._maker.fact(holder["kind"], text, at, at + len(mend.new))
            self._frame.replace(holder, new)
        else:
            new = self._maker.fact(holder["kind"], mend.new, at, at + len(mend.new))
            self._detail(holder, start, end, new)
        self._frame.facts.append({**new, "phase": holder["phase"]})
        return True

    def _detail(self, holder: Fact, start: int, end: int, new: Fact) -> None:
        """The old words become a detail of the fact they stand in, replaced by the new."""
        old = self._maker.fact("deliverable", self._frame.texts[holder["message_id"]][start:end], start, end)
        place: Fact = {**old, "phase": holder["phase"], "message_id": holder["message_id"], "state": "replaced"}
        self._frame.facts.append({**place, "replaced_by": new["id"]})
        self._frame.mended.add(holder["phase"])

    def said(self, words: str) -> tuple[Fact, int, int] | None:
        """The smallest, latest fact that holds these words, and where they stand."""
        for phase in self._phases():
            latest_first = list(reversed(self._frame.holding(phase)))
            for fact in sorted(latest_first, key=lambda f: f["end"] - f["start"]):
                place = worth(words, fact, self._frame.texts[fact["message_id"]])
                if place:
                    return fact, *place
        return None

    def _phases(self) -> list[str]:
        """This phase first, then the others, the latest first."""
        others = [phase.value for phase in reversed(ORDER) if phase.value != self._message.phase]
        return [self._message.phase, *others]

    def _revalue(self, kind: FactKind, text: str, segment: Segment, at: int, mend: Mend) -> None:
        """Replace the amount or time that a new one is meant for; where there was none, it is news."""
        start = segment.start + at
        for phase in self._phases():
            old = self._candidates(phase, kind, text, mend, segment)
            if len(old) > 1:
                self._frame.unclear = "amount" if kind == "amount" else "date" if kind == "date" else "frequency"
                return
            if old:
                new = self._maker.fact(kind, reworded(old[0]["text"], "", text), start, start + len(text))
                self._frame.replace(old[0], new)
                self._frame.facts.append({**new, "phase": phase})
                self._corrections.add(new["id"])
                return
        self._frame.facts.append(self._maker.fact(kind, text, start, start + len(text)))

    def _candidates(self, phase: str, kind: FactKind, text: str, mend: Mend, segment: Segment) -> list[Fact]:
        """The facts that a new amount or time may replace: one where it is clear."""
        held = self._frame.holding(phase)
        facts = [fact for fact in held if may_replace(kind, text, fact)]
        facts = self._of_named_item(facts, phase, segment.text) or facts
        before = [f for f in facts if f["message_id"] == self._message.id and f["end"] <= segment.start]
        before = [fact for fact in before if fact["id"] not in self._corrections]
        wanted = mend.rest | (terms(text) if kind == "amount" else frozenset())
        fitting = best_fits(before or facts, held, wanted, self._frame.texts)
        if before:
            return fitting[-1:]
        same = {fact["text"].lower() for fact in fitting}
        return fitting[-1:] if len(same) < 2 else fitting

    def _of_named_item(self, facts: list[Fact], phase: str, text: str) -> list[Fact]:
        items = lists(self._frame.holding(phase))
        number = item_number(text, len(items)) if len(items) > 1 and not bare_values(text) else None
        return [fact for fact in facts if contains(items[number - 1], fact)] if number else []

    def _restate(self, segment: Segment, mend: Mend) -> None:
        """A new statement takes the place of the one it corrects; times that it doesn't name stay."""
        start = announced(segment.text)
        told = Segment(segment.text[start:], segment.start + start, segment.end)
        new = self._maker.of_segment(told)
        if not new:
            return
        olds = self._restated(new, segment)
        if olds is None:
            return
        dated = any(fact["kind"] == "date" for fact in new)
        for old in olds:
            kept = [f for f in self._frame.facts if not dated and contains(old, f) and f["kind"] == "date"]
            self._frame.replace(old, new[0])
            for fact in kept:
                self._frame.put(next(i for i, f in enumerate(self._frame.facts) if f["id"] == fact["id"]), fact)
        self._frame.facts += new

    def _restated(self, new: Sequence[Fact], segment: Segment) -> list[Fact] | None:
        """The statements that a new one corrects: of the same kind, else of the same words, else the last; None where it is
        nothing new."""
        said = top_level(self._frame.holding(self._message.phase))
        before = [f for f in said if f["message_id"] == self._message.id and f["end"] <= segment.start]
        near = before or said
        if any(fact["kind"] == "role" for fact in new) and (roles := [f for f in near if f["kind"] == "role"]):
            return self._sentence_of(roles[-1], near)
        wanted = frozenset().union(*(terms(fact["text"]) for fact in new))
        if any(wanted <= terms(fact["text"]) for fact in near) and not any(f["kind"] in VALUES for f in new):
            return None  # "only the clinic": it says again what holds
        shared = [(len(wanted & terms(fact["text"])), fact) for fact in near]
        most = max((count for count, _ in shared), default=0)
        if most and not (before and most < POINTING):
            return [fact for count, fact in shared if count == most][-1:]
        return self._sentence_of(near[-1], near) if near else []

    def _sentence_of(self, fact: Fact, said: Sequence[Fact]) -> list[Fact]:
        """All statements of the sentence that a fact stands in."""
        text = self._frame.texts[fact["message_id"]]
        home = next((s for s in segments(text) if s.start <= fact["start"] < s.end), None)
        if home is None:
            return [fact]
        return [f for f in said if f["message_id"] == fact["message_id"] and home.start <= f["start"] < home.end]

    def _skipped(self, segment: Segment) -> list[Fact]:
        """What "skip the crane one" names of what was said; nothing where a question is skipped."""
        return _named(top_level(self._frame.holding(self._message.phase)), read_mend(segment.text).rest)

    def _withdraw(self, segment: Segment) -> None:
        found = self._withdrawn(segment)
        if not found:
            self._frame.unclear = "withdrawal"
        self._drop(found, read_mend(segment.text).rest)

    def _drop(self, found: Sequence[Fact], wanted: frozenset[str]) -> None:
        """Take facts back; of a statement that lists several things only the one that is named."""
        for fact in found:
            part = listed_part(fact, self._frame.texts[fact["message_id"]], wanted) if len(found) == 1 else None
            if part is None:
                self._frame.replace(fact, None)
                continue
            detail = self._maker.fact("deliverable", self._frame.texts[fact["message_id"]][slice(*part)], *part)
            gone: Fact = {**detail, "phase": fact["phase"], "message_id": fact["message_id"], "state": "withdrawn"}
            self._frame.facts.append(gone)
            self._frame.mended.add(fact["phase"])

    def _withdrawn(self, segment: Segment) -> list[Fact]:
        """The facts that are taken back: all, those of a kind, the numbered one, those it names, else the last said."""
        mend = read_mend(segment.text)
        for phase in self._phases():
            held = self._frame.holding(phase)
            said = top_level(held)
            if not said:
                continue
            if speaks_of_all(segment.text):
                return said
            items = lists(held)
            number = item_number(segment.text, len(items))
            if number:
                return [items[number - 1]]
            if mend.fields and (kinds := [f for f in held if f["kind"] in mend.fields]):
                return kinds[-1:]
            if named := _named(said, mend.rest):
                return named
            if phase == self._message.phase and len(mend.rest) <= POINTING:
                return said[-1:]
        return []


def _named(held: Sequence[Fact], wanted: frozenset[str]) -> list[Fact]:
    """The facts that share most words with what is wanted."""
    shared = [len(wanted & terms(fact["text"])) for fact in held]
    most = max(shared, default=0)
    return [fact for fact, count in zip(held, shared, strict=True) if count == most] if most else []


def valued_parts(segment: Segment) -> list[Segment]:
    """The parts between commas where each names a value of its own and what it is of; none otherwise."""
    parts = pieces(segment)
    mends = [read_mend(part.text) for part in parts]
    return parts if all(mend.values and mend.rest for mend in mends) else []


def best_fits(
    facts: Sequence[Fact], held: Sequence[Fact], wanted: frozenset[str], texts: Mapping[str, str]
) -> list[Fact]:
    """The facts that share most words with what is wanted: by their own words first, then by those before them, then by the
    whole that they stand in."""

    def shared(fact: Fact) -> tuple[int, int, int]:
        around = frozenset().union(*(terms(other["text"]) for other in held if contains(other, fact)))
        before = texts[fact["message_id"]][max(0, fact["start"] - NEAR) : fact["start"]]
        return len(wanted & terms(fact["text"])), len(wanted & terms(before)), len(wanted & around)

    ranks = [shared(fact) for fact in facts]
    most = max(ranks, default=(0, 0, 0))
    return [fact for fact, rank in zip(facts, ranks, strict=True) if rank == most]

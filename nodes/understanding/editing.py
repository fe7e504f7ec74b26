"""Changes inside what was said: a part gives way to other words, a time is said behind what it is of, a listed thing goes."""

import re
from collections.abc import Sequence
from itertools import takewhile

from nodes.english.spans import Span
from nodes.english.terms import terms
from nodes.english.verbs import leading_verb, title_span
from nodes.understanding.contrasts import find_contrast
from nodes.understanding.facts import FactMaker
from nodes.understanding.frames import Frame, Message
from nodes.understanding.places import top_level
from nodes.understanding.segments import Segment
from nodes.understanding.taking_back import listed_part
from nodes.understanding.value_names import label_of
from nodes.understanding.values import bare_values, reworded, sort_of, worth
from nodes.understanding.wording import announced
from state.frame import Fact, FactKind, contains
from state.phases import Phase

_GOES_ON = re.compile(r"(?:and |so )*(?:it|that|this|which|because|cos)\b", re.IGNORECASE)


class Editor:
    """Changes facts of a frame, in the name of one message."""

    def __init__(self, frame: Frame, maker: FactMaker) -> None:
        self._frame, self._maker = frame, maker

    def attach(self, holder: Fact, time: Fact, end: int = 0) -> None:
        """Say a time behind what it is of, up to `end` in its message: it becomes a detail in the place of the last word."""
        end = end or holder["end"]
        last = self._frame.texts[holder["message_id"]][holder["start"] : end].rsplit(None, 1)[-1]
        self.detail(holder, end - len(last), end, time)
        self._frame.facts.append({**time, "text": f"{last} {time['text']}"})

    def revalue(self, old: Fact, kind: FactKind, text: str, at: int) -> Fact:
        """Put another amount or time, said at `at`, in the place of one."""
        new = self._maker.fact(kind, reworded(old["text"], "", text), at, at + len(text))
        self._frame.replace(old, new)
        self._frame.facts.append({**new, "phase": old["phase"]})
        return new

    def renumbered(self, said: Sequence[Fact], kind: FactKind, text: str, at: int, before: str) -> bool:
        """Whether a number in one of some facts that is no amount there (`level 2`, `2 million in sales`) gives way to another of
        its kind: one behind the same word, where there is a word `before` the new."""
        for fact in reversed(said):
            words = self._frame.texts[fact["message_id"]][fact["start"] : fact["end"]]
            places = [
                span
                for found, span in bare_values(words)
                if found == kind
                and sort_of(span.text) == sort_of(text)
                and words[: span.start].rstrip().lower().endswith(before)
                and not any(self._covers(f, fact["start"] + span.start) for f in self._frame.facts if contains(fact, f))
            ]
            if len(places) == 1:
                new = self._maker.fact(kind, text, at, at + len(text))
                self.detail(fact, fact["start"] + places[0].start, fact["start"] + places[0].end, new)
                self._frame.facts.append({**new, "phase": fact["phase"]})
                return True
        return False

    @staticmethod
    def _covers(fact: Fact, place: int) -> bool:
        return fact["start"] <= place < fact["end"]

    def add(self, holder: Fact, values: Sequence[tuple[FactKind, Span]], said: Segment, end: int) -> None:
        """Say the amounts and times that a segment is made of behind what they are of, up to `end` in its message."""
        begin, first, stop = announced(said.text), values[0][1].start, values[-1][1].end
        start = min(begin, first)
        told = re.sub(r"\s*,\s*", " ", said.text[start:stop]).strip()
        self.attach(holder, self._maker.fact(values[0][0], told, said.start + start, said.start + stop), end)

    def detail(self, holder: Fact, start: int, end: int, new: Fact) -> None:
        """The old words become a detail of the fact they stand in, replaced by the new; where they are all of it, it goes."""
        if (start, end) == (holder["start"], holder["end"]):
            self._frame.replace(holder, new)
            return
        old = self._maker.fact("deliverable", self._frame.texts[holder["message_id"]][start:end], start, end)
        place: Fact = {**old, "phase": holder["phase"], "message_id": holder["message_id"], "state": "replaced"}
        self._frame.facts.append({**place, "replaced_by": new["id"]})
        self._frame.mended.add(holder["phase"])

    def rephrased(self, segment: Segment, phase: str) -> bool:
        """Whether "no, in purchasing" gives another end to what was said `in logistics`."""
        start = _before_preposition(segment.text)
        found = _PHRASE.fullmatch(segment.text.rstrip(" .!"), start)
        said = top_level(self._frame.holding(phase))
        if not found or not said:
            return False
        old = re.compile(
            rf"\b{found['preposition']} (?!\d)[^\d,.;]+?(?=\s(?:by|in|with|for|at|from|on|until|and)\b|[,.;]|$)",
            re.IGNORECASE,
        )
        place = old.search(said[-1]["text"])
        if not place or not self._frame.texts[said[-1]["message_id"]].startswith(said[-1]["text"], said[-1]["start"]):
            return False
        at = said[-1]["start"] + place.start()
        new = self._maker.fact("deliverable", found[0], segment.start + start, segment.start + start + len(found[0]))
        self.detail(said[-1], at, at + len(place[0]), new)
        self._frame.facts.append(new)
        return True

    def retitled(self, new: Fact) -> bool:
        """Another position alone takes the place of the one that was named, and what stood beside it stays."""
        held = [f for f in top_level(self._frame.holding(new["phase"])) if f["kind"] == "role"]
        if not held or leading_verb(new["text"]):
            return False
        old = held[-1]
        start, end = title_span(old["text"])
        if old["text"] != self._frame.texts[old["message_id"]][old["start"] : old["end"]]:
            return False
        if end - start == len(old["text"]):
            self._frame.replace(old, new)
        else:
            self.detail(old, old["start"] + start, old["start"] + end, new)
        self._frame.facts.append(new)
        return True

    def renamed(self, name: str, new: str, at: int, phase: str) -> bool:
        """Call a value otherwise wherever it is named; what shows it stays."""
        named = [(f, worth(name, f, self._frame.texts[f["message_id"]])) for f in top_level(self._frame.holding(phase))]
        called = self._maker.fact("value", new, at, at + len(new))
        for fact, place in named:
            if place == (fact["start"], fact["end"]):
                self._frame.replace(fact, called)
            elif place and label_of(fact["text"]).lower() == name.lower():  # so that the new is read as a name too
                label = self._maker.fact("value", f"{new}:", at, at + len(new))
                self.detail(fact, *place, label)
                self._frame.facts.append({**label, "phase": phase})
            elif place:
                self.detail(fact, *place, called)
        if any(fact["replaced_by"] == called["id"] for fact in self._frame.facts):
            self._frame.facts.append({**called, "phase": phase})
        return True

    def shown(self, name: str, phase: str) -> list[Fact]:
        """The values that open with a name: with it goes what shows it."""
        opens = re.compile(rf"\W*{re.escape(name)}\b", re.IGNORECASE)
        return [
            fact
            for fact in top_level(self._frame.holding(phase))
            if fact["kind"] == "value" and opens.match(fact["text"])
        ]

    def exchanged(self, segment: Segment, message: Message) -> bool:
        """Whether "swap humour for honesty, i tell parents" put another value with what shows it in the place of one."""
        contrast = find_contrast(segment.text)
        name = contrast.showing(segment.text)
        found = self._frame.said(contrast.old, message) if contrast.old and label_of(name) else None
        if found is None or found[0]["kind"] != "value":
            return False
        at = segment.start + contrast.start
        phase = found[0]["phase"]
        new = self._maker.fact("value", name, at, segment.end)
        return self.exchange(self.shown(contrast.old, phase) or found[:1], {**new, "phase": phase}, contrast.old)

    def lacks_showing(self) -> bool:
        """Whether the latest value was put in the place of another, and nothing shows it yet: "swap calm for courage. i ask"."""
        last = self._frame.facts[-1]
        named = last["kind"] == "value" and not label_of(last["text"])
        return named and any(fact["replaced_by"] == last["id"] for fact in self._frame.facts)

    def exchange(self, shown: Sequence[Fact], new: Fact, name: str) -> bool:
        """Put another value in the place of one, with all that shows it and wherever else it is listed."""
        phase = new["phase"]
        for fact in top_level(self._frame.holding(phase)):
            part = listed_part(fact, self._frame.texts[fact["message_id"]], terms(name))
            if part and fact["kind"] == "value":
                self.withdraw_part(fact, part)
            elif fact in shown:
                self._frame.replace(fact, new)
        self._frame.facts.append(new)
        return True

    def drop(self, found: Sequence[Fact], wanted: frozenset[str]) -> None:
        """Take facts back; of a statement that lists several things only the one that is named."""
        for fact in found:
            part = listed_part(fact, self._frame.texts[fact["message_id"]], wanted)
            if part is not None:
                self.withdraw_part(fact, part)
                continue
            dates = self._dates_of_all(fact)
            for gone in (fact, *self._explaining(fact)):
                self._frame.replace(gone, None)
            for date in dates:
                self._frame.put(next(i for i, f in enumerate(self._frame.facts) if f["id"] == date["id"]), date)

    def _dates_of_all(self, fact: Fact) -> list[Fact]:
        """The times in a clause that stand for all of a vision: the last of several clauses of a message has the only one."""
        if fact["phase"] != Phase.G4_FUTURE:
            return []
        beside = [f for f in self._frame.holding(fact["phase"]) if f["message_id"] == fact["message_id"]]
        dates = [f for f in beside if f["kind"] == "date"]
        last = all(f["end"] <= fact["end"] for f in beside)
        alone = all(contains(fact, date) for date in dates)
        return [d for d in dates if d["end"] == fact["end"]] if last and alone and len(top_level(beside)) > 1 else []

    def _explaining(self, value: Fact) -> list[Fact]:
        """What goes on about a value without its name: "it shows in …"."""
        if value["kind"] != "value":
            return []
        said = top_level(self._frame.holding(value["phase"]))
        after = said[said.index(value) + 1 :] if value in said else []
        return list(takewhile(lambda fact: bool(_GOES_ON.match(fact["text"])), after))

    def withdraw_part(self, fact: Fact, part: tuple[int, int], told: str = "") -> None:
        """Take back a part of a fact, [start, end) in its message; `told` is what of it was said in earnest."""
        detail = self._maker.fact("deliverable", told or self._frame.texts[fact["message_id"]][slice(*part)], *part)
        gone: Fact = {**detail, "phase": fact["phase"], "message_id": fact["message_id"], "state": "withdrawn"}
        self._frame.facts.append(gone)
        self._frame.mended.add(fact["phase"])


_PHRASE = re.compile(r"(?P<preposition>in|at|for|with|from|on)\s+[^\d,.;]{2,40}", re.IGNORECASE)


def _before_preposition(text: str) -> int:
    """Where a text begins behind words of repair, a preposition kept."""
    found = re.search(r"(?:^|[\s,.:])(?=(?:in|at|for|with|from|on)\s)", text[:LONGEST_REPAIR])
    return found.end() if found and announced(text) >= found.end() else 0


LONGEST_REPAIR = 30
"""Letters within which words of repair end."""

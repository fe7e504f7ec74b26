"""What a message changes in the frame: new facts hold, corrected ones are replaced, withdrawn ones go (SETTLED: The coach).

Pure: the frame before and the message in, the frame after out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from nodes.english.terms import terms
from nodes.understanding.acts import Heard
from nodes.understanding.choosing import leave_open, settle, taken_of
from nodes.understanding.completing import Completer
from nodes.understanding.contrasts import find_contrast, names_old
from nodes.understanding.drafts.earlier import spoken_of
from nodes.understanding.editing import Editor
from nodes.understanding.facts import FactMaker, details
from nodes.understanding.fits import counts_nothing
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import (
    Mend,
    item_number,
    names_item,
    read_mend,
    speaks_of_all,
    spoken_parts,
    states_something,
    valued_parts,
    without_kept,
)
from nodes.understanding.naming import named, stems
from nodes.understanding.ordering import moved
from nodes.understanding.places import lists, top_level
from nodes.understanding.rehearing import VALUES, changes_nothing, home_of, rehear, says_again
from nodes.understanding.revaluing import Revaluer, without_announcing
from nodes.understanding.segments import Segment, pieces, segments
from nodes.understanding.shown_values import named_before
from nodes.understanding.taking_back import ADDED_TO_POINTED, POINTED, POINTING, taken_back, wanted_of
from nodes.understanding.undoing import go_back, returns
from nodes.understanding.values import counted_alike, may_replace, reworded
from nodes.understanding.wording import announced, fails, latest_meant, opens_instead, repairs
from state.frame import Fact, contains
from state.phases import Phase

_AFTER_ALL = re.compile(r"[^,.;:]+[,.;:]\s+(?=\S+\s\S+\s\S)")
"""What takes back everything; what follows is told anew."""
FEWEST_OF_A_STEP = 3
"""Words from which the new of a contrast is a step of its own."""
_NOT = re.compile(r"(?:no|well|so|ok)?\W*not\b", re.IGNORECASE)
_ADDS = re.compile(
    r"(?:please\W+|also\W+|and\W+|oh\W+)*(?:add|include)(?: in)?:?\s+(?!.*\bto (?:the|our|my)\b)(?=\S+\s\S)",
    re.IGNORECASE,
)


_USE_THAT = re.compile(r"(?:so |and |please )*(?:use|take|put) (?:that|it|this) (?:for|as|in)\b", re.IGNORECASE)
"""What a value just said is for."""


def change(facts: Sequence[Fact], texts: Mapping[str, str], message: Message, heard: Iterable[Heard]) -> Frame:
    """The frame after a message; what was misheard as something else than a correction is heard anew there."""
    frame = Frame([{**fact} for fact in facts], texts)
    heard = _said_in_one(message.text, list(heard))
    if not frame.holding(message.phase):
        heard = list(_told_and_repaired(heard))
    home = home_of(frame, message, heard)
    if home != message.phase:  # what is added there makes its goal anew
        frame.mended.add(home)
    message = replace(message, phase=home, others=spoken_of(frame, replace(message, phase=home)))
    reader = _Reader(frame, message)
    for one in heard:
        known = rehear(frame, message, one, heard)
        frame.heard.append(known)
        if not changes_nothing(frame, message, known, heard):
            reader.read(known)
    frame.unclear = leave_open(frame, message) or ("" if frame.mended else frame.unclear)
    return frame


def _said_in_one(text: str, heard: Sequence[Heard]) -> list[Heard]:
    """The pieces of a message; `Not foreman. Site safety officer` is one."""
    joined: list[Heard] = []
    for one in heard:
        last = joined[-1] if joined else None
        if last and POINTED.fullmatch(last.segment.text) and any(details(one.segment.text)):
            # "the late thing, max once a month": an amount for what was said
            start, end = last.segment.start, one.segment.end
            joined[-1] = replace(one, act="content", about="", segment=Segment(text[start:end], start, end))
        elif last and _are_one(last, one):
            start, end = last.segment.start, one.segment.end
            joined[-1] = replace(last, act="correction", about="", segment=Segment(text[start:end], start, end))
        else:
            joined.append(one)
    return joined


def _are_one(last: Heard, one: Heard) -> bool:
    """Whether a piece goes on with the correction before it: names the new for an old, or what a value is for."""
    meant = _USE_THAT.match(one.segment.text) and read_mend(last.segment.text).values
    return bool(meant) or (one.act in ("content", "correction") and _names_only_old(last))


def _told_and_repaired(heard: Sequence[Heard]) -> Iterator[Heard]:
    """The first thing told, where it is put right in the same breath and was heard as a correction as a whole: both apart."""
    for number, one in enumerate(heard):
        parts = pieces(one.segment) if number == 0 and one.act == "correction" else []
        turn = next((part for part in parts[1:] if repairs(part.text)), None)
        if turn is None:
            yield one
            continue
        told = one.segment.text[: turn.start - one.segment.start].rstrip(" ,;-–—")
        start, end = one.segment.start, one.segment.end
        yield replace(one, act="content", about="", segment=Segment(told, start, start + len(told)))
        yield replace(one, segment=Segment(one.segment.text[turn.start - start :], turn.start, end))


def _names_only_old(one: Heard) -> bool:
    text = one.segment.text
    bare = one.act == "correction" and names_old(text) and not repairs(text)
    return (bare or fails(text)) and not find_contrast(text).old


def _is_one(segment: Segment, first: Segment, others: Sequence[Segment]) -> bool:
    """Whether the clauses of a correction belong together: the first is a statement, only names what the next is about or what
    gives way, or the next says what for."""
    named = segment.text[first.end - segment.start :].startswith(":") or any(_USE_THAT.match(o.text) for o in others)
    old_behind = find_contrast(segment.text).old and not find_contrast(first.text).old
    return named or states_something(first.text) or bool(old_behind)


class _Reader:
    """Applies one message, act by act."""

    def __init__(self, frame: Frame, message: Message) -> None:
        self._frame, self._message = frame, message
        self._maker = FactMaker(message.id, message.phase, named_before(frame))
        self._edit = Editor(frame, self._maker)
        self._complete = Completer(frame, message, self._maker, self._edit).complete
        self._revaluer = Revaluer(frame, message, self._maker, self._edit)

    def read(self, heard: Heard) -> None:
        """Apply one act."""
        if taken := taken_of(self._frame, self._message, heard.segment):
            rest = settle(self._frame, self._edit, taken, heard.segment)
            self._frame.facts += self._told(rest) if rest else ()
        elif heard.act == "content":
            self._frame.facts += self._told(heard.segment)
        elif returns(self._frame, self._message, heard.segment.text):
            go_back(self._frame, self._message, heard.segment.text)
        elif heard.act == "correction":
            self._correct(heard.segment)
        elif heard.act == "withdrawal" or heard.label == "request.delete":
            self._withdraw(heard.segment)
            if speaks_of_all(heard.segment.text) and (after := _AFTER_ALL.match(heard.segment.text)):
                start = heard.segment.start + after.end()
                self._frame.facts += self._told(Segment(heard.segment.text[after.end() :], start, heard.segment.end))
        elif heard.label == "request.rename" and (item := moved(self._frame, self._message, heard.segment.text)):
            asked = self._maker.fact(item["kind"], heard.segment.text, heard.segment.start, heard.segment.end)
            self._frame.facts.append({**asked, "state": "replaced", "replaced_by": item["id"]})
            self._frame.mended.add(self._message.phase)

    def _told(self, segment: Segment) -> list[Fact]:
        """New facts; an amount or a time said behind a correction belongs to the phase that was corrected."""
        if self._frame.holding(self._message.phase) and (
            asked := _ADDS.match(segment.text)
        ):  # "add a course by May": told to the coach
            segment = replace(segment, text=segment.text[asked.end() :], start=segment.start + asked.end())
        if (contrast := find_contrast(segment.text)).renames and _NOT.match(
            segment.text
        ):  # "not X any more, Y": only Y is told
            segment = Segment(
                contrast.new, segment.start + contrast.start, segment.start + contrast.start + len(contrast.new)
            )
        if self._completes_pointed(segment):
            return []
        facts = [fact for part in self._complete(segment) for fact in self._maker.of_segment(part)]
        if all(fact["kind"] in VALUES for fact in facts) and self._known(facts):
            return []
        mended = [phase for phase in self._frame.mended if phase != self._message.phase]
        if len(mended) == 1 and all(fact["kind"] in VALUES for fact in facts):
            return [{**fact, "phase": mended[0]} for fact in facts]
        if mended == [Phase.G6_VALUES] and self._edit.lacks_showing():
            return [{**fact, "phase": mended[0], "kind": "value"} for fact in facts[:1]]
        return facts

    def _known(self, facts: Sequence[Fact]) -> bool:
        """Whether it was all said before, in these words."""
        held = {fact["text"].lower() for fact in self._frame.holding(self._message.phase)}
        return all(fact["text"].lower() in held for fact in facts)

    def _completes_pointed(self, segment: Segment) -> bool:
        """Give how much or when to the step that "the late thing, max once a month" points at."""
        found = ADDED_TO_POINTED.fullmatch(segment.text)
        held = self._frame.holding(self._message.phase)
        holders = named(lists(held), stems(found["what"])) if found else []
        told = list(details(found["new"])) if found else []
        has = [f for f in held for kind, span in told if may_replace(kind, span.text, f)]
        if not found or not holders or not told or any(contains(holders[-1], fact) for fact in has):
            return False
        at = segment.start + found.start("new")
        new = self._maker.fact("amount", found["new"], at, at + len(found["new"]))
        self._edit.attach(holders[-1], new)
        return True

    def _correct(self, segment: Segment) -> None:
        if self._edit.exchanged(segment, self._message) or not self._complete(segment):
            return
        if self._revaluer.revalue_in_passing(segment):
            return
        first, *others = spoken_parts(segment)
        if others and not _is_one(segment, first, others):  # "no, 6 people, and open a second shop"
            self._correct(first)
            for other in others:
                told = states_something(other.text)
                self._frame.facts += self._told(other) if told else ()
                if not told and (read_mend(other.text).values or not find_contrast(first.text).old):  # else why
                    self._correct(other)
            return
        if find_contrast(segment.text).equates and len(parts := valued_parts(segment)) > 1:
            self._correct_each(parts)
            return
        mend = read_mend(segment.text)
        if self._fills_gap(segment, mend) or self._takes_place(segment, mend):
            return
        if (
            mend.old
            and not mend.old_values
            and [span.text for _, span in mend.values] == [mend.new]
            and not (mend.renames and self._frame.said(mend.old, self._message))  # "not mrach, april"
        ):  # "change reports to 4"
            mend = replace(mend, old="", rest=mend.rest | terms(mend.old))
        if mend.old and self._swap(mend, segment):
            return
        parts = valued_parts(segment) if len(mend.values) > 1 else []
        if len(parts) > 1:
            self._correct_each(parts)
            return
        if mend.values and (not states_something(segment.text) or says_again(self._frame, self._message, segment)):
            self._revalue(segment, mend)
            return
        if not self._edit.rephrased(segment, self._message.phase):
            self._restate(segment, mend)

    def _correct_each(self, parts: Sequence[Segment]) -> None:
        for part in parts:
            self._correct(part)

    def _revalue(self, segment: Segment, mend: Mend) -> None:
        if not self._revaluer.speaks_of_other(segment, mend):
            self._revaluer.revalue(segment, mend)
        elif not counts_nothing((other := without_announcing(segment)).text):
            self._frame.facts += self._told(other)

    def _fills_gap(self, segment: Segment, mend: Mend) -> bool:
        """Whether "instead I do the exam" names something for the place of what was withdrawn: it takes nothing else's."""
        start = announced(segment.text)
        if mend.old or not opens_instead(segment.text) or not start:
            return False
        gone = [
            fact for fact in self._frame.facts if fact["state"] == "withdrawn" and fact["phase"] == self._message.phase
        ]
        if not gone:
            return False
        self._frame.facts += self._maker.of_segment(Segment(segment.text[start:], segment.start + start, segment.end))
        self._frame.mended.add(self._message.phase)
        return True

    def _takes_place(self, segment: Segment, mend: Mend) -> bool:
        """Whether "instead of those two I'll do the exam" puts something in the place of the latest things said."""
        said = lists(self._frame.holding(self._message.phase))
        olds = self._meant(mend, said)
        if not olds:
            return False
        at = segment.start + mend.new_start
        new = self._maker.of_segment(Segment(mend.new, at, at + len(mend.new)))
        for old in olds if new else ():
            self._frame.replace(old, new[0])
        self._frame.facts += new
        return bool(new)

    def _meant(self, mend: Mend, said: Sequence[Fact]) -> list[Fact]:
        """What the old of a contrast means as a whole: the latest things, a numbered one, one that opens with it, or one of its
        words where a new statement follows."""
        if pointed := latest_meant(mend.old):
            return list(said[-pointed:])
        if mend.old and not mend.old_values and names_item(mend.old) and (number := item_number(mend.old, len(said))):
            return [said[number - 1]]
        if (
            not terms(mend.old)
            or mend.renames
            or self._message.phase == Phase.G6_VALUES
            or len(mend.new.split()) < FEWEST_OF_A_STEP
        ):
            return []
        opening = [fact for fact in said if fact["text"].lower().startswith(mend.old.lower())]
        words = (
            named(said, terms(mend.old))
            if states_something(mend.new) and not self._frame.said(mend.old, self._message)
            else []
        )
        return opening[-1:] or (words if len(words) == 1 else [])

    def _swap(self, mend: Mend, segment: Segment) -> bool:
        """Put the new in the place of an old that is named; False where the old was never said."""
        olds = (counted_alike(mend.old, mend.new), mend.old, *mend.old_values)
        said = (self._frame.said(words, self._message) for words in filter(None, olds))
        found = next(filter(None, said), None)
        if found is None:
            return False
        holder, start, end = found
        old = self._frame.texts[holder["message_id"]][start:end]
        at = segment.start + mend.new_start
        if holder["kind"] == "value" and mend.renames:
            return self._edit.renamed(old, mend.new, at, holder["phase"])
        if holder["kind"] == "value" and (shown := self._edit.shown(old, holder["phase"])):
            new = self._maker.fact("value", mend.new, at, at + len(mend.new))
            return self._edit.exchange(shown, {**new, "phase": holder["phase"]}, old)
        if (start, end) == (holder["start"], holder["end"]) and holder["kind"] not in VALUES:
            new = self._maker.fact(holder["kind"], mend.new, at, at + len(mend.new))
            self._frame.replace(holder, new)
        elif holder["kind"] in VALUES:
            text = reworded(holder["text"], old, mend.value_like(holder["kind"]))
            new = self._maker.fact(holder["kind"], text, at, at + len(mend.new))
            self._frame.replace(holder, new)
        else:
            new = self._maker.fact(holder["kind"], mend.new, at, at + len(mend.new))
            self._edit.detail(holder, start, end, new)
        self._frame.facts.append({**new, "phase": holder["phase"]})
        return True

    def _restate(self, segment: Segment, mend: Mend) -> None:
        """A new statement takes the place of the one it corrects; times that it doesn't name stay."""
        new = self._maker.of_segment(without_announcing(segment))
        if not new:
            return
        if new[0]["kind"] == "role" and len(new) == 1 and self._edit.retitled(new[0]):
            return
        olds = self._restated(new, segment)
        if olds is None:
            return
        dated = any(fact["kind"] == "date" for fact in new)
        dates = [f for f in self._frame.facts if f["kind"] == "date" and f["state"] == "holds"]
        kept = [f for old in olds for f in dates if contains(old, f)]
        for old in olds:
            self._frame.replace(old, new[0])
        self._frame.facts += new
        for date in [] if dated else kept[:1]:
            if self._message.phase == Phase.G4_FUTURE:
                self._frame.put(next(i for i, f in enumerate(self._frame.facts) if f["id"] == date["id"]), date)
            else:
                self._edit.attach(new[0], self._maker.fact("date", date["text"], new[0]["start"], new[0]["end"]))

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
        if not before and self._message.phase != Phase.G4_FUTURE:  # of a list only the last
            return near[-1:]
        return self._sentence_of(near[-1], near) if near else []

    def _sentence_of(self, fact: Fact, said: Sequence[Fact]) -> list[Fact]:
        """All statements of the sentence that a fact stands in."""
        text = self._frame.texts[fact["message_id"]]
        home = next((s for s in segments(text) if s.start <= fact["start"] < s.end), None)
        if home is None:
            return [fact]
        return [f for f in said if f["message_id"] == fact["message_id"] and home.start <= f["start"] < home.end]

    def _withdraw(self, segment: Segment) -> None:
        text = without_kept(segment.text)
        found = taken_back(self._frame, self._message, text)
        if not found:
            self._frame.unclear = "withdrawal"
        self._edit.drop(found, wanted_of(text))

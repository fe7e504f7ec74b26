"""What becomes of a choice in the frame: open, it is told nowhere; once decided, one side holds and the other is gone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nodes.english.spans import Span
from nodes.english.verbs import names_role
from nodes.understanding.alternatives import Choice, Place, choices, decided, deciding_stems
from nodes.understanding.editing import Editor
from nodes.understanding.facts import details
from nodes.understanding.frames import Frame, Message, Unclear
from nodes.understanding.mending import read_mend
from nodes.understanding.places import top_level
from nodes.understanding.segments import Segment
from nodes.understanding.values import may_replace
from state.frame import Fact, FactKind, contains
from state.phases import Phase

_FIRST_PART = re.compile(r"[^,.;:]+")
_TIME_BEHIND = re.compile(r"\s(?:by|until|in|with|for|from)\s", re.IGNORECASE)

_GROUP_OF = re.compile(r"\b[a-z]+\s+of\s+(?=\d)", re.IGNORECASE)
"""`team of 6`: how many, whatever they form."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was decided: the choice of which message, and how much of what decides it was read."""

    message_id: str
    phase: str
    choice: Choice
    number: int
    end: int

    @property
    def place(self) -> Place:
        """Where the chosen stands."""
        return self.choice.options[self.number]


def leave_open(frame: Frame, message: Message) -> Unclear:
    """`choice` where a message leaves one open: what it is of is no goal yet."""
    found = [choice for choice in choices(message.text) if choice.open] if message.phase != Phase.G6_VALUES else []
    said = [n for choice in found for n in _facts_of(frame, message.id, choice.place)]
    for number in said:
        frame.facts[number] = {**frame.facts[number], "kind": "reason"}
    return "choice" if said else ""


def taken_of(frame: Frame, message: Message, segment: Segment) -> Taken | None:
    """The latest choice that a piece decides, and how."""
    if not any(map(choices, {frame.texts[fact["message_id"]] for fact in frame.facts})):
        return None
    for phase in message.phases:
        if phase != Phase.G6_VALUES:
            for key, fresh in _offering(frame, phase, message.id):
                if found := _decided(frame.texts[key], key, phase, segment, message.id, fresh):
                    return found
    return None


def _offering(frame: Frame, phase: str, latest: str) -> Iterator[tuple[str, bool]]:
    """Messages in which something was said in a phase, the latest first, and whether nothing was said since."""
    told = {fact["message_id"] for fact in frame.facts if fact["phase"] == phase}
    keys = [key for key in frame.texts if key in told]
    before = [key for key in frame.texts if key != latest][-1:]
    for key in reversed(keys):
        yield key, key in (*before, latest)


def _decided(text: str, key: str, phase: str, segment: Segment, latest: str, fresh: bool) -> Taken | None:
    opening = _FIRST_PART.match(segment.text)
    time = _TIME_BEHIND.search(segment.text)
    ends = sorted({opening.end() if opening else 0, time.start() if time else 0, len(segment.text)})
    for choice in reversed(choices(text)):
        if key == latest and segment.start < choice.options[1][1]:
            continue
        for end in filter(None, ends):
            number = decided(segment.text[:end], choice, text, fresh=fresh)
            if number is not None:
                return Taken(key, phase, choice, number, end)
    return None


def _facts_of(frame: Frame, key: str, place: Place) -> list[int]:
    """The numbers of the facts of a message that stand, as a whole, in a choice or around it."""
    held = top_level([f for f in frame.facts if f["message_id"] == key and f["state"] == "holds"])
    ids = {fact["id"] for fact in held if fact["start"] < place[1] and place[0] < fact["end"]}
    return [number for number, fact in enumerate(frame.facts) if fact["id"] in ids]


def settle(frame: Frame, edit: Editor, taken: Taken, segment: Segment) -> Segment | None:
    """Let the other side go, and bring back what went for it before; returns what of the segment is still to be told."""
    holder = _chosen(frame, edit, taken)
    rest = Segment(segment.text[taken.end :], segment.start + taken.end, segment.end)
    values = [*details(rest.text)]
    if holder is None or read_mend(_GROUP_OF.sub("", rest.text)).rest - deciding_stems():
        return rest
    new = [value for value in values if not _replaced(frame, edit, holder, value, rest.start)]
    if new:
        edit.add(holder, new, rest, taken.place[1])
    return None


def _replaced(frame: Frame, edit: Editor, holder: Fact, value: tuple[FactKind, Span], at: int) -> bool:
    kind, span = value
    for fact in frame.holding(holder["phase"]):
        if contains(holder, fact) and may_replace(kind, span.text, fact):
            edit.revalue(fact, kind, span.text, at + span.start)
            return True
    return False


def _chosen(frame: Frame, edit: Editor, taken: Taken) -> Fact | None:
    """The fact that holds the chosen side once the other is gone."""
    _restore(frame, taken)
    chosen = frame.texts[taken.message_id][slice(*taken.place)]
    for number in _facts_of(frame, taken.message_id, taken.choice.place):
        fact = frame.facts[number]
        kind = ("role" if names_role(chosen) else "deliverable") if fact["kind"] == "reason" else fact["kind"]
        frame.put(number, {**fact, "kind": kind})
        for start, end in taken.choice.gone[taken.number]:
            place = max(start, fact["start"]), min(end, fact["end"])
            _cut(frame, edit, frame.facts[number], place, taken.choice.options[1 - taken.number])
    numbers = _facts_of(frame, taken.message_id, taken.place)
    return frame.facts[numbers[0]] if numbers else None


def _cut(frame: Frame, edit: Editor, fact: Fact, place: Place, other: Place) -> None:
    """Take a place out of a fact. Words of doubt were never meant for a goal: only the other side is told of as taken out."""
    if place[0] >= place[1] or fact["state"] != "holds":
        return
    doubt = place[1] <= other[0] or other[1] <= place[0]
    number = next(n for n, f in enumerate(frame.facts) if f["id"] == fact["id"])
    if place == (fact["start"], fact["end"]):
        frame.put(number, {**fact, "kind": "reason" if doubt else fact["kind"]})
        frame.replace(frame.facts[number], None)
        return
    for detail in [f for f in frame.facts if f["message_id"] == fact["message_id"] and _within(f, place)]:
        frame.replace(detail, None)
    text = frame.texts[fact["message_id"]][max(place[0], other[0]) : min(place[1], other[1])]
    edit.withdraw_part(fact, place, text.strip(" ,"))
    if doubt:
        frame.facts[-1] = {**frame.facts[-1], "kind": "reason"}


def _within(fact: Fact, place: Place) -> bool:
    return fact["state"] == "holds" and place[0] <= fact["start"] and fact["end"] <= place[1]


def _restore(frame: Frame, taken: Taken) -> None:
    """What was withdrawn of the chosen side holds again."""
    start, end = taken.choice.place
    for number, fact in enumerate(frame.facts):
        inside = fact["message_id"] == taken.message_id and start <= fact["start"] and fact["end"] <= end
        if inside and fact["state"] == "withdrawn":
            frame.put(number, {**fact, "state": "holds"})

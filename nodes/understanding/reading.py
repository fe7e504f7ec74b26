"""Reads the messages of a session that nobody read yet, one after the other, into its frame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nodes.understanding.acts import Heard, as_asked, hear
from nodes.understanding.changes import change
from nodes.understanding.danger import MEANT, without, without_danger
from nodes.understanding.drafts.earlier import of_earlier, spoken_of
from nodes.understanding.drafts.keeping import mend_saved, revise_frame
from nodes.understanding.drafts.shown import Shown
from nodes.understanding.drafts.speech import clears
from nodes.understanding.facts import FactMaker
from nodes.understanding.frames import Frame, Message
from nodes.understanding.language import is_english
from nodes.understanding.rehearing import VERY_SURE
from nodes.understanding.segments import Segment, segments
from nodes.understanding.telling import told
from state.conversation import Revised
from state.frame import Fact, Learned, ReadLine, does
from state.records.sessions.frames import SessionLine


@dataclass(frozen=True, slots=True)
class Reading:
    """A session's frame after its latest message."""

    facts: list[Fact]
    learned: Learned
    heard: tuple[Heard, ...]
    """What the latest message does; empty where none was read."""
    mended: frozenset[str]
    """Phases in which the latest message replaced or took back something."""
    unclear: str
    revised: Revised | None = None
    """What the latest message made of the draft that was shown."""


def read_lines(
    lines: Sequence[SessionLine],
    facts: Sequence[Fact],
    *,
    doubted: bool = False,
    yes_or_no: bool = False,
    shown: Shown | None = None,
    waits: bool = True,
    saved: Mapping[str, str] | None = None,
) -> Reading:
    """Read every line of the employee's that wasn't read yet. An answer to a doubt of the coach (`doubted`) corrects; what agrees
    is a yes where the coach asked for one (`yes_or_no`); while a draft is `shown`, what is said is about its text. `saved` holds
    the goals of other phases, which a message may name."""
    texts = texts_of(lines)
    known = {fact["id"]: fact for fact in facts}
    frame, heard = Frame(list(facts), texts), tuple[Heard, ...]()
    revised: Revised | None = None
    read: list[ReadLine] = []
    spoken = [line for line in lines if line.role == "user"]
    for before, line in pairwise([None, *spoken]):
        if line and not line.read:
            of_draft = _of_draft(line, frame, shown, waits, saved or {})
            asked = _Asked(doubted, yes_or_no)
            frame, heard, revised = of_draft or (*_read(line, before, frame, asked), None)
            shown = None
            acts = [one.wire() for one in heard]
            read.append(ReadLine(id=line.id, acts=acts, withheld=does(acts, "crisis")))
    changed = [fact for fact in frame.facts if known.get(fact["id"]) != fact]
    learned = Learned(facts=changed, lines=read)
    return Reading(frame.facts, learned, heard, frozenset(frame.mended), frame.unclear, revised)


def hold(messages: Sequence[str], phase: str) -> tuple[str, ...]:
    """What holds of some messages in a phase, one text a message: for whoever has no records."""
    lines = [
        SessionLine(f"m{number}", "user", text, f"t{number}", phase, "collect", read=False, withheld=False)
        for number, text in enumerate(messages, 1)
    ]
    return told(read_lines(lines, ()).facts, texts_of(lines), phase)


def texts_of(lines: Sequence[SessionLine]) -> Mapping[str, str]:
    """The employee's messages by id."""
    return {line.id: line.content for line in lines if line.role == "user"}


_SURE_ANYWHERE = ("saved", "cleared")
_SURE = (*_SURE_ANYWHERE, "edited")
"""What a message surely makes of a draft; one in another language than English is edited through what was said."""


def _of_draft(
    line: SessionLine, frame: Frame, shown: Shown | None, waits: bool, saved: Mapping[str, str]
) -> tuple[Frame, tuple[Heard, ...], Revised] | None:
    """What a message makes of the draft that is shown, or of a saved goal that it names; None where it is about neither."""
    heard = hear(line.content)
    refuses = all(one.act == "no" and one.share >= VERY_SURE for one in heard)
    if line.step == "refine" or refuses or any(one.danger for one in heard):
        return None
    message = Message(line.id, line.phase, line.content)
    if named := of_earlier(line.content, saved, line.phase, begun=bool(frame.holding(line.phase))):
        phase, asked = named
        made = revise_frame(frame, Message(line.id, phase, asked), Shown.of(phase, saved[phase]))
        if made and made[2]["verdict"] in ("edited", "missing"):
            whole = Segment(line.content, 0, len(line.content))
            return made[0], (Heard(whole, "correction", "", 1.0),), made[2]
    if shown is None and clears(line.content, shown=False) and frame.holding(line.phase):
        return revise_frame(frame, message, Shown.of(line.phase, ""))
    made = revise_frame(frame, message, shown, waits=waits) if shown and shown.phase == line.phase else None
    foreign = shown is not None and not is_english(shown.text)
    if made and made[2]["verdict"] in (_SURE_ANYWHERE if foreign else _SURE):
        return made
    others = spoken_of(frame, message)
    goals = [Shown.of(phase, text) for phase, text in reversed(list(saved.items())) if phase in others]
    return next(filter(None, (mend_saved(frame, message, goal) for goal in goals)), None if foreign else made)


@dataclass(frozen=True, slots=True)
class _Asked:
    doubted: bool
    yes_or_no: bool


def _read(
    line: SessionLine, before: SessionLine | None, frame: Frame, asked: _Asked
) -> tuple[Frame, tuple[Heard, ...]]:
    message = Message(line.id, line.phase, line.content)
    if line.step == "refine":
        return _rewritten(frame, message), ()
    heard = as_asked(hear(line.content), yes_or_no=asked.yes_or_no)
    if asked.doubted and not any(one.act == "correction" for one in heard):
        heard = tuple(one.taken_for("correction") if one.act == "content" else one for one in heard)
    if any(one.danger > 1 for one in heard):
        return Frame(frame.facts, frame.texts), heard
    dark = [one for one in heard if one.danger]
    known, counted = without_danger(frame, before, heard) if before and not dark else (frame, False)
    after = change(known.facts, frame.texts, without(message, dark), [one for one in heard if not one.danger])
    told = [one.taken_for("correction") if counted and one.label == MEANT else one for one in after.heard]
    return after, tuple(sorted([*told, *dark], key=lambda one: one.segment.start))


def _rewritten(frame: Frame, message: Message) -> Frame:
    """A goal that the employee wrote anew stands for all they said in its phase before."""
    after = Frame([{**fact} for fact in frame.facts], frame.texts)
    maker = FactMaker(message.id, message.phase)
    new = [fact for segment in segments(message.text) for fact in maker.of_segment(segment)]
    for old in after.holding(message.phase) if new else ():
        after.replace(old, new[0])
    after.facts += new
    return after

"""What a message about a draft leaves behind in the frame: the sentences as they stand now are the facts of the phase."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from nodes.english.terms import terms
from nodes.understanding.acts import Heard, hear
from nodes.understanding.drafts.room import Revision, revise
from nodes.understanding.drafts.shown import Shown
from nodes.understanding.facts import FactMaker
from nodes.understanding.frames import Frame, Message
from nodes.understanding.places import top_level
from state.conversation import Revised
from state.frame import Fact, FactKind
from state.phases import Phase

KINDS: dict[str, FactKind] = {Phase.G6_VALUES: "value"}


def revise_frame(
    frame: Frame, message: Message, shown: Shown, *, waits: bool = True
) -> tuple[Frame, tuple[Heard, ...], Revised] | None:
    """The frame after a message about the draft that is shown, what its pieces do, and what it made of the draft. None where it
    tells more of what the draft was made of; while it waits for no word (not `waits`), also where nothing is asked for plainly.
    """
    after = Frame([{**fact} for fact in frame.facts], frame.texts)
    held = {fact["text"] for fact in after.holding(message.phase)}
    made = revise(message.text, shown, tuple(_lost(after, message)), own=held.issuperset(shown.parts))
    told = made is not None and made.kinds & {"tell", "fix"}
    if made is None or (not waits and (told or made.verdict not in ("edited", "cleared"))):
        return None
    if made.verdict in ("edited", "cleared"):
        _keep(after, message, shown, made.shown)
    return after, made.heard, _revised(made)


def mend_saved(frame: Frame, message: Message, saved: Shown) -> tuple[Frame, tuple[Heard, ...], Revised] | None:
    """The same of a saved goal that the message doesn't name: only words that stand in it go or give way."""
    made = revise(message.text, saved, (), only={"cut", "swap", "talk", "yes"})
    if made is None or made.verdict != "edited" or made.missing:
        return None
    return revise_frame(frame, replace(message, phase=saved.phase), saved, waits=False)


def _revised(made: Revision) -> Revised:
    changes = [(one.old, one.new) for one in made.done if one.old != one.new and one.new != one.shown.text]
    return Revised(
        verdict=made.verdict,
        text=made.shown.text,
        saves=made.saves,
        changes=changes,
        missing=list(made.missing),
    )


def _lost(frame: Frame, message: Message) -> Iterator[str]:
    """What was said of the phase and holds no more, the latest first; then what was told in messages and never kept."""
    gone = [fact for fact in frame.facts if fact["phase"] == message.phase and fact["state"] != "holds"]
    yield from (fact["text"] for fact in reversed(gone) if fact["kind"] not in ("amount", "date", "frequency"))
    maker = FactMaker("", message.phase)
    earlier = [text for number, text in frame.texts.items() if number != message.id]
    for text in reversed(earlier):
        for one in hear(text):
            if one.act in ("content", "correction", "feeling"):
                yield from (fact["text"] for fact in top_level(maker.of_segment(one.segment)))


def _keep(frame: Frame, message: Message, before: Shown, shown: Shown) -> None:
    """Make the parts of a draft the facts of its phase. Those before the first change stay the facts they were; a part that went
    is kept as one, so that it can come back."""
    held = [fact for fact in frame.holding(message.phase) if fact["kind"] != "reason"]
    same = list(takewhile(lambda pair: pair[0]["text"] == pair[1], zip(held, shown.parts, strict=False)))
    maker = FactMaker(message.id, message.phase)
    kind = KINDS.get(message.phase, "deliverable")
    new = [maker.fact(kind, part, 0, len(message.text)) for part in shown.parts[len(same) :]]
    for old in held[len(same) :]:
        frame.replace(old, _successor(old, new))
    known = {fact["text"] for fact in frame.facts}
    for part in before.parts:
        if part not in shown.parts and part not in known:
            gone = maker.fact(kind, part, 0, len(message.text))
            after = _successor(gone, new)
            frame.facts.append(
                {**gone, "state": "replaced" if after else "withdrawn", "replaced_by": after["id"] if after else None}
            )
    frame.facts += new
    frame.mended.add(message.phase)


def _successor(old: Fact, new: list[Fact]) -> Fact | None:
    """The new fact that says most of what an old one said; None where none says any of it."""
    shared = [len(terms(old["text"]) & terms(fact["text"])) for fact in new]
    return new[shared.index(max(shared))] if any(shared) else None

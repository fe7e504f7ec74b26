"""Reads a message against the draft that is shown: what it makes of the text, and whether it takes it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal, cast

from nodes.understanding.acts import Heard, hear
from nodes.understanding.drafts.applying import Work
from nodes.understanding.drafts.commands import Move
from nodes.understanding.drafts.cutting import Done
from nodes.understanding.drafts.moves import moves_of
from nodes.understanding.drafts.recounting import recounted
from nodes.understanding.drafts.shown import Shown
from nodes.understanding.drafts.speech import opens_with_yes, praises
from nodes.understanding.drafts.statements import TO_THE_COACH
from nodes.understanding.segments import Segment
from state.frame import ActName

Verdict = Literal["saved", "edited", "cleared", "missing", "open"]
LONGEST_NO = 3
"""Words up to which a no says nothing but that."""
_ACTS: dict[str, tuple[str, ...]] = {
    "yes": ("yes", "request.finish", "request.keep"),
    "cut": ("withdrawal", "request.delete", "correction"),
    "clear": ("withdrawal", "request.delete"),
    "add": ("content", "correction"),
    "tell": ("content", "correction"),
    "order": ("request.rename",),
}
"""What a piece may do that is read as one of these; the first where the heads hear none of them."""
_OF_DRAFT = frozenset({"correction", "content", "yes"})
"""Acts that a piece can't have which does nothing to the draft."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a message made of the draft."""

    verdict: Verdict
    shown: Shown
    """As it stands now; without parts where it was taken back."""
    heard: tuple[Heard, ...]
    done: tuple[Done, ...] = ()
    missing: tuple[str, ...] = ()
    """Words that were named and don't stand there."""
    saves: bool = False
    """Whether the edited text is taken as it is now."""
    kinds: frozenset[str] = frozenset()
    """What the message asked for."""


def revise(
    text: str, shown: Shown, lost: Sequence[str], *, own: bool = True, only: Set[str] | None = None
) -> Revision | None:
    """A message about the draft that is shown. `lost` is what was said or stood there and doesn't now, the latest first.

    None for what only tells more, where the text isn't the employee's `own` yet: that is read as if nothing were drafted.
    Also where it asks for what isn't among the kinds of `only`.
    """
    if (weighed := recounted(text, shown)) is not None:
        whole = Heard(Segment(text, 0, len(text)), "correction", "", 1.0)
        return Revision("edited", weighed.shown, (whole,), (weighed,), kinds=frozenset({"swap"}))
    moves = moves_of(text, shown)
    if moves and moves[0].kind == "clear":
        return _cleared(shown, moves)
    if only is not None and any(move.kind not in only for move in moves):
        return None
    work = Work(shown, lost)
    heard = tuple(one for move in moves for one in _heard(move, work.apply(move)))
    yes = any(move.kind == "yes" or (move.yes and move.kind not in ("talk", "tell")) for move in moves)
    sure = not work.missing and all(one.sure for one in work.done)
    talks = any(move.kind == "talk" and _objects(move) for move in moves)
    if not own and _only_tells(moves, work):
        return None
    if work.changed:
        saves = yes and sure and not talks
        kinds = frozenset(move.kind for move in moves)
        heard = tuple(_quiet(one) for one in heard)
        return Revision("edited", work.shown, heard, tuple(work.done), tuple(work.missing), saves, kinds=kinds)
    if work.missing or work.unsure:
        return Revision("missing", shown, heard, missing=tuple(work.missing))
    if yes and not talks:
        return Revision("saved", shown, heard)
    only_no = any(one.act == "no" for one in heard) and len(text.split()) <= LONGEST_NO
    return Revision("missing" if talks and not yes and not only_no else "open", shown, heard)


def _only_tells(moves: Sequence[Move], work: Work) -> bool:
    """Whether all that a message does to the draft is to tell more, or to mend what it names by no words of the draft."""
    kinds = {move.kind for move in moves} - {"talk", "yes"}
    anew = any(one.new == one.shown.text for one in work.done)
    more = work.changed and (not work.shown.listed or any(one.added for one in work.done))
    lost = bool(work.missing) or work.unsure
    return not anew and ((kinds == {"tell"} and more) or (lost and kinds <= {"tell", "fix", "swap"}))


def _cleared(shown: Shown, moves: Sequence[Move]) -> Revision:
    heard = tuple(one for move in moves[:1] for one in _heard(move))
    empty = replace(shown, parts=())
    if len(moves) == 1:
        return Revision("cleared", empty, heard)
    work = Work(empty)
    work.apply(moves[1])
    verdict: Verdict = "edited" if work.shown.parts else "cleared"
    return Revision(verdict, work.shown, heard, tuple(work.done))


def _objects(move: Move) -> bool:
    """Whether a piece that changes nothing still finds fault with the draft, or asks something of it."""
    text = move.segment.text
    return bool(TO_THE_COACH.match(text) and "?" not in text and not praises(text)) or any(
        one.act in ("correction", "withdrawal", "no")
        or one.label in ("request.rename", "request.delete", "request.write")
        for one in hear(text)
    )


def _quiet(one: Heard) -> Heard:
    """A piece beside an edit: what it seems to ask for was done by that."""
    return replace(one, act="chatter", about="") if one.label in ("request.write", "request.skip") else one


def _heard(move: Move, done: Done | None = None) -> list[Heard]:
    """A piece with what it does, as the heads read it where it does nothing to the draft."""
    segment, heard = move.segment, hear(move.segment.text)
    if move.kind != "talk":
        other = move.kind == "tell" and done is not None and not done.added  # said anew, and other than before
        may = ("correction",) if other else _ACTS.get(move.kind, ("correction",))
        label = next((one.label for one in heard if one.label in may), may[0])
        label = "yes" if move.kind == "yes" and opens_with_yes(segment.text) else label
        act, _, about = label.partition(".")
        return [Heard(segment, cast("ActName", act), about, 1.0)]
    found = []
    for one in heard:
        place = replace(one.segment, start=segment.start + one.segment.start, end=segment.start + one.segment.end)
        idle: ActName = "no" if one.act == "withdrawal" else "chatter" if one.act in _OF_DRAFT else one.act
        found.append(replace(one, segment=place, act=idle, about=one.about if idle == one.act else ""))
    return found

"""Does to a draft what a message asks, and checks on the new text that just this was done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nodes.english.spelling import small
from nodes.english.terms import terms
from nodes.english.verbs import leading_verb, names_role
from nodes.understanding.contrasts import find_contrast
from nodes.understanding.drafts import restating, slots
from nodes.understanding.drafts.commands import Move
from nodes.understanding.drafts.cutting import (
    MOST_LEFT,
    Done,
    cut_words,
    is_name,
    is_thing,
    names_beside,
    names_of,
    numbers_of,
    of_part,
    without_part,
)
from nodes.understanding.drafts.quotes import quotes
from nodes.understanding.drafts.restating import MOST_SHARED
from nodes.understanding.drafts.shown import Shown, finished, holds, words_in
from nodes.understanding.mending import item_number, read_mend
from nodes.understanding.value_names import names_value
from state.phases import Phase

NOTHING = ("nothing", "none", "nichts", "nada", "rien", "nic")


@dataclass(slots=True)
class Work:
    """A draft while a message is applied to it."""

    shown: Shown
    lost: Sequence[str] = field(default_factory=tuple)
    """What was said or stood there before and doesn't now, the latest first."""
    done: list[Done] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """What was named and is not there."""
    unsure: bool = False
    """Whether something was asked for that has no place in the draft."""

    def apply(self, move: Move) -> Done | None:
        """One move; what can't be done changes nothing and is kept as missing."""
        done = _DO[move.kind](self, move) if move.kind in _DO else None
        if done is None and move.kind in ("fix", "tell") and not quotes(move.segment.text):
            self.unsure = True
        elif done is None and move.kind in _DO:
            self.missing.append(move.text or move.old or move.where or move.segment.text)
        elif done is not None:
            self.done.append(done)
            self.shown = done.shown
        return done

    @property
    def changed(self) -> bool:
        """Whether anything is other than before."""
        return any(one.old != one.new for one in self.done)


def _cut(work: Work, move: Move) -> Done | None:
    if not move.text or move.text.lower() in NOTHING:
        return Done(work.shown)  # `take them out`, said of what went out already
    shown = work.shown
    if numbered := numbers_of(move.text, shown) or numbers_of(move.text.split(",")[0], shown):
        kept = [part for number, part in enumerate(shown.parts, 1) if number not in numbered]
        gone = ", ".join(part for number, part in enumerate(shown.parts, 1) if number in numbered)
        return Done(shown.only(kept), gone)
    held = quotes(move.text)
    named = [*(one.words for one in held), *names_beside(move.text, shown)] if held else names_of(move.text, shown)
    if not held and "," in move.text and not all(cut_words(shown, name, whole=False) for name in named):
        named = names_of(move.text.split(",")[0], shown)  # what follows tells why
    before, sure = shown, True
    for name in named:
        after = cut_words(shown, name, whole=not held and (of_part(move.text) or is_thing(shown, name)))
        if after is None:
            return None
        shown, sure = after.shown, sure and after.sure
    return Done(shown, ", ".join(named), "", sure) if shown.parts != before.parts else None


def _swap(work: Work, move: Move) -> Done | None:
    places = work.shown.places(move.old)
    if not places:
        return None
    if slots.is_number(move.text) and not slots.counts(move.old):  # `change reports to 4`
        counted = slots.valued(work.shown, f"{move.text} {move.old}")
        return Done(counted, move.old, f"{move.text} {move.old}") if counted else None
    named = [place for place in places if is_name(work.shown, place)]
    if named and re.search(
        r"\b(?:say|read)\b", move.segment.text, re.IGNORECASE
    ):  # `patience should say …`: how it shows
        name = work.shown.parts[named[-1].part][: named[-1].end]
        return Done(work.shown.with_part(named[-1].part, f"{name}: {move.text}"), move.old, move.text)
    if move.all and named:
        new = restating.worded(work.shown, move.text)
        return Done(work.shown.with_part(named[-1].part, new), move.old, new)
    text = slots.reworded(work.shown, places[-1], move.text, quoted=bool(quotes(move.segment.text)))
    after = work.shown.with_part(places[-1].part, text)
    return Done(after, move.old, move.text, len(places) == 1) if _holds(after, move.text) else None


def _holds(shown: Shown, text: str) -> bool:
    """Whether the words stand in the new draft, as the check of an edit."""
    return bool(shown.places(text)) or not terms(text) or holds(terms(text), " ".join(shown.parts))


def _set(work: Work, move: Move) -> Done | None:
    number = item_number(move.where, len(work.shown.parts))
    if not number:
        return None
    old = work.shown.parts[number - 1]
    whole = restating.worded(work.shown, move.text) if move.all or slots.states(move.text) else ""
    new = _renamed(work.shown, old, move.text) or _within(work.shown, old, move.text) or whole
    if not new:
        return None
    return Done(work.shown.with_part(number - 1, new), old, finished(new, listed=True))


def _renamed(shown: Shown, old: str, text: str) -> str:
    """A value under another name; empty where the text is none."""
    name, colon, how = old.partition(":")
    fits = shown.phase == Phase.G6_VALUES and ":" not in text and len(words_in(text)) <= slots.LONGEST_NAME + 1
    return f"{text}{colon}{how}" if fits and not terms(text) & (terms(how) - terms(name)) else ""


def _within(shown: Shown, old: str, text: str) -> str:
    """One part with a few words mended in it, or with another amount or time; empty where the text stands for all of it."""
    if slots.states(text) and len(words_in(text)) * 2 > len(words_in(old)):
        return ""
    if fitted := slots.fitted(old, text):
        return fitted
    mended = slots.valued(replace(shown, parts=(old,)), text)
    return mended.parts[0] if mended else ""


def _order(work: Work, move: Move) -> Done | None:
    shown = work.shown
    number = item_number(move.text, len(shown.parts))
    found = [number - 1] if number else [at for at, part in enumerate(shown.parts) if holds(terms(move.text), part)]
    if len(found) != 1:
        return None
    others = [part for at, part in enumerate(shown.parts) if at != found[0]]
    moved = [shown.parts[found[0]]]
    return Done(shown.only(moved + others if move.where == "first" else others + moved), "", moved[0])


def _fix(work: Work, move: Move) -> Done | None:
    contrast = find_contrast(move.text)
    if contrast.old and not work.shown.places(
        contrast.old
    ):  # `breech births, not breach` where it says the first already
        move = replace(move, text=contrast.new)
        if work.shown.places(contrast.new):
            return Done(work.shown)
    if work.shown.phase == Phase.G6_VALUES and ":" in move.text:
        return _tell(work, move)
    if found := slots.fixed(work.shown, move.text):
        return Done(found, "", move.text, bool(work.shown.places(move.text)) or _holds(found, move.text))
    if not slots.states(move.text):
        return None
    whole = not work.shown.listed and len(words_in(move.text)) >= MOST_LEFT * len(words_in(work.shown.text))
    return _write(work, replace(move, all=True)) if whole else _tell(work, move)


def _only(work: Work, move: Move) -> Done | None:
    shown = work.shown
    if not move.text:
        return Done(shown, sure=False)  # `forget the rest`, of what was said in the same message
    if numbered := numbers_of(move.text, shown):
        kept = [part for number, part in enumerate(shown.parts, 1) if number in numbered]
        return Done(shown.only(kept), *_difference(shown, shown.only(kept)))
    if not slots.states(move.text) and (named := restating.kept(shown, without_part(move.text))):
        return Done(named, *_difference(shown, named))
    if changed := None if slots.states(move.text) else slots.valued(shown, move.text):
        return Done(changed, "", move.text)
    values = shown.phase == Phase.G6_VALUES and names_value(move.text)
    return _write(work, move) if values or slots.states(move.text) or names_role(move.text) else None


def _difference(before: Shown, after: Shown) -> tuple[str, str]:
    return ", ".join(part for part in before.parts if part not in after.parts), ""


def _back(work: Work, move: Move) -> Done | None:
    wanted = terms(move.text)
    if move.text and wanted <= work.shown.terms and work.shown.places(move.text):
        return Done(work.shown)
    gone = [text for text in work.lost if (not wanted or holds(wanted, text)) and not terms(text) <= work.shown.terms]
    if move.all or (not gone and slots.states(move.text)):
        gone = [move.text]
    if not gone:
        return None
    text = restating.worded(work.shown, gone[0])
    before = restating.version_of(work.shown, text)
    after = work.shown.with_part(before, text) if before is not None else restating.added(work.shown, text)
    return Done(after, "", text, sure=bool(wanted))


def _add(work: Work, move: Move) -> Done | None:
    wanted = terms(move.text)
    if work.shown.places(move.text):
        return Done(work.shown)
    if (
        wanted
        and any(holds(wanted, text) and not terms(text) <= work.shown.terms for text in work.lost)
        and not slots.states(move.text)
    ):
        return _back(work, move)
    after = slots.inserted(work.shown, move.text, move.where) or restating.added(
        work.shown, restating.worded(work.shown, move.text)
    )
    return Done(after, "", move.text) if _holds(after, move.text) else None


def _write(work: Work, move: Move) -> Done | None:
    shown = work.shown
    if not move.item and (mended := _piecewise(shown, move.text)):
        return Done(mended, "", move.text)
    few = not slots.states(move.text) or len(words_in(move.text)) < MOST_SHARED * len(words_in(shown.text))
    if not move.all and few and move.kind != "only" and (found := slots.fixed(shown, move.text)):
        return Done(found, "", move.text)
    texts = restating.parts_of(shown, move.text)
    if not texts:
        return None
    one = (
        restating.overlapping(shown, texts[0])
        if len(texts) == 1 and not move.all and len(shown.parts) > 1 and move.kind != "only"
        else None
    )
    if one is not None:
        return Done(shown.with_part(one, texts[0]), shown.parts[one], texts[0])
    after = shown.only(texts)
    return Done(after, shown.text, after.text)


def _piecewise(shown: Shown, text: str) -> Shown | None:
    """The draft with each amount and time of an enumeration in its place: `12 drivers and not end 2027 but summer 2028`."""
    pieces = [find_contrast(piece).new or piece for piece in restating.EDGE.split(_NO_BUT.sub(r"\g<new>", text))]
    if len(pieces) < FEWEST_PIECES or leading_verb(text) or not all(read_mend(piece).values for piece in pieces):
        return None
    for piece in pieces:
        after = slots.valued(shown, piece, adds=False)
        if after is None:
            return None
        shown = after
    return shown


FEWEST_PIECES = 2
_NO_BUT = re.compile(r"\bnot\s+[^,.;]{1,40}?\s+but\s+(?P<new>\S)", re.IGNORECASE)


def _with_amount(shown: Shown, text: str) -> Shown | None:
    """The draft with an amount or a time that contradicts nothing in it, said behind its only sentence."""
    few = len(words_in(text)) <= LONGEST_AMOUNT and bool(read_mend(text).values)
    if shown.listed or len(shown.parts) != 1 or not few:
        return None
    return slots.inserted(shown, text, "") or shown.with_part(0, f"{shown.parts[0].rstrip(' .')}, {small(text)}")


LONGEST_AMOUNT = 6
"""Words of `20 students a year`."""


def _tell(work: Work, move: Move) -> Done | None:
    shown = work.shown
    wanted = terms(move.text)
    if not move.item and (mended := _piecewise(shown, move.text)):
        return Done(mended, "", move.text, sure=False)
    if not slots.states(move.text) and (found := slots.fixed(shown, move.text)):
        return Done(found, "", move.text, sure=False)
    texts = restating.parts_of(shown, move.text)
    if (
        not slots.states(move.text)
        and not move.item
        and not slots.names_position(move.text)
        and not names_value(move.text)
    ):
        overlaps = len(texts) == 1 and restating.overlapping(shown, texts[0]) is not None
        if not overlaps and not restating.is_whole(shown, texts):
            amount = _with_amount(shown, move.text)
            return Done(amount, "", move.text, sure=False, added=True) if amount else None
    if restating.is_whole(shown, texts):
        after = shown.only(texts)
        return Done(after, shown.text, after.text, sure=False)
    added = False
    for text in texts:
        version = restating.with_version(shown, text)
        more = version is None or not (shown.terms - version.terms or slots.counts(shown.text))
        shown, added = version or restating.added(shown, text), added or more
    if shown.parts == work.shown.parts or not wanted:
        return Done(shown, sure=False) if wanted <= shown.terms and wanted else None
    return Done(shown, "", move.text, sure=False, added=added)


_DO = {
    "cut": _cut,
    "swap": _swap,
    "set": _set,
    "order": _order,
    "fix": _fix,
    "only": _only,
    "back": _back,
    "add": _add,
    "write": _write,
    "tell": _tell,
}

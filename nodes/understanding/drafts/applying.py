"""Does to a draft what a message asks, and checks on the new text that just this was done."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nodes.english.terms import terms
from nodes.rules.verbs import leading_verb, names_role
from nodes.understanding.drafts import restating, slots
from nodes.understanding.drafts.moves import Move
from nodes.understanding.drafts.quotes import quotes, unquoted
from nodes.understanding.drafts.restating import EDGE, MOST_SHARED
from nodes.understanding.drafts.shown import Place, Shown, finished, holds, words_in
from nodes.understanding.drafts.speech import without_around, without_tail, words
from nodes.understanding.mending import item_number, item_numbers, names_item
from nodes.understanding.value_names import names_value
from state.phases import Phase

MOST_LEFT = 0.5
"""Share of a part's words up to which the words that name it stand for all of it."""
_AND = re.compile(r"\s*(?:,\s*(?:and|und|y|et|i|or)?|\b(?:and|und|y|et|or|oraz)\b|&)\s+", re.IGNORECASE)


NOTHING = ("nothing", "none", "nichts", "nada", "rien", "nic")


@dataclass(frozen=True, slots=True)
class Done:
    """A draft after one thing was done to it."""

    shown: Shown
    old: str = ""
    new: str = ""
    sure: bool = True
    """Whether the words left no doubt of what is meant."""


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

    def apply(self, move: Move) -> None:
        """One move; what can't be done changes nothing and is kept as missing."""
        done = _DO[move.kind](self, move) if move.kind in _DO else None
        if done is None and move.kind == "fix" and not quotes(move.segment.text):
            self.unsure = True
        elif done is None and move.kind in _DO:
            self.missing.append(move.text or move.old or move.where or move.segment.text)
        elif done is not None:
            self.done.append(done)
            self.shown = done.shown

    @property
    def changed(self) -> bool:
        """Whether anything is other than before."""
        return any(one.old != one.new for one in self.done)


def _cut(work: Work, move: Move) -> Done | None:
    if not move.text or move.text.lower() in NOTHING:
        return Done(work.shown)  # `take them out`, said of what went out already
    shown = work.shown
    if numbers := _numbers(move.text, shown) or _numbers(move.text.split(",")[0], shown):
        kept = [part for number, part in enumerate(shown.parts, 1) if number not in numbers]
        gone = ", ".join(part for number, part in enumerate(shown.parts, 1) if number in numbers)
        return Done(shown.only(kept), gone)
    held = quotes(move.text)
    names = [one.words for one in held] if held else _names(move.text, shown)
    if not held and "," in move.text and not all(cut_words(shown, name, whole=False) for name in names):
        names = _names(move.text.split(",")[0], shown)  # what follows tells why
    before, sure = shown, True
    for name in names:
        after = cut_words(shown, name, whole=not held and (_of_part(move.text) or _is_thing(shown, name)))
        if after is None:
            return None
        shown, sure = after.shown, sure and after.sure
    return Done(shown, ", ".join(names), "", sure) if shown.parts != before.parts else None


def _numbers(text: str, shown: Shown) -> list[int]:
    """Which parts are named by their numbers."""
    alone = re.fullmatch(
        r"(?:the )?(?:numbers?|no\.?|nr\.?|steps?|points?|values?|items?)?[\s#]*(\d{1,2}(?:\s*(?:,|and|&|und|y|et|i)\s*\d{1,2})*)\W*",
        text,
        re.IGNORECASE,
    )
    if quotes(text):
        return []
    if alone and not shown.places(text):
        return [int(n) for n in re.findall(r"\d+", alone[1]) if 0 < int(n) <= len(shown.parts)]
    several = item_numbers(text, len(shown.parts)) if re.search(r"\b(?:first|last)\b", text, re.IGNORECASE) else []
    if len(several) > 1 and not shown.places(text):
        return several
    if not names_item(text) and text.lower() not in words("keeping", "before"):
        last = re.fullmatch(
            r"(?:the )?(?:very )?last(?: one| step| value| sentence| line| bit| part)?", text, re.IGNORECASE
        )
        return [len(shown.parts)] if last and shown.parts else []
    return [] if shown.places(text) else item_numbers(text, len(shown.parts))


def _names(text: str, shown: Shown) -> list[str]:
    """What is named: the words as they stand, else each thing of a list of them."""
    bare = unquoted(text)
    if shown.places(bare):
        return [bare]
    parts = [part for part in _AND.split(bare) if words_in(part)]
    each = len(parts) > 1 and all(cut_words(shown, without_around(without_tail(part)), whole=False) for part in parts)
    return [without_around(without_tail(part)) for part in parts] if each else [_without_part(bare)]


def _of_part(text: str) -> bool:
    """Whether `the X bit` is meant: what says X, rather than these words."""
    return words_in(text)[-1:] != [] and words_in(text)[-1] in words("removing", "parts")


def _without_part(text: str) -> str:
    last = words_in(text)[-1:]
    return re.sub(r"\W*\w+\W*$", "", text) if last and last[0] in words("removing", "parts") and " " in text else text


def cut_words(shown: Shown, name: str, *, whole: bool) -> Done | None:
    """The draft without some words, or (`whole`) without all that says them; None where they don't stand there."""
    name = name if shown.places(name) else _without_article(name)
    places = shown.places(name)
    if named := [place for place in places if _is_name(shown, place)]:
        return Done(shown.with_part(named[-1].part, ""), name)
    if places and not whole:
        return Done(_without(shown, places[-1]), name, "", len(places) == 1)
    place = places[-1] if places else _by_terms(shown, terms(name))
    return Done(_without_member(shown, place, terms(name)), name, "", bool(places)) if place else None


def _is_name(shown: Shown, place: Place) -> bool:
    """Whether a place is the whole name of a value, which goes with all that shows it."""
    return shown.phase == Phase.G6_VALUES and not place.start and shown.parts[place.part][place.end :][:1] in ("", ":")


def _by_terms(shown: Shown, wanted: frozenset[str]) -> Place | None:
    """The only part, or the only piece of a part between commas, that speaks of all that is wanted."""
    found = [number for number, part in enumerate(shown.parts) if holds(wanted, part)]
    if len(found) != 1:
        return None
    return Place(found[0], *_member(shown.parts[found[0]], wanted))


def _is_thing(shown: Shown, name: str) -> bool:
    """Whether a name is what something is done to: `teach` alone says nothing once `the apprentices` are out of it."""
    places = shown.places(_without_article(name))
    if places and shown.listed and _without_article(name) != name:
        before = slots.before_preposition(shown.parts[places[-1].part][: places[-1].start])
        return len(terms(before)) < FEWEST_LEFT
    if places and shown.listed and terms(name) and slots.describes(shown.parts[places[-1].part][places[-1].end :]):
        return not slots.opens_phrase(name)
    if not places or not terms(name) or slots.opens_phrase(name) or name.lower() in words("openers", "words"):
        return False
    part = shown.parts[places[-1].part]
    start, _ = _around(part, places[-1])
    told = words_in(EDGE.sub(" ", part[start : places[-1].start]))
    object_of = bool(leading_verb(" ".join([*told, name]))) and not any(map(slots.leads, told))
    return 0 < len(told) <= MOST_BEFORE and object_of


FEWEST_LEFT = 2
"""Words that must be left before a thing for a step to say something without it."""
MOST_BEFORE = 4
"""Words between the verb of a piece and the thing that it is about."""


def _without_article(name: str) -> str:
    return re.sub(r"^(?:the|my|a|an|das|die|der|el|la|los|las|le|les)\s+(?=\S)", "", name, flags=re.IGNORECASE)


def _without(shown: Shown, place: Place) -> Shown:
    part = shown.parts[place.part]
    before, after = part[: place.start], part[place.end :]
    if re.match(r"\W*$|[,.;]|\s+(?:and|or)\s", after) or any(map(slots.leads, words_in(after)[:1])):
        before = slots.without_preposition(before)
    left = before + after
    return shown.with_part(place.part, left if terms(left) or not terms(part) else "")


def _without_member(shown: Shown, place: Place, wanted: frozenset[str]) -> Shown:
    """The draft without the piece of an enumeration that a place stands in; without the step or value where it is most of it."""
    part = shown.parts[place.part]
    if shown.listed and len(wanted) >= MOST_LEFT * len(terms(part)):
        return shown.with_part(place.part, "")
    start, end = _around(part, place)
    tail = slots.last_time(part[start:end])
    kept = tail if tail and not shown.listed and not slots.last_time(part[:start] + part[end:]) else ""
    return shown.with_part(place.part, f"{part[:start].rstrip(' ,')} {kept}{part[end:]}")


def _around(part: str, place: Place) -> tuple[int, int]:
    """The piece between commas or joining words that a place stands in."""
    before = [m for m in EDGE.finditer(part, 0, place.start + 1) if m.end() <= place.start]
    after = EDGE.search(part, place.end)
    start = before[-1].start() if before else 0
    stop = len(part.rstrip(" .")) if after is None else after.start() if before else after.end()
    return start, stop


def _member(part: str, wanted: frozenset[str]) -> tuple[int, int]:
    edges = [0, *(edge for match in EDGE.finditer(part) for edge in match.span()), len(part)]
    spans = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if holds(wanted, part[a:b])]
    return spans[0] if spans else (0, len(part))


def _swap(work: Work, move: Move) -> Done | None:
    places = work.shown.places(move.old)
    if not places:
        return None
    if slots.is_number(move.text) and not slots.counts(move.old):  # `change reports to 4`
        counted = slots.valued(work.shown, f"{move.text} {move.old}")
        return Done(counted, move.old, f"{move.text} {move.old}") if counted else None
    named = [place for place in places if _is_name(work.shown, place)]
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
    return bool(shown.places(text)) or terms(text) <= shown.terms


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
    if numbers := _numbers(move.text, shown):
        kept = [part for number, part in enumerate(shown.parts, 1) if number in numbers]
        return Done(shown.only(kept), *_difference(shown, shown.only(kept)))
    if not slots.states(move.text) and (named := restating.kept(shown, _without_part(move.text))):
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


def _tell(work: Work, move: Move) -> Done | None:
    shown = work.shown
    wanted = terms(move.text)
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
            return None
    if restating.is_whole(shown, texts):
        after = shown.only(texts)
        return Done(after, shown.text, after.text, sure=False)
    for text in texts:
        shown = restating.with_version(shown, text) or restating.added(shown, text)
    if shown.parts == work.shown.parts or not wanted:
        return Done(shown, sure=False) if wanted <= shown.terms and wanted else None
    return Done(shown, "", move.text, sure=False)


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

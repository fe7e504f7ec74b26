"""Takes out of a draft what is named, and closes the seams."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from dataclasses import dataclass

from nodes.english.terms import terms
from nodes.english.verbs import leading_verb
from nodes.understanding.drafts import slots
from nodes.understanding.drafts.quotes import quotes, unquoted
from nodes.understanding.drafts.restating import EDGE
from nodes.understanding.drafts.shown import Place, Shown, holds, words_in
from nodes.understanding.drafts.speech import without_around, without_tail, words
from nodes.understanding.mending import item_numbers, names_item
from state.phases import Phase

MOST_LEFT = 0.5
"""Share of a part's words up to which the words that name it stand for all of it."""
_AND = re.compile(r"\s*(?:,\s*(?:and|und|y|et|i|or)?|\b(?:and|und|y|et|or|oraz)\b|&)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Done:
    """A draft after one thing was done to it."""

    shown: Shown
    old: str = ""
    new: str = ""
    sure: bool = True
    """Whether the words left no doubt of what is meant."""
    added: bool = False
    """Whether something new stands beside the rest."""


def numbers_of(text: str, shown: Shown) -> list[int]:
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


def names_of(text: str, shown: Shown) -> list[str]:
    """What is named: the words as they stand, else each thing of a list of them."""
    bare = unquoted(text)
    if shown.places(bare):
        return [bare]
    parts = [part for part in _AND.split(bare) if words_in(part)]
    each = len(parts) > 1 and all(cut_words(shown, without_around(without_tail(part)), whole=False) for part in parts)
    return [without_around(without_tail(part)) for part in parts] if each else [without_part(bare)]


def names_beside(text: str, shown: Shown) -> list[str]:
    """What else is named beside words in quotes, where it stands in the draft: `“with my sister” and the word spring`."""
    bare = text
    for one in reversed(quotes(text)):
        bare = f"{bare[: one.start]}, {bare[one.end :]}"
    parts = [without_around(without_tail(part)) for part in _AND.split(bare)]
    return [part for part in parts if terms(part) and shown.places(part)]


def of_part(text: str) -> bool:
    """Whether `the X bit` is meant: what says X, rather than these words."""
    return words_in(text)[-1:] != [] and words_in(text)[-1] in words("removing", "parts")


def without_part(text: str) -> str:
    last = words_in(text)[-1:]
    return re.sub(r"\W*\w+\W*$", "", text) if last and last[0] in words("removing", "parts") and " " in text else text


def cut_words(shown: Shown, name: str, *, whole: bool) -> Done | None:
    """The draft without some words, or (`whole`) without all that says them; None where they don't stand there."""
    name = name if shown.places(name) else _without_article(name)
    places = shown.places(name)
    if named := [place for place in places if is_name(shown, place)]:
        return Done(shown.with_part(named[-1].part, ""), name)
    if places and not whole:
        return Done(_without(shown, places[-1]), name, "", len(places) == 1)
    place = places[-1] if places else _by_terms(shown, terms(name))
    return Done(_without_member(shown, place, terms(name)), name, "", bool(places)) if place else None


def is_name(shown: Shown, place: Place) -> bool:
    """Whether a place is the whole name of a value, which goes with all that shows it."""
    return shown.phase == Phase.G6_VALUES and not place.start and shown.parts[place.part][place.end :][:1] in ("", ":")


def _by_terms(shown: Shown, wanted: frozenset[str]) -> Place | None:
    """The only part, or the only piece of a part between commas, that speaks of all that is wanted."""
    found = [number for number, part in enumerate(shown.parts) if holds(wanted, part)]
    if len(found) != 1:
        return None
    return Place(found[0], *_member(shown.parts[found[0]], wanted))


def is_thing(shown: Shown, name: str) -> bool:
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
    verb = bool(leading_verb(" ".join([*told, name])))
    behind = len(terms(slots.before_preposition(" ".join(told)))) < FEWEST_LEFT if any(map(slots.leads, told)) else True
    return 0 < len(told) <= MOST_BEFORE and verb and behind


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

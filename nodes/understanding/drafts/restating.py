"""What is told anew while a draft is shown: taken word for word, as the whole, in the place of one part, or beside the rest."""

import re
from collections.abc import Sequence

from nodes.english.first_person import strip_lead
from nodes.english.fitting import series
from nodes.english.spelling import small, written
from nodes.english.terms import terms
from nodes.english.times import find_times
from nodes.english.verbs import leading_verb, names_role
from nodes.understanding.drafts.quotes import sentences, unquoted
from nodes.understanding.drafts.shown import Shown, finished, holds, says, words_in
from nodes.understanding.drafts.speech import without_openers, without_tail
from nodes.understanding.facts import FactMaker
from nodes.understanding.own_values import read_values
from nodes.understanding.places import top_level
from nodes.understanding.value_names import labelled
from state.phases import Phase

MOST_SHARED = 0.6
"""Share of a draft's words that a text holds which says it anew, or of a part's words that another version of it holds."""
_NEW_SUBJECT = re.compile(
    r"(?P<joint>\band |, )(?:i|we)(?:['’](?:d|ll)|\s+(?:want to|will|would like to|would))?\s+(?=\w)", re.IGNORECASE
)


def parts_of(shown: Shown, text: str) -> list[str]:
    """The sentences, steps or values of a text, each word for word."""
    if shown.phase == Phase.G6_VALUES and (lines := _values(text)):
        return lines
    found: list[str] = []
    maker = FactMaker("", shown.phase)
    for sentence in sentences(text):
        if shown.listed and not sentence.item:
            facts = [fact for fact in top_level(maker.of_segment(sentence)) if fact["kind"] != "reason"]
            found += [text[fact["start"] : fact["end"]] for fact in facts] or [sentence.text]
        else:
            found.append(sentence.text)
    return [told for one in found if (told := worded(shown, one)) and says(told)]


def worded(shown: Shown, text: str) -> str:
    """A text word for word: only `I want to` goes, and what haste left out is written in full."""
    text = _INSTEAD.sub("", written(unquoted(without_openers(text.strip())[0])))
    if shown.phase == Phase.G6_VALUES:
        return _value(text)
    when, bare = strip_lead(text) if _I.match(text) else ("", text)
    bare = _NEW_SUBJECT.sub(r"\g<joint>", bare)
    if shown.phase == Phase.G4_FUTURE and names_role(bare) and not leading_verb(bare) and not bare[:1].isdigit():
        bare = f"become {small(bare)}"
    told = f"{when}, {bare}" if when and bare and not shown.listed else f"{bare} {small(when)}" if when else bare
    return finished(
        without_tail(told) if told.rstrip().lower().endswith(("please", "pls")) else told, listed=shown.listed
    )


_INSTEAD = re.compile(r"\s+instead(?=\s*[:,.]|$)", re.IGNORECASE)
_I = re.compile(r"(?:[^,]{3,40},\s+)?(?:i|we|my|our)\b", re.IGNORECASE)
"""How a sentence opens that tells what somebody wants."""


def _values(text: str) -> list[str]:
    """Several values with what shows each; none where something of what was said would be lost."""
    values = read_values((text,))
    lines = [f"{value.name}: {value.shown}" if value.shown else value.name for value in values]
    kept = _all_said(text, " ".join(lines))
    return [finished(line, listed=True) for line in lines] if kept and len(lines) > 1 else []


def _all_said(text: str, told: str) -> bool:
    """Whether nothing of a text is lost in what is told of it, whatever the grammar."""
    said = {word[:ROOT] for word in words_in(told)}
    return all(word[:ROOT] in said or word in _LOOSE for word in words_in(text))


_LOOSE = frozenset(str.split("the a an and or is are means because cos that when for in to of it i"))
"""Words whose loss loses nothing."""


ROOT = 4
"""Letters by which two forms of a word are the same."""


def _value(text: str) -> str:
    """A value as `Name: how it shows`, where nothing of what was said is lost by that."""
    values = read_values((text,))
    if len(values) == 1:
        line = f"{values[0].name}: {values[0].shown}" if values[0].shown else values[0].name
        if _all_said(text, line):
            return finished(line, listed=True)
    return finished(labelled(text), listed=True)


def is_whole(shown: Shown, texts: Sequence[str]) -> bool:
    """Whether some texts say the draft anew: they hold most of what it says."""
    told = terms(" ".join(texts))
    if shown.phase == Phase.G6_VALUES and len(texts) < len(shown.parts) and all(":" in text for text in texts):
        return False  # some values are told of again, the others stay
    listed = sum(overlapping(shown, text) is not None for text in texts)
    return bool(shown.terms) and (
        len(told & shown.terms) >= MOST_SHARED * len(shown.terms)
        or (shown.listed and len(texts) > 1 and listed * 2 > len(texts))
    )


def overlapping(shown: Shown, text: str) -> int | None:
    """The one part that a text is another version of; None where there is none, or more than one."""
    told = terms(text)
    shares = [_alike(told, terms(part)) for part in shown.parts]
    best = max(shares, default=0.0)
    return shares.index(best) if best >= MOST_SHARED and shares.count(best) == 1 else None


def with_version(shown: Shown, text: str) -> Shown | None:
    """The draft with a text in the place of what it is another version of: a step, a value, or a piece of a sentence."""
    one = overlapping(shown, text)
    if one is None:
        return None
    if shown.listed or len(terms(text)) * 2 > len(terms(shown.parts[one])):
        return shown.with_part(one, text)
    sentence = shown.parts[one]
    edges = [0, *(edge for match in EDGE.finditer(sentence) for edge in match.span()), len(sentence.rstrip(" ."))]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    shares = [_alike(terms(text), terms(sentence[a:b])) for a, b in spans]
    a, b = spans[shares.index(max(shares))]
    if max(shares) < MOST_SHARED:
        return None
    return shown.with_part(one, sentence[:a] + (small(text.rstrip(" .")) if a else text.rstrip(" .")) + sentence[b:])


def version_of(shown: Shown, text: str) -> int | None:
    """The part that says the same thing in other words: most of what either says is said by both."""
    told = terms(text)
    shares = [len(told & terms(part)) / len(told | terms(part)) if told else 0.0 for part in shown.parts]
    best = max(shares, default=0.0)
    return shares.index(best) if best >= MOST_SHARED else None


def _alike(told: frozenset[str], part: frozenset[str]) -> float:
    fewest = min(len(told), len(part))
    return len(told & part) / fewest if fewest else 0.0


def added(shown: Shown, text: str) -> Shown:
    """The draft with something more: a step, a value, or a sentence."""
    if shown.phase == Phase.G6_VALUES and (of := _same_value(shown, text)) is not None:
        name, how = shown.parts[of], text.partition(":")[2].strip()
        return shown.with_part(of, f"{name}; {how}" if ":" in name else f"{name}: {how}")
    if not shown.listed and len(shown.parts) == 1 and "." not in text[:-1]:
        bare = shown.parts[0].rstrip(" .")
        return shown.with_part(0, f"{bare} and {small(text)}")
    return shown.with_more([text])


def _same_value(shown: Shown, text: str) -> int | None:
    name, colon, _ = text.partition(":")
    names = [part.partition(":")[0].strip().lower() for part in shown.parts]
    return names.index(name.strip().lower()) if colon and name.strip().lower() in names else None


def kept(shown: Shown, text: str) -> Shown | None:
    """The draft with nothing but what is named; None where it isn't there."""
    names = [unquoted(one) for one in re.split(r",\s*(?:and\s+)?|\s+and\s+|:\s+", text) if terms(one)]
    if not names or not all(any(_names(part, name) for part in shown.parts) for name in names):
        return None
    held = [part for part in shown.parts if any(_names(part, name) for name in names)]
    if shown.listed:
        return shown.only(held)
    return shown.only([_members(part, names) for part in held])


def _members(sentence: str, names: Sequence[str]) -> str:
    """Of a sentence only the pieces that are named, with the time it opens with."""
    edges = [0, *(edge for match in EDGE.finditer(sentence) for edge in match.span()), len(sentence)]
    pieces = [sentence[a:b].rstrip(" .") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    times = find_times(pieces[0])
    when = pieces[0] if times and not terms(pieces[0]) - terms(times[0].text) else ""
    held = [piece for piece in pieces if any(_names(piece, name) for name in names)]
    told = series(held) if held else sentence
    return f"{when}, {told}" if when and held and pieces[0] not in held else told


EDGE = re.compile(
    r",\s+(?:(?:and|or|but|then|und|y|et|oraz)\s+)?|\s+(?:and|or|but|plus|und|oder|y|et|oraz)\s+", re.IGNORECASE
)
"""What joins the pieces of an enumeration."""


def _names(part: str, name: str) -> bool:
    return holds(terms(name), part)

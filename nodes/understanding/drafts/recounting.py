"""One number of a draft in the place of another, weighed in passing: `20 is a lot. 15`, `rather 8 a year, 6 was too low`."""

import re
from collections.abc import Iterator

from nodes.english.lexicon import singular
from nodes.english.times import find_times
from nodes.english.vocabulary import NUMBER_WORDS, look_up
from nodes.understanding.drafts.cutting import Done
from nodes.understanding.drafts.shown import Shown

LONGEST = 16
"""Words of a message that weighs a number; a longer one says more."""
LONGEST_LONE = 8
"""Words of one that names the new number alone."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(rf"(?<![\w.,])(?:\d+(?:[.,]\d+)*|{'|'.join(sorted(NUMBER_WORDS))})(?![\w]|[.,]\d)", re.IGNORECASE)
_WEIGHS = re.compile(
    r"\b(?:too|a lot|lots|better|rather|not|instead|optimistic|ambitious|low|high|few|many|fine|enough|realistic|make it|"
    r"only|just|wait|stay)\b",
    re.IGNORECASE,
)
_LONE = re.compile(
    r"\b(?:make it|make that|stay (?:with|at)|rather|let['’]?s|sorry|nah|nope|no|wait)\b",
    re.IGNORECASE,
)


def recounted(text: str, shown: Shown) -> Done | None:
    """The draft with the new number for the old; None where a message doesn't weigh just two numbers, or names one of several."""
    if find_times(text) or "?" in text or len(text.split()) > LONGEST:
        return None
    told = [match[0].lower() for match in _NUMBER.finditer(text)]
    places = [(number, match) for number, part in enumerate(shown.parts) for match in _counts(part)]
    held = [match[0].lower() for _, match in places]
    olds = [one for one in dict.fromkeys(told) if _value(one) in map(_value, held)]
    news = [one for one in dict.fromkeys(told) if one not in olds]
    if len(news) != 1 or any(_YEAR.fullmatch(one) for one in told):
        return None
    if len(olds) == 1 and _WEIGHS.search(text):
        found = [place for place in places if _value(place[1][0]) == _value(olds[0])]
    elif not olds and len(text.split()) <= LONGEST_LONE and _LONE.search(text) and _says_little(text):
        found = places
    else:
        return None
    return _with(shown, *found[0], news[0]) if len(found) == 1 else None


def _counts(part: str) -> Iterator[re.Match[str]]:
    """The numbers of a part that are no times."""
    times = find_times(part)
    yield from (m for m in _NUMBER.finditer(part) if not any(time.start <= m.start() < time.end for time in times))


def _value(number: str) -> str:
    """A number as its digits, whether written in letters or not."""
    bare = number.lower().replace(",", ".")
    word = None if bare[0].isdigit() else look_up(bare)
    return f"{word.value:g}" if word else bare


def _says_little(text: str) -> bool:
    """Whether nothing is named beside the number that could be of something else."""
    rest = _NUMBER.sub(" ", _LONE.sub(" ", text))
    return not re.search(r"[^\W\d_]{5,}", rest)


def _with(shown: Shown, number: int, place: re.Match[str], new: str) -> Done:
    part = shown.parts[number]
    after = part[place.end() :]
    if _value(new) == "1" and (noun := re.match(r"(\s+)([a-z]+)", after)):
        after = noun[1] + singular(noun[2]) + after[noun.end() :]
    return Done(shown.with_part(number, part[: place.start()] + new + after), place[0], new)

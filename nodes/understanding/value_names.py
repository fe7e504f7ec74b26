"""Values as people put them: `respect, i knock first`, `honesty (i show the ugly numbers)`, `patience cos i let people finish`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from functools import cache
from itertools import pairwise

from nodes.rules.first_person import strip_lead
from nodes.rules.values import ADJECTIVES, NAMES, value_lead
from nodes.understanding.wording import without_tail

_EDGES = " ,;.:-–—\n"
_NO_NAME = "followed|by|of|for|with|in|is|are|was|and|or|to|my|our|on|about|the|a|an|i|we|comes|come"
"""Words that are no part of a value's name."""
_SPACE = r"\s+"
_JOINS = (
    rf"(?:and|then|also|plus|or|lastly|finally|next|instead|rather|maybe|perhaps|(?:oh|ah|ok|well|sorry|hm+),?){_SPACE}"
)

_GUESS = r"(?:guess|suppose|think|reckon|believe|mean)\s*(?:[,;.]|$)"
"""What `i` goes on with where it tells no deed: `and fairness i guess`."""


@cache
def _named() -> re.Pattern[str]:
    """A value's name where one may begin, with what leads from it to how it shows."""
    names = "|".join(sorted((re.escape(name) for name in {*NAMES, *ADJECTIVES}), key=len, reverse=True))
    listed = (
        rf"(?:{_JOINS})*(?:{names})(?=\s*(?:[,;.]|$)|\s+(?:and|or|plus|i|we)\s)"  # another value: nothing of the first
        r"|\w+ing\b[^,;.:]{0,40}?(?:,|\s(?:and|or|plus))\s+\w+ing\b"
    )
    any_name = r"(?:[\w'’-]+\s){0,2}[\w'’-]+?(?=\s*\()"
    return re.compile(
        rf"(?:^|[,;.)]\s*|(?<=\))\s+)(?:{_JOINS})*(?P<name>{any_name}|(?:(?!(?:{_NO_NAME})\b)[\w'’-]+\s){{0,2}}?(?:{names}))(?P<lead>\s*\(|\s*[:=]\s*:?\s*|\s[-–—]\s|,?\s+(?:cos|coz|cuz|because|as(?!\s+well\b)|since|so)\s+|\s+(?:should (?:say|be|read)|(?:also )?means?|is (?=(?:not )?\w+ing\b|when\b|that\b))\s+|"
        rf"\s+(?=(?P<deed>(?:i|we)(?:['’]\w+)?\s(?!{_GUESS})))|,\s+(?!{listed}|(?:{_JOINS})*(?:i|we)\s{_GUESS})(?=(?:i|we|my|our|no|every|always|never|the|each)\b|(?:[\w'’-]+\s+){{2}})|\s*(?=[,;.]|$))",
        re.IGNORECASE,
    )


def value_spans(text: str) -> list[tuple[int, int]]:
    """Where each value stands with how it shows; all of the text where fewer than two are named in a way that can be told apart."""
    begin = value_lead(text) or _wish_lead(text)
    starts = [
        m.start("name")
        for m in _named().finditer(text, begin)
        if _leads_on(m) or ")" in m[0][: m.start("name") - m.start()]
    ]
    if len(starts) < 2:
        return [(begin if starts and begin == starts[0] else 0, len(text))]
    edges = [*([begin] if text[begin : starts[0]].strip(_EDGES) else []), *starts, len(text)]
    parts = pairwise(edges)
    return [(a, a + len(_without_join(text[a:b]))) for a, b in parts if text[a:b].strip(_EDGES)]


def _wish_lead(text: str) -> int:
    """Where a value begins behind a wish: `i want also respect, i help them`."""
    rest = strip_lead(text)[1]
    return len(text.rstrip(" ,")) - len(rest) if label_of(rest) and _WANTS.match(text) else 0


_WANTS = re.compile(r"(?:and |also |oh |so )*i\b", re.IGNORECASE)


def _leads_on(match: re.Match[str]) -> bool:
    """Whether how it shows follows a name."""
    return bool(match["lead"].strip() or match["deed"])


def label_of(text: str) -> str:
    """The value's name that opens a text which goes on to tell how it shows; empty where there is none."""
    found = _named().match(text)
    return without_tail(found["name"]) if found and _leads_on(found) else ""


def names_value(text: str) -> bool:
    """Whether a known value is named."""
    return any(word.lower() in NAMES or word.lower() in ADJECTIVES for word in re.findall(r"[\w-]+", text))


def labelled(text: str) -> str:
    """`name: how it shows`, whatever stood between the two; as it was where there is no name in front."""
    found = _named().match(text)
    if not found or not _leads_on(found):
        return text
    how = text[found.end() :].strip(_EDGES)
    bracketed = found["lead"].strip() == "("
    return f"{without_tail(found['name'])}: {how.removesuffix(')') if bracketed else how}" if how else text


def _without_join(text: str) -> str:
    return re.sub(rf"(?:[,;.\s]+{_JOINS.removesuffix(_SPACE)})*[,;.\s]*$", "", text, flags=re.IGNORECASE).rstrip(_EDGES)

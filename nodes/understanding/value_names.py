"""Values as people put them: `respect, i knock first`, `honesty (i show the ugly numbers)`, `patience cos i let people finish`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from functools import cache
from itertools import pairwise

from nodes.rules.values import ADJECTIVES, NAMES

_EDGES = " ,;.:-–—\n"
_NO_NAME = "followed|by|of|for|with|in|is|are|was|and|or|to|my|our|on|about|the|a|an|i|we|comes|come"
"""Words that are no part of a value's name."""
_JOINS = r"(?:and|then|also|plus|or|lastly|finally|next)\s+"


@cache
def _named() -> re.Pattern[str]:
    """A value's name where one may begin, with what leads from it to how it shows."""
    names = "|".join(sorted((re.escape(name) for name in {*NAMES, *ADJECTIVES}), key=len, reverse=True))
    any_name = r"(?:[\w'’-]+\s){0,2}[\w'’-]+?(?=\s*\()"
    return re.compile(
        rf"(?:^|[,;.]\s*)(?:{_JOINS})*(?P<name>{any_name}|(?:(?!(?:{_NO_NAME})\b)[\w'’-]+\s){{0,2}}?(?:{names}))(?P<lead>\s*\(|\s*[:=]\s*|\s[-–—]\s|,?\s+(?:cos|coz|cuz|because|as|since|so)\s+|"
        rf",\s+(?=(?:i|we|my|our|no|every|always|never|the|each)\b|(?:[\w'’-]+\s+){{2}})|\s*(?=[,;.]|$))",
        re.IGNORECASE,
    )


def value_spans(text: str) -> list[tuple[int, int]]:
    """Where each value stands with how it shows; all of the text where fewer than two are named in a way that can be told apart."""
    starts = [match.start("name") for match in _named().finditer(text) if match["lead"].strip()]
    if len(starts) < 2:
        return [(0, len(text))]
    edges = [*([0] if text[: starts[0]].strip(_EDGES) else []), *starts, len(text)]
    parts = pairwise(edges)
    return [(a, a + len(_without_join(text[a:b]))) for a, b in parts if text[a:b].strip(_EDGES)]


def names_value(text: str) -> bool:
    """Whether a known value is named."""
    return any(word.lower() in NAMES or word.lower() in ADJECTIVES for word in re.findall(r"[\w-]+", text))


def labelled(text: str) -> str:
    """`name: how it shows`, whatever stood between the two; as it was where there is no name in front."""
    found = _named().match(text)
    if not found or not found["lead"].strip():
        return text
    how = text[found.end() :].strip(_EDGES)
    bracketed = found["lead"].strip() == "("
    return f"{found['name']}: {how.removesuffix(')') if bracketed else how}" if how else text


def _without_join(text: str) -> str:
    return re.sub(rf"(?:[,;.\s]*(?:{_JOINS.rstrip()})*)$", "", text.rstrip(_EDGES), flags=re.IGNORECASE).rstrip(_EDGES)

"""Values as people put them: `respect, i knock first`, `honesty (i show the ugly numbers)`, `calm cos i breathe`."""

import re
from collections.abc import Iterable

from nodes.english.value_marks import Mark, is_value, marks, stretches, value_lead
from nodes.understanding.wording import without_tail

_EDGES = " ,;.:-–—\n"
LONGEST_LEAD_IN = 4
"""Words that may stand before the name that opens a text: `and the third one is …`."""


def value_spans(text: str, known: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Where each value stands with how it shows; all of the text where none is told of. `known` were named before."""
    begin = value_lead(text)
    found = marks(text[begin:], known)
    if not found:
        return [(0, len(text))]
    opening = text[begin : begin + found[0].begin].strip(_EDGES)
    listed = [(begin, begin + found[0].begin)] if len(opening.split()) > LONGEST_LEAD_IN or is_value(opening) else []
    spans = [(begin + start, begin + end) for start, end in stretches(text[begin:], found)]
    return [(start, end) for start, end in [*listed, *spans] if text[start:end].strip(_EDGES)]


def label_of(text: str, known: Iterable[str] = ()) -> str:
    """The value's name that opens a text which goes on to tell how it shows; empty where there is none."""
    mark = _opening(text, known)
    return without_tail(mark.name) if mark else ""


def names_value(text: str) -> bool:
    """Whether a known value is named; who is `responsible for 3 shops` names none."""
    return is_value(_IN_CHARGE.sub("", text))


_IN_CHARGE = re.compile(r"\b(?:responsible|accountable) for\b", re.IGNORECASE)


def labelled(text: str) -> str:
    """`name: how it shows`, whatever stood between the two; as it was where there is no name in front."""
    mark = _opening(text, ())
    how = text[mark.told :].strip(_EDGES) if mark else ""
    if not mark or not how:
        return text
    return f"{without_tail(mark.name)}: {how.removesuffix(')') if mark.bracketed else how}"


def _opening(text: str, known: Iterable[str]) -> Mark | None:
    found = marks(text, known)
    return found[0] if found and len(text[: found[0].begin].split()) <= LONGEST_LEAD_IN else None

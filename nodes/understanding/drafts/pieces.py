"""Cuts a sentence about a draft where the next thing is asked for."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Iterator
from dataclasses import replace

from nodes.understanding.drafts import speech
from nodes.understanding.drafts.contrasts import exchanged
from nodes.understanding.drafts.quotes import quotes
from nodes.understanding.drafts.shown import Shown
from nodes.understanding.segments import Segment


def pieces(sentence: Segment, shown: Shown) -> Iterator[Segment]:
    """A sentence cut where the next command follows, outside of quotes."""
    held = quotes(sentence.text)
    start = 0
    if _SAYS.match(speech.without_openers(sentence.text)[0]):
        yield sentence
        return
    joins = [
        m.span()
        for m in _NEXT.finditer(sentence.text)
        if _restates_nothing(sentence.text) and exchanged(sentence.text[m.end() :], shown)
    ]
    joins += [m.span() for m in _BEHIND_QUOTE.finditer(sentence.text)] if held else []
    cuts = sorted({*speech.cuts(sentence.text), *joins})
    ends = [(a, b) for a, b in cuts if not any(q.start < b and a < q.end for q in held)]
    for a, b in [*ends, (len(sentence.text), len(sentence.text))]:
        if sentence.text[start:a].strip():
            yield from _each_exchange(
                Segment(sentence.text[start:a], sentence.start + start, sentence.start + a, sentence.item)
            )
        start = b


_BEHIND_QUOTE = re.compile(r"(?<=[\"'”’»])\s+(?:and|but)\s+(?=the\b|my\b|number\b)", re.IGNORECASE)
"""What goes on behind words in quotes."""
_NEXT = re.compile(r",\s+(?:and|but)\s+|\s+and\s+", re.IGNORECASE)


def _restates_nothing(text: str) -> bool:
    """Whether a sentence opens with a command, so that a contrast behind `and` is the next one."""
    body = speech.without_openers(text)[0]
    return bool(speech.between("removing").match(body) or speech.behind("removing", "verbs").match(body))


def _each_exchange(piece: Segment) -> Iterator[Segment]:
    """`change A to B and C to D` as two pieces."""
    both = _TWO.match(piece.text)
    if not both or quotes(piece.text):
        yield piece
        return
    yield replace(piece, text=piece.text[: both.end("first")])
    yield replace(piece, text=f"{both['verb']} {both['second']}")


_SAYS = re.compile(r"(?:it |still )*says\b.+,\s+(?:please\s+)?(?:change|it should|should|make)\b", re.IGNORECASE)
"""`it says X, change it to Y`: one thing, whatever stands in it."""
_TWO = re.compile(
    r"\W*(?P<first>(?P<verb>change|replace|swap|switch|please change|please replace)\s+.{1,60}?\s(?P<by>to|with|by|for)\s.{1,60}?)\s+and\s+(?P<second>.{1,60}?\s(?P=by)\s.+)$",
    re.IGNORECASE,
)

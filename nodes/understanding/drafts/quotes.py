"""What somebody puts in quotes, and the sentences of a message with no end inside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nodes.understanding.segments import Segment, segments

_DOUBLE = re.compile(r"[\"“”„«»](?=\S)(?P<words>[^\"“”„«»]+?)[\"“”„«»]")
_OPENS = re.compile(r"(?<![^\W_])['‘‚`](?=\w)")
_CLOSES = re.compile(r"(?<=[\w.!?%)])['’`](?![^\W_])")
_ENDS = re.compile(r"[.!?;\n/:,]")
_LOOSE = " \"'“”„«»‘’‚`"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotes: with their marks they stand at [start, end)."""

    words: str
    start: int
    end: int


def quotes(text: str) -> list[Quote]:
    """Everything in quotes, in order. An apostrophe (`the suppliers' ledgers`) opens none."""
    found = [Quote(match["words"].strip(), *match.span()) for match in _DOUBLE.finditer(text)]
    opens = [match.start() for match in _OPENS.finditer(text)]
    for at, following in zip(opens, [*opens[1:], len(text)], strict=False):
        ends = [match.end() for match in _CLOSES.finditer(text, at + 1, following)]
        if ends and not any(one.start <= at < one.end for one in found):
            found.append(Quote(text[at + 1 : ends[-1] - 1].strip(), at, ends[-1]))
    return sorted(found, key=lambda one: one.start)


def sentences(text: str) -> Iterator[Segment]:
    """The sentences and list items of a message; what stands in quotes is never cut."""
    letters = list(text)
    for one in quotes(text):
        letters[one.start : one.end] = _ENDS.sub("·", text[one.start : one.end])
    for segment in segments("".join(letters)):
        yield Segment(text[segment.start : segment.end], segment.start, segment.end, segment.item)


def unquoted(text: str) -> str:
    """A text without quotes around it or loose ones at its ends; a plural's apostrophe stays."""
    whole = quotes(text.strip())
    if len(whole) == 1 and whole[0].start == 0 and whole[0].end >= len(text.strip().rstrip(" .!,;")):
        return whole[0].words
    bare = text.strip(' "“”„«»‘‚`')
    return bare[1:] if bare.startswith("'") else bare.rstrip("'’") if bare.endswith("'") and _unpaired(bare) else bare


def _unpaired(text: str) -> bool:
    return not re.search(r"s['’]$", text)

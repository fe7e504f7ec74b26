"""A text without what counts for nothing: hidden and encoded text, and words to the judge."""

from collections.abc import Iterable, Iterator

from nodes.evidence.spans import blanked
from nodes.screening.blocks import find_blocks, merged
from nodes.screening.claims import find_claims
from nodes.screening.hidden import find_hidden, find_turned, hides
from nodes.screening.segments import sentences
from nodes.screening.talk import find_talk

BLANK = "\x00"
"""No pattern of the evidence rules crosses it."""


def screened(text: str) -> str:
    """`text` with all that blanked; every letter keeps its place."""
    text = _without(text, find_blocks(text))
    text = _without(text, _hidden(text))
    text = _without(text, find_talk(text))
    return _without(text, [*find_claims(text), *find_hidden(text)])


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text):
        if hides(text[start:end]):
            yield start, end
        else:
            yield from find_turned(text, start, end)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return blanked(text, merged(list(spans)), BLANK)

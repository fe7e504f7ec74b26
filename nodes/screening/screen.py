"""A text without what counts for nothing: hidden and encoded text, and words to the judge."""

from collections.abc import Iterable, Iterator

from nodes.english.spans import Stretches, blanked
from nodes.screening.blocks import find_blocks, find_encoded, merged
from nodes.screening.claims import find_claims
from nodes.screening.deeds import Deed, deeds_of
from nodes.screening.hidden import find_hidden, find_turned, hides
from nodes.screening.segments import segments, sentences
from nodes.screening.talk import find_talk

BLANK = "\x00"
"""No pattern of the evidence rules crosses it."""


def screened(text: str) -> str:
    """`text` with all that blanked; every letter keeps its place."""
    text = _without(text, [*find_blocks(text), *_hidden(text)])
    text = _without(text, find_talk(text))
    return _without(text, [*find_claims(text), *find_hidden(text)])


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    encoded = Stretches(find_encoded(text))
    for start, end in sentences(text):
        if hides(text[start:end]) or (encoded.begin_in(start, end) and _is_idle(text, start, end)):
            yield start, end
        else:
            yield from find_turned(text, start, end)


def _is_idle(text: str, start: int, end: int) -> bool:
    """Whether nothing is done in a sentence; then it only leads to what is encoded."""
    return Deed.SURE not in deeds_of(segments(text, start, end))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return blanked(text, merged(list(spans)), BLANK)

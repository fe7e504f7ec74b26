"""A text without what counts for nothing: hidden and encoded text, and words to the judge."""

from collections.abc import Iterable, Iterator

from nodes.english.spans import Stretches, blanked
from nodes.screening.blocks import find_blocks, find_encoded, merged
from nodes.screening.claims import find_claims
from nodes.screening.deeds import Deed, read_sentences
from nodes.screening.hidden import find_hidden, find_turned, hides
from nodes.screening.strewn import find_stuffing
from nodes.screening.talk import find_talk

BLANK = "\x00"
"""No pattern of the evidence rules crosses it."""


def screened(text: str, counting: bool = True) -> str:
    """`text` with all that blanked; every letter keeps its place.

    Among values (`counting` False) numbers and times prove nothing, so only what is clearly said to the judge goes.
    """
    text = _without(text, [*find_blocks(text), *_hidden(text)])
    text = _without(text, [*find_talk(text, counting), *(find_stuffing(text) if counting else ())])
    return _without(text, [*find_claims(text), *find_hidden(text)])


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    encoded = Stretches(find_encoded(text))
    for told in read_sentences(text):
        turned = tuple(find_turned(text, told.start, told.end))
        leads = (turned or encoded.begin_in(told.start, told.end)) and Deed.SURE not in told.deeds
        if leads or hides(text[told.start : told.end]):
            yield told.start, told.end
        else:
            yield from turned


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return blanked(text, merged(list(spans)), BLANK)

"""Words that speak to or of the judging instead of the work: they count for nothing.

A clause counts by what the employee does in it. Where it names no deed of theirs, or a doubtful one, the linear head says whether
it speaks to the judge. A clause that holds a deed of the employee is never taken away.
"""

from collections.abc import Iterator, Sequence

from nodes.screening.deeds import Deed, deed_of, names_writer
from nodes.screening.head import score
from nodes.screening.segments import DATE, NUMBER, Segment, segments, sentences
from nodes.screening.vocabulary import has_class

TALK = 0.3
"""From here on a stretch is words to the judge; the training script's folds show what this costs."""
ALONE = 0.6
"""By how much a part of a sentence must be clearer talk than the sentence as a whole is work."""
LINGERS = -0.5
"""After words to the judge the rest of their sentence counts only when it is this clearly of work."""


_JUDGES = ("reader", "you", "verdict", "criterion", "detail", "pretend", "authority", "pressure", "technical")
_FEWEST_WORDS = 2


def find_talk(text: str) -> Iterator[tuple[int, int]]:
    """Where words to the judge stand, in order."""
    for start, end in sentences(text):
        parts = segments(text, start, end)
        if any(_could_count(part) for part in parts):
            yield from _talk_in(parts)


def level_of(parts: Sequence[Segment]) -> float:
    """How clearly a sentence speaks to the judge as a whole; below 0 it speaks of work."""
    return score(tuple(token for part in parts for token in part.tokens), strongest([deed_of(part) for part in parts]))


def strongest(deeds: Sequence[Deed]) -> Deed:
    """The surest of some clauses' deeds."""
    order = (Deed.SURE, Deed.DOUBTFUL)
    return next((deed for deed in order if deed in deeds), Deed.NONE)


def _talk_in(parts: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    whole = level_of(parts)
    spoke = False
    for part in parts:
        deed = deed_of(part)
        level = whole if len(parts) == 1 else score(part.tokens, deed)
        talk = level > TALK if whole > TALK else level + whole > ALONE and _speaks_of_judging(part)
        told_by_talk = spoke and part.led_by == ":"
        own = deed is Deed.SURE and not told_by_talk and not (spoke and not names_writer(part))
        if told_by_talk or (not own and (whole > TALK or talk or (spoke and level > LINGERS))):
            yield part.start, part.end
        spoke = spoke or (talk and not own and _speaks_of_judging(part))


def _could_count(part: Segment) -> bool:
    """Whether a judge could count anything in it; `be nicer` needs no screening."""
    return any(token.frame in (NUMBER, DATE) or has_class(token.word, *_JUDGES, "text") for token in part.tokens)


def _speaks_of_judging(part: Segment) -> bool:
    """One word alone is too little to tell by: `note: 4 meetings a year`."""
    return len(part.tokens) >= _FEWEST_WORDS and any(has_class(token.word, *_JUDGES) for token in part.tokens)

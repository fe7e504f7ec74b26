"""A goal without what nobody sees: single spaces, no invisible letters; and its words found again as they were written."""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from nodes.coach import Exam
from nodes.screening.hidden import INVISIBLE

_WORD = re.compile(r"\S+")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n ?(?:\n ?)+| ?\n ?")


def plain(exam: Exam) -> Exam:
    """The exam with its text made plain, and its proposals where they stand then."""
    edges = sorted({edge for span in exam.proposals for edge in span})
    moved = {edge: len(plain_text(exam.text[:edge])) for edge in edges}
    text = plain_text(exam.text)
    return replace(exam, text=text, proposals=tuple((moved[a], moved[b]) for a, b in exam.proposals))


def plain_text(text: str) -> str:
    """Single spaces, at most one empty line, no invisible letters, nothing around."""
    text = _SPACES.sub(" ", INVISIBLE.sub("", text))
    return _AROUND_BREAKS.sub(lambda gap: "\n\n" if gap[0].count("\n") > 1 else "\n", text).lstrip()


def as_written(quote: str, text: str) -> str:
    """The words of a quote as they stand in `text`; empty when they don't."""
    if quote in text or not quote.strip():
        return quote if quote in text else ""
    words = list(_WORD.finditer(text))
    wanted = " ".join(quote.split())
    at = " ".join(word[0] for word in words).find(wanted)
    if at < 0:
        return ""
    starts = list(accumulate((len(word[0]) + 1 for word in words), initial=0))
    return text[_place(words, starts, at) : _place(words, starts, at + len(wanted) - 1) + 1]


def _place(words: list[re.Match[str]], starts: list[int], at: int) -> int:
    """Where a letter stands in the text that is letter `at` of its words with single spaces."""
    number = bisect_right(starts, at) - 1
    return words[number].start() + at - starts[number]

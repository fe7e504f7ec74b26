"""Cuts a message into segments, the pieces that can do different things, each with its place.

A segment ends where a sentence or a line does. Inside one, a turn may come at a comma, a dash, a `but` or before a word of
repair (`no wait`, `actually`): these are only offered, the acts decide whether both sides do the same.
"""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from nodes.english.words import DAY_OF_MONTH

LONGEST_SEGMENT = 1_000
"""Letters after which a text without any end is cut, so that reading it stays cheap."""
_END = re.compile(r"[.!?…。！？]+[\"'”’)\]]*(?=\s|$)|\n+|;(?=\s)|\s/(?=\s)")
_NUMBERED = re.compile(r"(?<!\S)\(?\d{1,2}[.)]\s+(?=\w)")
_MARK = re.compile(r"\s*(?:[-*•–—‣▪·]+\s|\(?\d{1,2}[.):]\s|\(?[a-h]\)\s)\s*")
_SHORT_FORM = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|dr|mrs|mr|ms|prof|st|no|nr|bzw|z\.\s?b|ca|sr|sra|dra|p\.\s?ej|np)|\b[a-z])$", re.I
)
_LOOSE_END = " ,-–—:("
_NUMBER = re.compile(r"(?:^|\s)\(?\d{1,2}$")
LONGEST_MONTH = 20
"""Letters behind a full stop that may name a month: `28. Februar`."""
_LIST_MARK = re.compile(r"(?:^|\n)\s*\(?(?:\d{1,2}|[a-h])$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a message: its text stands at [start, end)."""

    text: str
    start: int
    end: int
    item: bool = False
    """Whether it stood behind a bullet or a number."""


@cache
def _turns() -> re.Pattern[str]:
    """Where a sentence may turn: separators, and the words of repair and contrast of all languages."""
    words = sorted({word for language in _data().values() for word in language["words"]}, key=len, reverse=True)
    spoken = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(
        rf",\s+|\s+\((?=(?:no|not|sorry|rather|actually|i mean|make it|or)\b)|\s+[-–—]+\s+|\s*\.\.+\s*|:\s+|\s+(?=(?:{spoken})\b)",
        re.IGNORECASE,
    )


@cache
def _months() -> re.Pattern[str]:
    """A month's name behind its day, as German and Polish write it."""
    names = (name for language in _data().values() for name in language.get("months", ()))
    return re.compile(rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})\b", re.IGNORECASE)


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "vocabulary" / "turns.toml").read_text(encoding="utf-8"))


def segments(text: str) -> Iterator[Segment]:
    """The sentences, lines and list items of a message, in order."""
    start = 0
    for end, after in _ends(text):
        yield from _segment(text, start, end)
        start = after
    yield from _segment(text, start, len(text))


def pieces(segment: Segment) -> list[Segment]:
    """The segment cut at every place where it may turn; itself alone where there is none."""
    cuts = [
        match.end()
        for match in _turns().finditer(segment.text)
        if match.start() > 0 and match.end() < len(segment.text) and not _awaited(segment.text, match)
    ]
    edges = [0, *dict.fromkeys(cuts), len(segment.text)]
    return [
        Segment(
            segment.text[a:b].rstrip(_LOOSE_END),
            segment.start + a,
            segment.start + a + len(segment.text[a:b].rstrip(_LOOSE_END)),
        )
        for a, b in pairwise(edges)
        if segment.text[a:b].strip(_LOOSE_END)
    ]


def _awaited(text: str, match: re.Match[str]) -> bool:
    """`can wait until April` turns nowhere, nor does the number of a listed thing: `2: by May`."""
    if match[0].startswith(":") and _LISTED.search(text, 0, match.start()):
        return True
    return bool(
        _WAITING.match(text, match.end())
        or (_BEFORE_WAIT.search(text, 0, match.start()) and text.startswith("wait", match.end()))
    )


_LISTED = re.compile(r"(?:^|[,;]\s|\band\s)#?\d{1,2}$", re.IGNORECASE)
_WAITING = re.compile(r"wait (?:more|less|longer|long|until|till|for|in|at|on|outside|times?)\b", re.IGNORECASE)
_BEFORE_WAIT = re.compile(
    r"\b(?:can|could|will|would|to|must|should|may|might|i|we|they|not|can['’]t|won['’]t|people|patients)$",
    re.IGNORECASE,
)


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where a segment ends, and where the next may begin."""
    marks = [m.start() for m in _NUMBERED.finditer(text)]
    found = [(m.end(), m.end()) for m in _END.finditer(text) if not _goes_on(text, m)]
    found += [(mark, mark) for mark in marks if len(marks) > 1]
    yield from sorted(set(found))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """`e.g. this`, `Dr. Lee` and the `1.` of a list end nothing."""
    if match[0] != ".":
        return False
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + LONGEST_MONTH].lstrip()
    if DAY_OF_MONTH.search(before) and after[:1].islower():
        return True
    if _NUMBER.search(before) and (_months().match(after) or len(_NUMBERED.findall(text)) > 1):
        return True
    return bool(_SHORT_FORM.search(before) or _LIST_MARK.search(before))


def _segment(text: str, start: int, end: int) -> Iterator[Segment]:
    mark = _MARK.match(text, start, end)
    start = mark.end() if mark and mark.end() < end else start
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "/"):
        end -= 1
    while start < end:
        stop = min(end, start + LONGEST_SEGMENT)
        yield Segment(text[start:stop], start, stop, bool(mark and mark[0].strip()))
        start = stop

"""The sentences and list items of what an employee said, as one writes them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nodes.english.spelling import written
from nodes.english.words import DAY_OF_MONTH
from nodes.screening.delimiters import without_marks
from nodes.understanding.meta import is_no_plan

LONGEST_MESSAGE = 10_000
_SPACES = re.compile(r"[^\S\n]{4,}|[ \u00a0]+")
_OTHER_LINE_END = re.compile(r"[\u0085\u2028\u2029]")
_SHOUTED = 20
"""Capitals from which a text without any small letter is taken to be shouted."""
_SYMBOL_CATEGORIES = frozenset({"So", "Sk", "Cs", "Co"})
_MARK = re.compile(r"^\s*(?:[-*•–—‣▪·]+|\(?\d{1,2}[.):]|\(?[a-h]\))\s+")
_INLINE_MARK = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s+(?=[A-Za-z])")
_STOPS = re.compile(r"[.!?]+")
_ENDS_SENTENCE = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\b[Dd]r)(?<!\b[Mm]rs)(?<!\b[Mm]r)(?<!\b[Mm]s)(?<!\b[Pp]rof)(?<!\b[Ss]t)(?<!\bapprox)[.!?]"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item as it was said."""

    text: str
    message: int
    item: bool
    """Whether it stood on a line of its own behind a bullet or a number."""


@lru_cache(maxsize=256)
def clean(text: str) -> str:
    """A message as plain text: no control characters, emoji or look-alikes of prompt delimiters."""
    text = unicodedata.normalize("NFC", text[:LONGEST_MESSAGE]).replace("\r\n", "\n").replace("\t", " ")
    text = without_marks(text)
    if text.isupper() and sum(map(str.isupper, text)) > _SHOUTED:
        text = text.lower()
    return _SPACES.sub(_space, _MAYBE_SYMBOL.sub(_no_symbol, text)).strip()


_MAYBE_SYMBOL = re.compile(r"[^\x00-\x5d\x5f\x61-\x7f]")
"""Of ASCII only `^` and the grave accent are of a category that is left out."""


def _no_symbol(letter: re.Match[str]) -> str:
    return letter[0] if unicodedata.category(letter[0]) not in _SYMBOL_CATEGORIES or is_emoji(letter[0]) else " "


def is_emoji(letter: str) -> bool:
    """Whether a letter is a picture that people write on purpose (Unicode's emoji blocks, and skin tones)."""
    return "\U0001f300" <= letter <= "\U0001faff" or "\u2600" <= letter <= "\u27bf"


def _space(spaces: re.Match[str]) -> str:
    """One space, or the line end of another alphabet where one stands among many spaces."""
    line_end = _OTHER_LINE_END.search(spaces[0])
    return f"{line_end[0]} " if line_end else " "


def sentences(said: tuple[str, ...]) -> list[Sentence]:
    """Sentences and list items of all messages in order; questions, thanks and the like left out."""
    found: list[Sentence] = []
    for index, message in enumerate(said):
        for line, item in _lines(written(clean(message))):
            parts = [line] if item else list(_split_sentences(line))
            found += [Sentence(p, index, item) for p in parts if not is_no_plan(p)]
    return found


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    marks = [int(m.group(1)) for m in _INLINE_MARK.finditer(text)]
    if len(marks) > 1 and marks == list(range(marks[0], marks[0] + len(marks))):
        text = _INLINE_MARK.sub(lambda m: f"\n{m.group(1)}. ", text)
    for line in text.split("\n"):
        bare = _MARK.sub("", line).strip()
        if bare:
            yield bare, bare != line.strip()


def _split_sentences(line: str) -> Iterator[str]:
    start = 0
    for match in _STOPS.finditer(line):
        if _ends_sentence(line, match):
            yield line[start : match.end()].strip()
            start = match.end()
    if line[start:].strip():
        yield line[start:].strip()


def _ends_sentence(line: str, stops: re.Match[str]) -> bool:
    """`e.g. this`, `v2.0` and `Dr. Lee` go on."""
    if stops.end() < len(line) and not line[stops.end()].isspace():
        return False
    if (
        DAY_OF_MONTH.search(line, max(0, stops.start() - 14), stops.start())
        and line[stops.end() :].lstrip()[:1].islower()
    ):
        return False
    return stops.end() - stops.start() > 1 or bool(_ENDS_SENTENCE.match(line, stops.start()))

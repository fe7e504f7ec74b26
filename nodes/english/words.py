"""Cuts a text into words and clauses."""

import re
from dataclasses import dataclass
from itertools import pairwise

from nodes.english.lexicon import GENERIC, STOP, singular
from nodes.english.vocabulary import MONTHS

WORD = re.compile(r"(?<!\w)[^\W\d_](?:[\w'’&+#/-]{0,40}[\w+#])?")
CLAUSE_BREAK = re.compile(
    r"[;:!?()\n•|\x00]|,(?!\d)|\.(?=\s|$)|(?:^|(?<=\n))[ \t]*[-–—*][ \t]|\s[-–—]\s|"
    r"\b(?:because|so that|which|where|while)\b|\sand (?=(?:I|i|we)\b)"
)
DAY_OF_MONTH = re.compile(rf"\b(?:{MONTHS})\.? \d{{1,2}}$", re.IGNORECASE)
"""Before a stop that ends no sentence: `feb 2. toolbox talk` goes on."""
SENTENCE_BREAK = re.compile(r"[!?\n;•\x00]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text and where it stands."""

    start: int
    end: int
    lower: str
    capital: bool


def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; numbers aren't words."""
    return tuple(
        Word(m.start(), m.end(), m[0].lower().replace("’", "'"), m[0][0].isupper()) for m in WORD.finditer(text)
    )


def pieces(text: str, breaks: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """The stretches of `text` between the breaks, empty ones left out."""
    cuts = [0, *(edge for m in breaks.finditer(text) for edge in m.span()), len(text)]
    trimmed = (_trimmed(text, a, b) for a, b in list(pairwise(cuts))[::2])
    return tuple((a, b) for a, b in trimmed if a < b)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def is_content(word: str) -> bool:
    """Whether a word can tell one goal from another: neither a function word nor a commonplace."""
    base = singular(word)
    return len(word) > 1 and not ({word, base} & STOP) and not ({word, base} & GENERIC)

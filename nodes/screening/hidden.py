"""Text that hides what it says: other scripts inside a word, digits for letters, words turned round or shifted, other languages."""

# ruff: noqa: E501 - a word list or a pattern reads best unbroken

import re
from collections.abc import Iterator

from nodes.english.lexicon import STOP
from nodes.screening.foreign import is_foreign

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+"
)
_UNITS = r"(?:[kM]?Ω|μ[A-Za-z]{1,3}|Δ[A-Za-z]{1,2})\b"
_MIXED = re.compile(rf"\b(?!{_UNITS})(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u04ff])\w+")
"""Letters of two scripts in one word; `kΩ` and `μm` are units."""
_FAR = r"[\u0370-\u06ff\u3040-\u9fff\uac00-\ud7af]"
_OTHER_SCRIPT = re.compile(rf"{_FAR}[^A-Za-z\n]{{4,200}}{_FAR}")
_LEET = re.compile(r"\b[a-z]*+\d++[a-z]++\d*+[a-z_]*+\b|\b[a-z]++\d++[a-z]++\w*+\b", re.IGNORECASE)
_INNER_DIGIT = re.compile(r"[a-z]\d+[a-z]", re.IGNORECASE)
_MOST_LEET = 3
_TECHNICAL = re.compile(r"[a-z]\d{1,2}[a-z]s?|\d+(?:st|nd|rd|th|[a-z]{1,2}|min|mins|days?)", re.IGNORECASE)
"""`k8s`, `B2B`, `3rd`, `5kg`: digits among letters as everybody writes them."""
_LONG_QUOTE = re.compile(r"(?<!\w)(?:'[^'\n]{40,}?'|\"[^\"\n]{40,}?\")(?!\w)")
_MARKED_WORD = re.compile(r"[A-Za-z]*[\u00df-\u017e]\w*")
"""In lower case: names with accents make a sentence no other language."""
_ENGLISH = re.compile(r"\b(?:the|and|of|to|for|with|in|my|by|at|from|on)\b", re.IGNORECASE)
"""Words that stand in nearly every English sentence."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_TURNED = 2
_ROT13 = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
_FULL_ELSEWHERE = re.compile(
    r"\b(?:10|20|100|zehn|dix|diez|dieci)\s(?:von|sur|de|su|av|van|z|på|sobre)\s(?:10|20|100|zehn|dix|diez|dieci)\b",
    re.IGNORECASE,
)
"""A full score as other languages write it."""


def hides(sentence: str) -> bool:
    """Whether a whole sentence is written so that people don't read what it says, or not in English."""
    return bool(_MIXED.search(sentence)) or _is_leet(sentence) or _is_foreign(sentence)


def _is_foreign(sentence: str) -> bool:
    marked = sum(word[0].islower() for word in _MARKED_WORD.findall(sentence))
    return (
        is_foreign(sentence)
        or bool(_FULL_ELSEWHERE.search(sentence))
        or (marked >= 2 and not _ENGLISH.search(sentence))
    )


def find_hidden(text: str) -> Iterator[tuple[int, int]]:
    """Runs of another script and long quotations, wherever they stand."""
    for pattern in (_OTHER_SCRIPT, _LONG_QUOTE):
        yield from (match.span() for match in pattern.finditer(text))


def find_turned(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The run of a sentence whose common words stand the wrong way round."""
    words = [m for m in _WORD.finditer(text, start, end) if _is_turned(m[0].lower())]
    if len(words) >= _FEWEST_TURNED:
        left = max(start, text.rfind(" ", start, max(start, words[0].start() - 1)) + 1)
        yield left, end


def _is_turned(word: str) -> bool:
    return word not in STOP and (word[::-1] in STOP or word.translate(_ROT13) in STOP)


def _is_leet(sentence: str) -> bool:
    odd = [word for word in _LEET.findall(sentence) if not _TECHNICAL.fullmatch(word)]
    return len(odd) >= _MOST_LEET and any(_INNER_DIGIT.search(word) for word in odd)

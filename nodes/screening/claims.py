"""Scores as one claims them and criteria strewn into a sentence: blanked where they follow no deed of its own."""

# ruff: noqa: E501 - a word list or a pattern reads best unbroken

import re
from collections.abc import Iterator
from itertools import groupby

from nodes.screening.counting import LEADS, is_filler
from nodes.screening.deeds import Deed, Told, read_sentences
from nodes.screening.segments import DATE, NUMBER, Token
from nodes.screening.talk import ONLY, level_of

_CLAIMS = {
    "a named score": r"[\"']?\b(?:score|rating|grade|level|points|marks|total)[\"']?\s?[:=]\s?[\"']?\d+(?:\s?/\s?\d+)?",
    "a named criterion": r"\b(?:specificity|measurability|time_?-?bound|alignment|achievability|clarity|authenticity)[\"']?\s?[:=]\s?\d+",
    "a full score": r"(?<![\w.,-])(?:10|ten|100) ?/ ?(?:10|100)\b(?! ?confiden)",
    "a score of ten": r"(?<![\w.,-])(?:10|ten|100) out of (?:10|ten|100)\b",
    "all of as many": r"(?<![\w.,-])(\d+) (?:of|out of|/) \1\b(?! (?:[a-z]+ ){0,2}[a-z]+ed\b)",
    "points": r"(?<![\w.,-])(?:10|ten|100)\s?(?:points?|stars?|marks)\b",
    "a number of a paper": r"\bpage \d+ of \d+\b|\b(?:case no\.?|ext\.?|room|form|build) [\w./%-]*\d[\w./%-]*|\bv\d+(?:\.\d+)+\b|\+\d[\d ]{6,}",
}
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _CLAIMS.values())
_FEWEST_STREWN = 3
"""Words of judging in a row that no grammar joins."""
CLEARLY_WORK = -1.0
"""A sentence whose level is below keeps its claims: `10 points in the hygiene check`."""


def find_claims(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand."""
    found = [match.span() for pattern in _COMPILED for match in pattern.finditer(text)]
    sentences = read_sentences(text)
    clearly = CLEARLY_WORK + ONLY * (len(sentences) == 1)
    for told in sentences:
        claims = [span for span in found if told.start <= span[0] < told.end]
        runs = list(_strewn([token for part in told.parts for token in part.tokens]))
        if (claims or runs) and level_of(told.parts, told.deeds) > clearly:
            yield from runs
            yield from _idle(told, claims)


def _idle(told: Told, claims: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of a sentence before which nothing is done."""
    does = next((part.start for part, deed in zip(told.parts, told.deeds, strict=True) if deed is Deed.SURE), None)
    yield from (span for span in claims if does is None or span[0] < does)


def _strewn(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Words of judging, numbers and dates in a row."""
    for strewn, run in groupby(tokens, lambda token: token.word in LEADS or _may_be_strewn(token)):
        row = [token for token in run if strewn]
        while row and not _may_be_strewn(row[-1]):
            row.pop()
        if sum(is_filler(token.word) for token in row) >= _FEWEST_STREWN:
            yield row[0].start, row[-1].start + len(row[-1].word)


def _may_be_strewn(token: Token) -> bool:
    return token.frame in (NUMBER, DATE) or is_filler(token.word)

"""A text as a sparse vector of hashed character and word n-grams: what the learned heads read.

Feature hashing as in Weinberger et al. 2009 (without the sign, which a linear head of this width doesn't need).
"""

import re
import unicodedata
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

WIDTH = 1 << 16
"""Rows of a head. Twice as many gained nothing in cross-validation, half as many lost a point."""
CHARACTERS = (2, 3, 4, 5)
"""Lengths of the character n-grams: stems and endings of five languages, and misspelt words."""
MOST_LETTERS = 600
"""Letters of a segment that are read: what somebody means stands at its beginning."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[?!]|\.\.\.")
_NUMBER = re.compile(r"\d+(?:[.,'’ ]\d+)*")
_PRIMES = np.array([2654435761, 2246822519, 3266489917, 668265263, 374761393], dtype=np.uint32)
Vector = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Rows and their weights."""


@lru_cache(maxsize=2048)
def vector(text: str) -> Vector:
    """Rows and weights of a text; characters and words have length one each."""
    folded = fold(text[:MOST_LETTERS])
    words = _WORD.findall(folded)
    groups = [_characters(" " + " ".join(words) + " "), _words(words)]
    rows = np.concatenate(groups)
    weights = np.concatenate([np.full(len(g), 1 / np.sqrt(max(len(g), 1)), dtype=np.float32) for g in groups])
    return rows, weights


def fold(text: str) -> str:
    """Lower case without accents, every number a 0: `Więcej niż 12` as `wiecej niz 0`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ß", "ss"))
    return _NUMBER.sub("0", "".join(c for c in plain if not unicodedata.combining(c)))


def _characters(text: str) -> NDArray[np.int64]:
    letters = np.frombuffer(text.encode(), dtype=np.uint8).astype(np.uint32)
    found = [_rolled(letters, n) for n in CHARACTERS if len(letters) >= n]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _rolled(letters: NDArray[np.uint32], n: int) -> NDArray[np.int64]:
    """The row of each run of `n` bytes."""
    count = len(letters) - n + 1
    mixed = np.full(count, n * 0x9E3779B1 & 0xFFFFFFFF, dtype=np.uint32)
    for place in range(n):
        mixed = (mixed ^ (letters[place : place + count] * _PRIMES[place])) * _PRIMES[4]
        mixed ^= mixed >> np.uint32(15)
    return (mixed % np.uint32(WIDTH)).astype(np.int64)


def _words(words: list[str]) -> NDArray[np.int64]:
    marked = ["<", *words, ">"]
    grams = [*words, *map(" ".join, zip(marked, marked[1:], strict=False))]
    grams += [f"{a} {b} {c}" for a, b, c in zip(marked, marked[1:], marked[2:], strict=False)]
    grams += [f"{a} _ {b}" for a, b in zip(marked, marked[2:], strict=False)]
    grams += [f"^{word}" for word in words[:3]]
    return np.unique(np.array([zlib.crc32(gram.encode()) % WIDTH for gram in grams], dtype=np.int64))

"""A text as a sparse vector of hashed character and word n-grams: what the learned heads read.

Feature hashing as in Weinberger et al. 2009 (without the sign, which a linear head of this width doesn't need).
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
Rows = NDArray[np.int64]
_BITS = WIDTH.bit_length() - 1


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of some texts, one behind the other."""

    rows: Rows
    strengths: NDArray[np.float32]
    """Of a text, what comes of characters has length one, and so has what comes of words."""
    starts: Rows
    """Where each text begins in both."""

    def split(self) -> list[tuple[Rows, NDArray[np.float32]]]:
        """Rows and strengths of each text."""
        edges = [*map(int, self.starts), len(self.rows)]
        return [(self.rows[a:b], self.strengths[a:b]) for a, b in pairwise(edges)]


def vectors(texts: Sequence[str]) -> Vectors:
    """All texts at once; each is as it would be alone."""
    spoken = [_WORD.findall(fold(text[:MOST_LETTERS])) for text in texts]
    characters, words = _characters([f" {' '.join(one)} " for one in spoken]), _words(spoken)
    keys = np.concatenate([characters, words])
    owners = keys >> _BITS
    strengths = np.concatenate([_even(characters, len(texts)), _even(words, len(texts))])
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(len(texts)))
    return Vectors((keys & (WIDTH - 1))[order], strengths[order], starts)


def _even(keys: Rows, count: int) -> NDArray[np.float32]:
    """The strength of each key, so that those of a text have length one together."""
    owners = keys >> _BITS
    sizes = np.bincount(owners, minlength=count)
    strengths: NDArray[np.float32] = (1 / np.sqrt(np.maximum(sizes, 1))).astype(np.float32)[owners]
    return strengths


def fold(text: str) -> str:
    """Lower case without accents, every number a 0: `Więcej niż 12` as `wiecej niz 0`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ß", "ss"))
    return _NUMBER.sub("0", plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c)))


def _characters(texts: Sequence[str]) -> Rows:
    """Keys (text and row) of the character n-grams of all texts, each once."""
    encoded = [text.encode() for text in texts]
    letters = np.frombuffer(b"".join(encoded), dtype=np.uint8).astype(np.uint32)
    owners = np.repeat(np.arange(len(texts)), [len(one) for one in encoded])
    return np.unique(np.concatenate([_rolled(letters, owners, n) for n in CHARACTERS]))


def _rolled(letters: NDArray[np.uint32], owners: Rows, n: int) -> Rows:
    """The key of each run of `n` bytes inside one text."""
    count = max(len(letters) - n + 1, 0)
    mixed = np.full(count, n * 0x9E3779B1 & 0xFFFFFFFF, dtype=np.uint32)
    for place in range(n):
        mixed = (mixed ^ (letters[place : place + count] * _PRIMES[place])) * _PRIMES[4]
        mixed ^= mixed >> np.uint32(15)
    inside = owners[:count] == owners[n - 1 : n - 1 + count]
    keys: Rows = ((owners[:count] << _BITS) + (mixed % np.uint32(WIDTH)))[inside]
    return keys


def _words(spoken: Sequence[Sequence[str]]) -> Rows:
    """Keys of the words of all texts, alone, in twos and threes, each once."""
    grams = [_grams(words) for words in spoken]
    rows = np.array([zlib.crc32(gram.encode()) % WIDTH for one in grams for gram in one], dtype=np.int64)
    owners = np.repeat(np.arange(len(spoken)), [len(one) for one in grams])
    return np.unique((owners << _BITS) + rows)


def _grams(words: Sequence[str]) -> list[str]:
    marked = ["<", *words, ">"]
    grams = [*words, *map(" ".join, pairwise(marked))]
    grams += [f"{a} {b} {c}" for a, b, c in zip(marked, marked[1:], marked[2:], strict=False)]
    grams += [f"{a} _ {b}" for a, b in zip(marked, marked[2:], strict=False)]
    return grams + [f"^{word}" for word in words[:3]]

"""A text as a sparse vector of hashed character and word n-grams: what the learned heads read.

Feature hashing as in Weinberger et al. 2009 (without the sign, which a linear head of this width doesn't need).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from zlib import crc32

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
_MAYBE_ACCENT = re.compile(r"[^\x00-\x7f]")
_PRIMES = np.array([2654435761, 2246822519, 3266489917, 668265263, 374761393], dtype=np.uint32)
_SEEDS = np.array([[n * 0x9E3779B1 & 0xFFFFFFFF] for n in CHARACTERS], dtype=np.uint32)
_FIRST = crc32(b"^")
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
    keys = np.sort(np.concatenate([_characters([f" {' '.join(one)} " for one in spoken]), _words(spoken)]))
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    kinds = keys >> _BITS  # the characters of the first text, its words, the characters of the second …
    strengths = (1 / np.sqrt(np.maximum(np.bincount(kinds), 1))).astype(np.float32)[kinds]
    return Vectors(keys & (WIDTH - 1), strengths, np.searchsorted(kinds, np.arange(0, 2 * len(texts), 2)))


def fold(text: str) -> str:
    """Lower case without accents, every number a 0: `Więcej niż 12` as `wiecej niz 0`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ß", "ss"))
    return _NUMBER.sub("0", _MAYBE_ACCENT.sub(_no_accent, plain))


def _no_accent(letter: re.Match[str]) -> str:
    return "" if unicodedata.combining(letter[0]) else letter[0]


def _characters(texts: Sequence[str]) -> Rows:
    """Keys (text and row) of the character n-grams of all texts."""
    encoded = [text.encode() for text in texts]
    letters = np.frombuffer(b"".join([*encoded, bytes(CHARACTERS[-1])]), dtype=np.uint8).astype(np.uint32)
    owners = np.repeat(np.arange(len(texts) + 1), [*map(len, encoded), CHARACTERS[-1]])
    count = len(letters) - CHARACTERS[-1]
    mixed = np.repeat(_SEEDS, count, axis=1)
    for place, prime in enumerate(_PRIMES):
        longer = mixed[max(0, place + 1 - CHARACTERS[0]) :]
        longer ^= letters[place : place + count] * prime
        longer *= _PRIMES[-1]
        longer ^= longer >> np.uint32(15)
    keys = (owners[:count] << (_BITS + 1)) + (mixed & np.uint32(WIDTH - 1))
    return np.concatenate(
        [row[owners[:count] == owners[n - 1 : n - 1 + count]] for n, row in zip(CHARACTERS, keys, strict=True)]
    )


def _words(spoken: Sequence[Sequence[str]]) -> Rows:
    """Keys of the words of all texts, alone, in twos and threes."""
    grams = [_grams(words) for words in spoken]
    owners = np.repeat(np.arange(1, 2 * len(spoken), 2), [*map(len, grams)])
    return (owners << _BITS) + (np.array([*chain.from_iterable(grams)]) & (WIDTH - 1))


def _grams(words: Sequence[str]) -> list[int]:
    """The checksums of `a`, `a b`, `a b c`, `a _ c` and, of the first three, `^a`; each goes on from that of its beginning."""
    plain = [word.encode() for word in ("<", *words, ">")]
    behind = [b" " + word for word in plain]
    ones = [*map(crc32, plain)]
    twos = [*map(crc32, behind[1:], ones)]
    threes = map(crc32, behind[2:], twos)
    gapped = map(crc32, behind[2:], (crc32(b" _", one) for one in ones))
    firsts = (crc32(word, _FIRST) for word in plain[1:-1][:3])
    return [*ones[1:-1], *twos, *threes, *gapped, *firsts]

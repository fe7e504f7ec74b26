"""The corpus: companies of many sizes and their passages, the same on every run, made anew wherever they are needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
from numpy.typing import NDArray

from bench.windows import Bases, Vectors
from state.identity import TenantId, proven_tenant

PASSAGES = 1_000_000
SEED = 7
SIGMA = 0.025
"""Of the noise on each of 384 dimensions: a passage's mean cosine to the window it is made of is 0.90."""
SHARES = (
    (1, 100_000, 100_000),
    (5, 20_000, 20_000),
    (40, 5_000, 5_000),
    (800, 477, 1_000),
    (154, 20, 100),
)
"""Of a million passages: companies, and from how many to how many passages each has."""
LARGEST_OF_FEW = 20_000
"""Passages of the largest company where the corpus is scaled down, so that it has indexes of its own there too."""
PER_DOCUMENT = 200
CATEGORIES = ("career_framework", "values", "performance_guidelines", "policies", "projects", "benefits")
PHASE = CATEGORIES[:2]
"""As the phase about an employee's future prefers."""
OWN_WORDS = 300
"""Words that only one company has, the first far more often than the last."""
WORDS_A_PASSAGE = 4
SYLLABLES = tuple(f"{consonant}{vowel}" for consonant in "bdfgklmnprstvz" for vowel in "aeiou")


@dataclass(frozen=True, slots=True)
class Company:
    """One company of the corpus."""

    number: int
    passages: int
    size: str
    """Its size class."""

    @property
    def tenant(self) -> TenantId:
        """Its id."""
        return proven_tenant(uuid5(NAMESPACE_URL, f"petraf bench {self.number}"))


@dataclass(frozen=True, slots=True)
class Passages:
    """All passages of a company. Page n + 1 is passage n, so that a page names a passage."""

    contents: tuple[str, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    categories: tuple[str, ...]
    document_ids: tuple[str, ...]
    vectors: Vectors


def companies(passages: int) -> list[Company]:
    """The companies of a corpus of so many passages, the largest first; the small ones make the sum come out."""
    rng = np.random.default_rng(SEED)
    scale = passages / PASSAGES
    found: list[Company] = []
    for count, least, most in SHARES:
        name = f"<= {most:,}" if least < most else f"{most:,}"
        if least < most:
            count, low, high = max(3, round(count * scale)), least, most
        else:
            low = high = max(100, round(most * scale))
        if not found and scale < 1:
            low = high = max(high, min(LARGEST_OF_FEW, passages // 2))
        name = name if least < most else f"{high:,}"
        sizes = rng.integers(low, high, count, endpoint=True)
        found += [Company(len(found) + n, int(size), name) for n, size in enumerate(sizes)]
    return _summing_up(found, passages)


def _summing_up(found: list[Company], passages: int) -> list[Company]:
    """Companies of 477 to 1,000 passages are made larger or smaller by a few until the sum is right."""
    adjusted = [company for company in found if company.size == "<= 1,000"]
    missing = passages - sum(company.passages for company in found)
    grown: dict[int, Company] = {}
    for left, company in zip(range(len(adjusted), 0, -1), adjusted, strict=True):
        step = int(np.clip(round(missing / left), 101 - company.passages, 1_000 - company.passages))
        missing -= step
        grown[company.number] = Company(company.number, company.passages + step, company.size)
    return [grown.get(company.number, company) for company in found]


def sizes(found: list[Company]) -> list[str]:
    """The size classes, the smallest first."""
    return list(dict.fromkeys(company.size for company in reversed(found)))


def vectors_of(company: Company, bases: Bases) -> Vectors:
    """The vectors of a company's passages alone, in order."""
    rng = _rng(company)
    return noisy(bases.windows.vectors[_chosen(company, bases, rng)], rng)


def passages_of(company: Company, bases: Bases) -> Passages:
    """All passages of a company."""
    rng = _rng(company)
    chosen = _chosen(company, bases, rng)
    vectors = noisy(bases.windows.vectors[chosen], rng)
    words = own_words(company)
    drawn = np.minimum(rng.zipf(1.3, (company.passages, WORDS_A_PASSAGE)), OWN_WORDS) - 1
    windows = [bases.windows.texts[index] for index in chosen]
    numbers = range(company.passages)
    return Passages(
        contents=tuple(
            f"{window} {' '.join(words[word] for word in row)}" for window, row in zip(windows, drawn, strict=True)
        ),
        titles=tuple(f"{words[n // PER_DOCUMENT % OWN_WORDS]} handbook" for n in numbers),
        headings=tuple(" ".join(windows[n // 8 * 8].split()[:4]) for n in numbers),
        categories=tuple(CATEGORIES[n // PER_DOCUMENT % len(CATEGORIES)] for n in numbers),
        document_ids=tuple(f"{company.tenant}-{n // PER_DOCUMENT}" for n in numbers),
        vectors=vectors,
    )


def own_words(company: Company) -> tuple[str, ...]:
    """The words that only this company has."""
    rng = np.random.default_rng((SEED, company.number, 1))
    return tuple("".join(SYLLABLES[part] for part in row) for row in rng.integers(0, len(SYLLABLES), (OWN_WORDS, 4)))


def noisy(vectors: Vectors, rng: np.random.Generator) -> Vectors:
    """The vectors a little beside where they were, of unit length again."""
    moved = vectors + rng.standard_normal(vectors.shape, dtype=np.float32) * np.float32(SIGMA)
    unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return unit


def documents_of(passages: Passages) -> Iterator[tuple[int, int]]:
    """From which to which passage each document goes."""
    for start in range(0, len(passages.contents), PER_DOCUMENT):
        yield start, min(start + PER_DOCUMENT, len(passages.contents))


def tenant_of(document_id: str) -> UUID:
    """The company whose document this is."""
    return UUID(document_id[:36])


def _rng(company: Company) -> np.random.Generator:
    return np.random.default_rng((SEED, company.number))


def _chosen(company: Company, bases: Bases, rng: np.random.Generator) -> NDArray[np.int64]:
    return rng.integers(0, len(bases.windows.texts), company.passages)

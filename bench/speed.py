"""Times one search after the other: the product's, PGVectorStore's, and the floor, in turn so that noise hits all alike."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from bench.corpus import PHASE, vectors_of
from bench.queries import Precomputed, Query
from bench.recall import BEST, nearest
from bench.store import PlainStore
from bench.windows import Bases, Vectors
from retrievers.library import Library
from retrievers.search import CompanyRetriever
from state.records.database import Database

Answer = TypeVar("Answer")

LACKED = ("nowhere",)
"""A category that a company has no passage of."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, query by query."""

    floor: list[float] = field(default_factory=list)
    petraf: list[float] = field(default_factory=list)
    lacking: list[float] = field(default_factory=list)
    """Petraf's where the preferred category is one that the company has no passage of."""
    store: list[float] = field(default_factory=list)
    store_recall: list[float] = field(default_factory=list)


async def measure_speed(library: Library, store: PlainStore, asked: list[Query], bases: Bases) -> Times:
    """Every query once to warm up, then once more with the watch; brute force comes after, so that it slows nothing."""
    times = Times()
    for query in asked:
        await _each(library, store, query, Times())
    by_company = sorted(asked, key=lambda query: query.company.number)
    found = [(query, await _each(library, store, query, times)) for query in by_company]
    held: tuple[int, Vectors] | None = None
    for query, pages in found:
        if held is None or held[0] != query.company.number:
            held = (query.company.number, vectors_of(query.company, bases))
        times.store_recall.append(len(nearest(held[1] @ query.vector).intersection(pages)) / BEST)
    return times


def percentile(values: list[float], share: int) -> float:
    """The `share`-th percentile."""
    return float(np.percentile(values, share))


async def _each(library: Library, store: PlainStore, query: Query, times: Times) -> list[int]:
    model = library.model.embeddings
    if not isinstance(model, Precomputed):
        raise TypeError("a timed search must not embed")
    model.vector = query.vector.tolist()
    tenant = query.company.tenant
    preferring = CompanyRetriever(tenant=tenant, library=library, categories=PHASE)
    lacking = CompanyRetriever(tenant=tenant, library=library, categories=LACKED)
    await _timed(lambda: _floor(library.database, query), times.floor)
    await _timed(lambda: preferring.passages(query.text), times.petraf)
    await _timed(lambda: lacking.passages(query.text), times.lacking)
    return await _timed(lambda: store.search(tenant, query.text, BEST), times.store)


async def _timed(call: Callable[[], Awaitable[Answer]], into: list[float]) -> Answer:
    begun = time.perf_counter()
    answer = await call()
    into.append((time.perf_counter() - begun) * 1000)
    return answer


async def _floor(database: Database, query: Query) -> None:
    """The least that a statement in a tenant's transaction takes."""
    await database.alone(query.company.tenant).all(dict, "embedding_model")

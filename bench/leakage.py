"""Searches as random companies, many at once on few connections, and counts what belongs to somebody else."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from rich.progress import Progress

from bench.corpus import companies, tenant_of
from bench.queries import Query, queries
from bench.windows import Bases, load_bases
from retrievers.embeddings import build_embeddings
from retrievers.library import Library
from retrievers.search import CompanyRetriever
from state.records.database import Database

PROCESSES = 2
CONNECTIONS = 4
"""Of each process: fewer than there are searches at once, so that one company's connection is soon another's."""
AT_ONCE = 8
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Leakage:
    """What all searches found."""

    searches: int
    found: int
    foreign: int
    empty: int
    """Searches that found nothing at all."""

    def __add__(self, other: "Leakage") -> "Leakage":
        return Leakage(
            self.searches + other.searches,
            self.found + other.found,
            self.foreign + other.foreign,
            self.empty + other.empty,
        )


def measure_leakage(url: str, passages: int, searches: int, progress: Progress) -> Leakage:
    """Run so many searches and look at every candidate that came back."""
    task = progress.add_task(f"looking for leaks in {searches:,} searches", total=searches)
    total = Leakage(0, 0, 0, 0)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        chunks = [
            pool.submit(_chunk, url, passages, min(CHUNK, searches - start), start)
            for start in range(0, searches, CHUNK)
        ]
        for done in as_completed(chunks):
            total += done.result()
            progress.update(task, completed=total.searches)
    return total


@cache
def _bases() -> Bases:
    with Progress(disable=True) as progress:
        return load_bases(progress)


def _chunk(url: str, passages: int, count: int, seed: int) -> Leakage:
    return asyncio.run(_search_all(url, queries(companies(passages), _bases(), count, seed=seed + 1)))


async def _search_all(url: str, asked: Iterator[Query]) -> Leakage:
    async with Database.connect(url, pool_size=CONNECTIONS) as database:
        library = Library(database, build_embeddings("local"))

        async def search() -> Leakage:
            total = Leakage(0, 0, 0, 0)
            for query in asked:
                total += await _search(library, query)
            return total

        return sum(await asyncio.gather(*(search() for _ in range(AT_ONCE))), Leakage(0, 0, 0, 0))


async def _search(library: Library, query: Query) -> Leakage:
    """All candidates: more than `passages` would let through."""
    tenant = query.company.tenant
    found = await CompanyRetriever(tenant=tenant, library=library).search(query.understood(library.model))
    foreign = sum(tenant_of(one.document_id) != tenant for one in found)
    return Leakage(1, len(found), foreign, not found)

"""Benchmark A: a million passages of a thousand companies. What is found, how fast, and whether it is the company's own."""

import asyncio
import hashlib
from collections.abc import Awaitable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from psycopg import AsyncConnection, connect
from psycopg.sql import SQL, Identifier
from rich.progress import Progress

from bench.corpus import PHASE, Company, companies, sizes
from bench.leakage import Leakage, measure_leakage
from bench.load import load, stamp
from bench.places import BENCH_FOLDER
from bench.plans import Watched, reads
from bench.queries import Precomputed, Query, queries
from bench.recall import Recall, measure_recall
from bench.server import bench_server, database_url, drop_database
from bench.speed import Times, measure_speed
from bench.store import PlainStore, build_store
from bench.windows import Bases, load_bases
from retrievers import indexes
from retrievers.embeddings import build_embeddings
from retrievers.library import Library
from retrievers.search import FLOOR, CompanyRetriever
from state.records.database import Database
from state.records.documents.corpus import TUNE_INDEXES, search_corpus, search_indexes

Answer = TypeVar("Answer")
CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """How much a run asks."""

    passages: int
    queries: int
    """Of each size class."""
    searches: int
    """For leaks."""
    reuse: bool = False
    """Take the corpus that is there, whatever its schema; one of other texts can't be compared with brute force."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A corpus that is loaded and indexed, and both ways to search it."""

    url: str
    library: Library
    store: PlainStore
    bases: Bases


@dataclass(frozen=True, slots=True)
class OfSize:
    """What was measured for one size class."""

    size: str
    companies: int
    recall: Recall
    times: Times


@dataclass(frozen=True, slots=True)
class Plan:
    """How the largest company was searched."""

    indexed: bool
    indexes: list[str]
    """That the statement's plan names."""
    reads: tuple[int, int]
    """Of the index by vector, and of the one by word."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Everything that benchmark A measured."""

    passages: int
    of_size: list[OfSize]
    leakage: Leakage
    plan: Plan

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


async def run_search(asked: Asked, progress: Progress) -> SearchResult:
    """Make the corpus if it isn't there, then measure."""
    bases = load_bases(progress)
    wanted = companies(asked.passages)
    with bench_server() as server:
        url = _corpus(server, asked, wanted, bases, progress)
        async with Database.connect(url, pool_size=CONNECTIONS) as database:
            model = replace(build_embeddings("local"), embeddings=Precomputed())
            library = Library(database, model)
            building = indexes.index_large_companies(database, url)
            await _shown(building, "building large companies' indexes", progress)
            await build_store(url, model.embeddings, progress)
            await _settled(url)
            store = await PlainStore.open(url, model.embeddings)
            try:
                ready = Ready(url, library, store, bases)
                measured = [
                    await _of_size(size, [one for one in wanted if one.size == size], asked.queries, ready, progress)
                    for size in sizes(wanted)
                ]
            finally:
                await store.close()
            plan = await _plan(library, next(queries(wanted[:1], bases, 1)))
        leakage = await asyncio.to_thread(measure_leakage, url, asked.passages, asked.searches, progress)
    return SearchResult(asked.passages, measured, leakage, plan)


def _corpus(server: str, asked: Asked, wanted: list[Company], bases: Bases, progress: Progress) -> str:
    """The address of a database that holds the corpus."""
    name = f"bench_{asked.passages}"
    note = BENCH_FOLDER / f"{name}.stamp"
    expected = stamp(bases, asked.passages)
    held = note.read_text().split() if note.exists() else []
    if held != expected and not (asked.reuse and held[:1] == expected[:1]):
        drop_database(server, name)
        note.write_text(" ".join(expected))
    url = database_url(server, name)
    load(url, wanted, bases, progress)
    _drop_outdated_indexes(url, BENCH_FOLDER / f"{name}.indexes")
    return url


def _drop_outdated_indexes(url: str, note: Path) -> None:
    """Large companies' indexes are built anew when the product has come to build them in another way."""
    way = hashlib.sha256(Path(indexes.__file__).read_bytes()).hexdigest()
    if note.exists() and note.read_text() == way:
        return
    with connect(url, autocommit=True) as connection:
        found = connection.execute(
            "select relname from pg_class where relkind = 'i' and relname ~ '^rag_(near|words)_[0-9a-f]{32}$'"
        )
        for (index,) in found.fetchall():
            connection.execute(SQL("drop index {}").format(Identifier(index)))
    note.write_text(way)


async def _settled(url: str) -> None:
    """Write out what loading left, so that it isn't written while searches are timed."""
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("vacuum analyze rag_corpus")
        await connection.execute("checkpoint")


async def _of_size(size: str, of_size: list[Company], count: int, ready: Ready, progress: Progress) -> OfSize:
    asked = list(queries(of_size, ready.bases, count))
    timing = measure_speed(ready.library, ready.store, asked, ready.bases)
    times = await _shown(timing, f"timing companies of {size}", progress)
    async with await AsyncConnection.connect(ready.url, autocommit=True, prepare_threshold=None) as owner:
        comparing = measure_recall(ready.library, owner, asked, ready.bases, FLOOR)
        recall = await _shown(comparing, f"comparing companies of {size} with brute force", progress)
    return OfSize(size, len(of_size), recall, times)


async def _plan(library: Library, query: Query) -> Plan:
    """The search of the largest company, in one transaction that can be watched."""
    tenant = query.company.tenant
    async with library.database.tenant(tenant) as tx:
        watched = Watched(tx.connection)
        retriever = CompanyRetriever(tenant=tenant, library=library, categories=PHASE)
        wanted = retriever.wanted(query.understood(library.model))
        corpus, _ = await search_corpus(tx, wanted)
        before = await reads(tx, tenant)
        await tx.run(TUNE_INDEXES)
        await search_indexes(watched, tenant, wanted, corpus)
        after = await reads(tx, tenant)
    return Plan(corpus.indexed, sorted(watched.indexes()), (after[0] - before[0], after[1] - before[1]))


async def _shown(work: Awaitable[Answer], what: str, progress: Progress) -> Answer:
    task = progress.add_task(what, total=1)
    answer = await work
    progress.update(task, completed=1)
    return answer

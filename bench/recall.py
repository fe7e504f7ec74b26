"""Whether a search finds the five best: by vector alone, and by the retriever's whole ranking."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from psycopg import AsyncConnection

from bench.corpus import vectors_of
from bench.queries import Query
from bench.windows import Bases, Vectors
from retrievers import search
from retrievers.embeddings import vector_text
from retrievers.library import Library
from retrievers.search import CompanyRetriever, relevance
from state.records.documents.corpus import Corpus, Found, search_corpus

Owner = AsyncConnection[tuple[Any, ...]]

BEST = 5
EVERY_PASSAGE = b"""
select id, 1 - (embedding <=> %(vector)s::halfvec), -(words <#> %(words)s::sparsevec) from rag_corpus where tenant_id = %(tenant)s
"""
# As a superuser, who may use the index by word: the passages that hold a pair are few.
CLOSENESS_BY_INDEX = b"""
select r.id, sum(p.weight) from json_to_recordset(%(pairs)s::json) as p(pair tsquery, weight float8)
join rag_corpus r on r.tenant_id = %(tenant)s and r.search @@ p.pair group by r.id
"""
CLOSENESS = b"""
select r.id, (
  select coalesce(sum(weight) filter (where whole.search @@ pair), 0)
  from json_to_recordset(%(pairs)s::json) as p(pair tsquery, weight float8)
)
from rag_corpus r cross join lateral (select r.search || ''::tsvector as search offset 0) as whole
where r.tenant_id = %(tenant)s
"""
ROUNDING = 1e-5
"""Postgres and numpy add 384 products in another order."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of the five best that a search found, query by query."""

    vector: list[float]
    fused: list[float]
    cited: list[float]
    """As `fused`, of those only that are above the floor and would be cited."""


async def measure_recall(library: Library, owner: Owner, asked: list[Query], bases: Bases, floor: float) -> Recall:
    """The recall of each query; those of one company should stand together, its vectors are made once."""
    found = Recall([], [], [])
    held: tuple[int, Vectors] | None = None
    for query in sorted(asked, key=lambda query: query.company.number):
        if held is None or held[0] != query.company.number:
            held = (query.company.number, vectors_of(query.company, bases))
        similarities = held[1] @ query.vector
        understood = query.understood(library.model)
        retriever = CompanyRetriever(tenant=query.company.tenant, library=library)
        by_vector = await retriever.search(replace(understood, text=""))
        found.vector.append(_by_vector(by_vector, similarities))
        fused = await retriever.search(understood)
        corpus, _ = await search_corpus(library.database.alone(retriever.tenant), retriever.wanted(understood))
        best = await _five_best(owner, query, corpus, understood)
        mine = sorted((relevance(one, understood) for one in fused), reverse=True)[:BEST]
        found.fused.append(sum(one >= best[-1] for one in mine) / len(best))
        if citable := [one for one in best if one >= floor]:
            found.cited.append(sum(one >= citable[-1] for one in mine) / len(citable))
    return found


def nearest(similarities: Vectors) -> set[int]:
    """The pages of the five nearest passages, and of those that are as near as the fifth."""
    fifth = np.partition(similarities, -BEST)[-BEST]
    return {int(number) + 1 for number in np.flatnonzero(similarities >= fifth - ROUNDING)}


def _by_vector(found: list[Found], similarities: Vectors) -> float:
    mine = sorted(found, key=lambda one: one.similarity, reverse=True)[:BEST]
    return len({one.page for one in mine} & nearest(similarities)) / BEST


async def _five_best(owner: Owner, query: Query, corpus: Corpus, understood: search.Query) -> list[float]:
    """The relevances of the five best of all the company's passages, by the product's own function."""
    told = {
        "tenant": query.company.tenant,
        "vector": vector_text(understood.vector),
        "words": corpus.words,
        "pairs": corpus.pairs,
    }
    close = await (await owner.execute(CLOSENESS_BY_INDEX if corpus.indexed else CLOSENESS, told)).fetchall()
    closeness: dict[UUID, float] = dict(close)
    scores = await (await owner.execute(EVERY_PASSAGE, told)).fetchall()
    found = (Found("", "", "", None, None, "", "", near, words, closeness.get(id, 0.0)) for id, near, words in scores)
    return sorted((relevance(one, understood) for one in found), reverse=True)[:BEST]

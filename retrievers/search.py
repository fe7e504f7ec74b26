"""Finds the passages that fit a query: words weighed by how rare they are, how close they stand, and meaning by vectors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retrievers.embeddings import EmbeddingModel, vector_text
from retrievers.library import Library
from state.conversation import Passage
from state.identity import TenantId
from state.records.documents.corpus import TUNE_INDEXES, Found, Wanted, Words, search_corpus, search_indexes

LONGEST_QUERY = 1_500
MOST_WORDS = 32
"""Of a long query the rarest words say what it is about."""
WORDS_SHARE, VECTOR_SHARE, CLOSENESS_SHARE = 0.6, 0.4, 0.2
"""By measurement (docs/decisions/0006): exact terms are trusted more than meaning."""
LOOKS, CANDIDATES = 24, 12
"""Passages looked at closer, and what is given back of them: fewer looks miss passages whose words stand as close together as
the query's do."""
FLOOR = 0.39
"""Relevance below which a passage is not cited."""
TOUCHING = 0.85
"""What meaning alone is worth for a text that asks nothing: it looks for what it touches on, not for an answer."""
QUESTION = re.compile(
    r"\?|^\W*(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|am|do|does|did|can|could|may|should|shall|will|would"
    r"|has|have|must)\b",
    re.I,
)
GLUE = frozenset({
    "also", "anybodi", "anyon", "anyth", "come", "could", "d", "els", "enough", "ever", "get", "give", "go", "got",
    "happen", "kind", "know", "let", "like", "ll", "long", "look", "m", "make", "mani", "may", "mean", "might",
    "much", "must", "need", "often", "one", "pleas", "put", "rather", "re", "realli", "say", "shall", "somebodi",
    "someon", "someth", "sort", "still", "take", "tell", "thing", "tri", "us", "ve", "want", "way", "well", "whose",
    "would", "yet"
})  # fmt: skip
"""Stems that hold a question together and say nothing of what it is about, beyond the database's stop words."""
FEWEST_WORDS = 3
"""One or two words say too little of a query to be all of it: "I don't know" is no question about knowledge."""
PAIR_DISTANCE = 3
RARE_PASSAGES = 3_000
"""Passages that the rare words of a query may hold together in a large corpus."""
SELDOM = 0.05
"""A word that a larger share of the passages hold needs no related one in its place."""
TWINS = 0.9
"""Share of common words from which two passages are the same text twice."""


class CorpusMoved(Exception):
    """The corpus was moved to another embedding model since the query was embedded."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.model = model


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, as one embedding model understands it."""

    text: str
    model: EmbeddingModel
    vector: Sequence[float]
    asks: bool = field(init=False)
    """Whether it is a question, whose words must be found; a statement may be met by meaning alone."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "asks", bool(QUESTION.search(self.text)))


class CompanyRetriever(BaseRetriever):
    """The passages of one company. It can't be built without a proven tenant."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    tenant: TenantId
    library: Library
    categories: tuple[str, ...] = ()
    """Their passages come first; all others of the company may follow."""
    k: int = 3

    async def passages(self, asked: str) -> tuple[Passage, ...]:
        """At most `k` passages above the floor, best first. Raises EmbeddingsUnavailable."""
        text = asked.strip().replace("\x00", "")[:LONGEST_QUERY]
        if not text:
            return ()
        model = self.library.model
        query = Query(text, model, await self.library.embed_query(self.tenant, model, text))
        try:
            found = await self.search(query)
        except CorpusMoved as moved:
            await self.library.follow(moved.model)
            return await self.passages(asked)
        return tuple(self._best(found, query))

    async def search(self, query: Query) -> list[Found]:
        """All candidates: in one round trip, or two where the company has indexes of its own. Raises CorpusMoved."""
        database, wanted = self.library.database, self.wanted(query)
        corpus, found = await search_corpus(database.alone(self.tenant), wanted)
        if corpus.indexed and corpus.embedding_model == wanted.model:
            tuned = database.alone(self.tenant, before=TUNE_INDEXES)
            found = await search_indexes(tuned, self.tenant, wanted, corpus)
            if not found:
                corpus, found = await search_corpus(database.alone(self.tenant), wanted)
        if corpus.embedding_model != wanted.model:
            raise CorpusMoved(corpus.embedding_model)
        return found

    def wanted(self, query: Query) -> Wanted:
        """The search that looks for it."""
        return Wanted(
            words=Words(query.text, GLUE, MOST_WORDS, FEWEST_WORDS, PAIR_DISTANCE, RARE_PASSAGES, SELDOM),
            model=query.model.name,
            vector=vector_text(query.vector),
            words_share=WORDS_SHARE,
            vector_share=VECTOR_SHARE,
            closeness_share=CLOSENESS_SHARE,
            touching=0.0 if query.asks else TOUCHING,
            unrelated=query.model.unrelated,
            span=query.model.same - query.model.unrelated,
            floor=FLOOR,
            categories=self.categories,
            looks=LOOKS,
            candidates=max(CANDIDATES, 4 * self.k),
        )

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(page_content=p.content, metadata={"document_id": p.document_id, "page": p.page})
            for p in await self.passages(query)
        ]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        raise NotImplementedError("company passages are read asynchronously: use ainvoke")

    def _best(self, found: Iterable[Found], query: Query) -> list[Passage]:
        judged = sorted(((relevance(one, query), one) for one in found), key=lambda pair: pair[0], reverse=True)
        fitting = [(score, one) for score, one in judged if score >= FLOOR]
        fitting.sort(key=lambda pair: pair[1].category not in self.categories)
        kept: list[Passage] = []
        texts: list[set[str]] = []
        for score, one in fitting:
            text = set(re.findall(r"\w+", one.content.lower()))
            if not any(_twins(text, other) for other in texts):
                kept.append(_passage(score, one))
                texts.append(text)
            if len(kept) == self.k:
                break
        return kept


def relevance(found: Found, query: Query) -> float:
    """0-1 from the three scores, each brought to 0-1 first."""
    model = query.model
    meaning = min(max((found.similarity - model.unrelated) / (model.same - model.unrelated), 0.0), 1.0)
    blend = WORDS_SHARE * found.coverage + VECTOR_SHARE * meaning + CLOSENESS_SHARE * found.closeness
    return round(min(blend if query.asks else max(blend, TOUCHING * meaning), 1.0), 3)


def _passage(score: float, found: Found) -> Passage:
    return Passage(
        content=found.content,
        document=found.document,
        document_id=found.document_id,
        version=found.version,
        page=found.page,
        category=found.category,
        relevance=score,
        heading=found.heading,
    )


def _twins(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= TWINS * max(len(one | other), 1)

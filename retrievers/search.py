"""Finds the passages that fit a query: words weighed by how rare they are, and meaning by vectors, in one query."""

import re
from collections.abc import Iterable

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retrievers.embeddings import EmbeddingModel, embed_query
from retrievers.library import Library
from state.conversation import Passage
from state.identity import TenantId
from state.records.documents import Found

WORDS_WEIGHT = 0.7
"""Share of the words against the vectors; on handbook questions words alone beat vectors alone, and 0.5 to 0.75 do well."""
LONGEST_QUERY = 1_500
CANDIDATES = 12
FLOOR = 0.30
"""Relevance below which a passage is not cited."""
PREFERRED_BONUS = 0.05
"""What a preferred category adds when ranking, not to the relevance."""
TWINS = 0.9
"""Share of common words from which two passages are the same text twice."""


class CompanyRetriever(BaseRetriever):
    """The passages of one company. It can't be built without a proven tenant."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    tenant: TenantId
    library: Library
    categories: tuple[str, ...] = ()
    """Their passages rank first among equals; all others of the tenant may follow."""
    k: int = 3

    async def passages(self, query: str) -> tuple[Passage, ...]:
        """At most `k` passages above the floor, best first."""
        text = query.strip().replace("\x00", "")[:LONGEST_QUERY]
        if not text:
            return ()
        vector = await embed_query(self.library.model, text)
        async with self.library.database.tenant(self.tenant) as tx:
            found = await tx.all(
                Found,
                "search_passages",
                query=text,
                vector=str(vector),
                words_weight=WORDS_WEIGHT,
                limit=CANDIDATES,
            )
        return tuple(self._best(found))

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(page_content=p.content, metadata={"document_id": p.document_id, "page": p.page})
            for p in await self.passages(query)
        ]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        raise NotImplementedError("company passages are read asynchronously: use ainvoke")

    def _best(self, found: Iterable[Found]) -> list[Passage]:
        judged = [(relevance(f, self.library.model), f) for f in found]
        fitting = [(r, f) for r, f in judged if r >= FLOOR]
        fitting.sort(key=lambda pair: -(pair[0] + PREFERRED_BONUS * (pair[1].category in self.categories)))
        kept: list[Passage] = []
        for score, one in fitting:
            if not any(_twins(one.content, other.content) for other in kept):
                kept.append(_passage(score, one))
        return kept[: self.k]


def relevance(found: Found, model: EmbeddingModel) -> float:
    """0-1 from both scores, each brought to 0-1 first."""
    meaning = (found.similarity - model.unrelated) / (model.same - model.unrelated)
    blend = WORDS_WEIGHT * min(found.coverage, 1.0) + (1 - WORDS_WEIGHT) * min(max(meaning, 0.0), 1.0)
    return round(max(blend, meaning * 0.7), 3)


def _passage(score: float, found: Found) -> Passage:
    return Passage(
        content=found.content,
        document=found.document,
        document_id=found.document_id,
        page=found.page,
        category=found.category,
        relevance=min(1.0, score),
        heading=found.heading,
    )


def _twins(one: str, other: str) -> bool:
    ours, theirs = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(ours & theirs) >= TWINS * max(len(ours | theirs), 1)

"""A company library: the passages of all companies in one corpus, and the model that embeds them."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

from retrievers.embeddings import EmbeddingModel
from retrievers.errors import EmbeddingsMoved, EmbeddingsNeedKey, UnknownEmbeddings
from state.identity import TenantId
from state.records.database import Database

K = TypeVar("K")
V = TypeVar("V")

TEXTS_KEPT, COMPANIES_KEPT = 32, 64
"""Queries whose vectors are remembered, of a company and of how many companies: 12 KB each, 25 MB at most. A turn asks for the
same text more than once, and colleagues ask alike."""


class Library:
    """The corpus, of which a tenant's transaction sees its own part, and the model of its vectors."""

    def __init__(
        self, database: Database, model: EmbeddingModel, build: Callable[[str], EmbeddingModel] | None = None
    ) -> None:
        self.database = database
        self.model = model
        self._build = build
        self._calls = asyncio.Semaphore(model.at_once)
        self._asked: OrderedDict[TenantId, OrderedDict[bytes, list[float]]] = OrderedDict()

    async def embed_query(self, tenant: TenantId, model: EmbeddingModel, text: str) -> list[float]:
        """The vector of a query of this company's. Raises EmbeddingsUnavailable.

        What is kept of the text is its digest alone: no memory holds what an employee wrote.
        """
        key = blake2b(f"{model.name}\n{text}".encode(), digest_size=16).digest()
        known = self._asked.setdefault(tenant, OrderedDict())
        found = known.get(key) or await model.embed_query(text)
        _remember(known, key, found, TEXTS_KEPT)
        _remember(self._asked, tenant, known, COMPANIES_KEPT)
        return found

    async def embed(self, model: EmbeddingModel, texts: list[str]) -> list[list[float]]:
        """The vectors of at most `model.batch` passages, in turn with everybody else's. Raises EmbeddingsUnavailable."""
        async with self._calls:
            return await model.embed_passages(texts)

    async def follow(self, name: str) -> None:
        """Take the model the corpus was moved to (`petraf reindex`), so that a running server goes on serving.

        Raises EmbeddingsMoved where this process can't build it.
        """
        if self._build is None:
            raise EmbeddingsMoved(name=name)
        try:
            self.model = self._build(name)
        except (EmbeddingsNeedKey, UnknownEmbeddings):
            raise EmbeddingsMoved(name=name) from None
        self._calls = asyncio.Semaphore(self.model.at_once)


def _remember(known: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    """Keep the value as the latest; the oldest goes when there are more than `most`."""
    known[key] = value
    known.move_to_end(key)
    if len(known) > most:
        known.popitem(last=False)

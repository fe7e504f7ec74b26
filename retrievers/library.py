"""A company library: the passages of all companies in one corpus, and the model that embeds them."""

import asyncio
from collections.abc import Callable

from retrievers.embeddings import EmbeddingModel
from retrievers.errors import EmbeddingsMoved, EmbeddingsNeedKey, UnknownEmbeddings
from state.records.database import Database


class Library:
    """The corpus, of which a tenant's transaction sees its own part, and the model of its vectors."""

    def __init__(
        self, database: Database, model: EmbeddingModel, build: Callable[[str], EmbeddingModel] | None = None
    ) -> None:
        self.database = database
        self.model = model
        self._build = build
        self._calls = asyncio.Semaphore(model.at_once)

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

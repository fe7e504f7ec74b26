"""An embedding model for tests of running jobs, which stops in the middle of a document until it is let go."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from retrievers.embeddings import EmbeddingModel, LocalEmbeddings, build_embeddings


class HeldEmbeddings(LocalEmbeddings):
    """The local model; its first passage comes at once, all others when `let_go` is set."""

    def __init__(self, let_go: asyncio.Event) -> None:
        super().__init__()
        self._let_go = let_go
        self._asked = False

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors, once let go."""
        first, self._asked = not self._asked, True
        if not first:
            await self._let_go.wait()
        return await super().aembed_documents(texts)


class BrokenEmbeddings(LocalEmbeddings):
    """Breaks with an error that holds what stands in the file."""

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        """No vectors."""
        raise RuntimeError(f"broke on {texts}")


def builder(embeddings: LocalEmbeddings) -> Callable[..., EmbeddingModel]:
    """What stands in for `build_embeddings` where a server builds its model; each passage is a call."""
    return lambda *_, **__: replace(build_embeddings("local"), embeddings=embeddings, batch=1)

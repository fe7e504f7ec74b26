"""What a running server holds, and how routes get at it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, TypeVar, cast
from weakref import WeakValueDictionary

from fastapi import Depends, Request

from retrievers.embeddings import EmbeddingModel, build_embeddings
from retrievers.library import Library
from server.documents.jobs import JobRunner
from server.http.rate_limit import DRAFTS_A_SECOND, LOGINS_A_SECOND, PREVIEWS_A_SECOND, RateLimit
from server.settings import Settings
from server.turns.runner import TurnRunner
from state.identity import TenantId
from state.records.database import Database

T = TypeVar("T")


class Trials:
    """Sample goals scored under a draft: one at a time, so that only one thread competes with the event loop, companies in turn.

    A lock serves its waiters in their order, and of each company only one request at a time gets to wait for the thread. So a
    company that asks without end holds another one up by one goal before each of its own.
    """

    def __init__(self) -> None:
        self._thread = asyncio.Lock()
        # Weak: a lock that nobody holds or waits for is gone.
        self._companies: WeakValueDictionary[TenantId, asyncio.Lock] = WeakValueDictionary()

    async def run(self, tenant: TenantId, goals: Sequence[Callable[[], T]]) -> list[T]:
        """What each of them returns, in their order."""
        async with self._companies.setdefault(tenant, asyncio.Lock()):
            return [await self._one(goal) for goal in goals]

    async def _one(self, goal: Callable[[], T]) -> T:
        async with self._thread:
            return await asyncio.to_thread(goal)


@dataclass(frozen=True, slots=True)
class Context:
    """Opened once by the lifespan, closed by it."""

    settings: Settings
    secret: str
    database: Database
    library: Library
    runner: TurnRunner
    jobs: JobRunner
    previews: RateLimit = field(default_factory=lambda: RateLimit(PREVIEWS_A_SECOND))
    logins: RateLimit = field(default_factory=lambda: RateLimit(LOGINS_A_SECOND))
    drafts: RateLimit = field(default_factory=lambda: RateLimit(DRAFTS_A_SECOND))
    trials: Trials = field(default_factory=Trials)


def embedding_model(settings: Settings, name: str | None = None) -> EmbeddingModel:
    """The model of that name, else the setting's. Raises UnknownEmbeddings or EmbeddingsNeedKey."""
    return build_embeddings(name or settings.embeddings, api_key=settings.api_key(), base_url=settings.openai_base_url)


def company_library(settings: Settings, database: Database) -> Library:
    """The company documents under the installation's embedding model, and whichever it is moved to later."""
    return Library(database, embedding_model(settings), partial(embedding_model, settings))


def context_of(request: Request) -> Context:
    """The context of the server that got this request."""
    return cast("Context", request.app.state.context)


ServerContext = Annotated[Context, Depends(context_of)]

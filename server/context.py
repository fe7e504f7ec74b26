"""What a running server holds, and how routes get at it."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, cast

from fastapi import Depends, Request

from retrievers.embeddings import EmbeddingModel, build_embeddings
from retrievers.library import Library
from server.jobs import JobRunner
from server.rate_limit import DRAFTS_A_SECOND, LOGINS_A_SECOND, RateLimit
from server.settings import Settings
from server.turns import TurnRunner
from state.records.database import Database


@dataclass(frozen=True, slots=True)
class Context:
    """Opened once by the lifespan, closed by it."""

    settings: Settings
    secret: str
    database: Database
    library: Library
    runner: TurnRunner
    jobs: JobRunner
    previews: RateLimit
    logins: RateLimit = field(default_factory=lambda: RateLimit(LOGINS_A_SECOND))
    drafts: RateLimit = field(default_factory=lambda: RateLimit(DRAFTS_A_SECOND))
    trying_out: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while sample goals are scored under a draft, so that only one thread at a time competes with the event loop."""


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

"""What a running server holds, and how routes get at it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from graph.tools import Coach
from retrievers.embeddings import EmbeddingModel, build_embeddings
from retrievers.library import Library
from server.jobs import JobRunner
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
    rules: Coach


def embedding_model(settings: Settings) -> EmbeddingModel:
    """The installation's embedding model. Raises UnknownEmbeddings or EmbeddingsNeedKey."""
    return build_embeddings(settings.embeddings, api_key=settings.api_key(), base_url=settings.openai_base_url)


def company_library(settings: Settings, database: Database) -> Library:
    """The company documents under the installation's embedding model, and whichever it is moved to later."""

    def build(name: str) -> EmbeddingModel:
        return build_embeddings(name, api_key=settings.api_key(), base_url=settings.openai_base_url)

    return Library(database, build(settings.embeddings), build)


def context_of(request: Request) -> Context:
    """The context of the server that got this request."""
    return cast("Context", request.app.state.context)


ServerContext = Annotated[Context, Depends(context_of)]

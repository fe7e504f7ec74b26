"""The company documents that a server searches and reads into."""

from functools import partial
from typing import Annotated

from fastapi import Depends

from retrievers.embeddings import EmbeddingModel, build_embeddings
from retrievers.library import Library
from server.http.held import held
from server.settings import Settings
from state.records.database import Database

ServerLibrary = Annotated[Library, Depends(held(Library))]


def embedding_model(settings: Settings, name: str | None = None) -> EmbeddingModel:
    """The model of that name, else the setting's. Raises UnknownEmbeddings or EmbeddingsNeedKey."""
    return build_embeddings(name or settings.embeddings, api_key=settings.api_key(), base_url=settings.openai_base_url)


def company_library(settings: Settings, database: Database) -> Library:
    """The company documents under the installation's embedding model, and whichever it is moved to later."""
    return Library(database, embedding_model(settings), partial(embedding_model, settings))

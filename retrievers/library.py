"""A company library: langchain-postgres' vector store on our corpus table, every transaction bound to its tenant."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from langchain_postgres import PGEngine, PGVectorStore
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from retrievers.embeddings import EmbeddingModel
from state.identity import TenantId
from state.records.database import Database, DatabaseUnavailable

METADATA_COLUMNS = ["document_id", "category", "title", "heading", "page", "position"]
_reading_tenant: ContextVar[TenantId | None] = ContextVar("reading_tenant", default=None)


@dataclass(frozen=True, slots=True)
class Library:
    """The passages of all companies, of which a tenant's transaction sees its own."""

    database: Database
    store: PGVectorStore
    model: EmbeddingModel


@contextmanager
def tenant_scope(tenant: TenantId) -> Iterator[None]:
    """While it is open, the vector store works for this tenant; without it the store sees and writes nothing.

    Raises DatabaseUnavailable, as the connector does, when the store can't reach its database.
    """
    token = _reading_tenant.set(tenant)
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise DatabaseUnavailable from error
    finally:
        _reading_tenant.reset(token)


@asynccontextmanager
async def open_library(database: Database, model: EmbeddingModel) -> AsyncIterator[Library]:
    """The vector store on the database's own pool."""
    engine = create_async_engine(
        "postgresql+psycopg://", async_creator=database.pool.getconn, poolclass=NullPool, use_native_hstore=False
    )
    event.listen(engine.sync_engine, "begin", _bind_tenant)
    try:
        store = await PGVectorStore.create(
            PGEngine.from_engine(engine),
            model.embeddings,
            "rag_corpus",
            id_column="id",
            metadata_json_column="metadata",
            metadata_columns=METADATA_COLUMNS,
        )
        yield Library(database, store, model)
    finally:
        await engine.dispose()


def _bind_tenant(connection: Connection) -> None:
    tenant = _reading_tenant.get()
    connection.execute(
        text("select set_config('role', 'petraf_app', true), set_config('petraf.tenant_id', :tenant, true)"),
        {"tenant": str(tenant) if tenant else ""},
    )

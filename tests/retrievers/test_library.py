"""The vector store's troubles are told as the connector's are."""

import pytest

from retrievers.embeddings import build_embeddings
from retrievers.library import open_library, tenant_scope
from state.identity import proven_tenant
from state.records.database import Database, DatabaseUnavailable

TENANT = proven_tenant("550e8400-e29b-41d4-a716-446655440000")


async def test_a_database_that_went_away_is_told_as_such(database: Database) -> None:
    async with open_library(database, build_embeddings("local")) as library:
        await database.pool.close()
        with pytest.raises(DatabaseUnavailable), tenant_scope(TENANT):
            await library.store.aadd_embeddings(["text"], [[0.0] * 384], [{}])

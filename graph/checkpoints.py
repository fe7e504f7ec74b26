"""Checkpoints under row-level security: LangGraph's saver, each statement in a transaction of the thread's tenant.

The stock saver runs in autocommit, where a tenant can't be set locally, and takes one lock for all sessions; giving it our
transactions mends both (SEAMS: row-level security).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncCursor
from psycopg.rows import DictRow, dict_row

from state.identity import TenantId
from state.records.database import Database

acting_tenant: ContextVar[TenantId] = ContextVar("acting_tenant")
"""The tenant whose turn this task runs; reading a checkpoint without one raises LookupError."""


class TenantSaver(AsyncPostgresSaver):
    """A checkpointer whose every statement sees the acting tenant's threads only."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.pool)  # type: ignore[arg-type]
        self._database = database

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        async with (
            self._database.tenant(acting_tenant.get()) as transaction,
            transaction.connection.cursor(binary=True, row_factory=dict_row) as cursor,
        ):
            yield cursor


def run_config(thread: str, **configurable: Any) -> RunnableConfig:
    """The configuration of one run on one thread."""
    return {"configurable": {"thread_id": thread, **configurable}}

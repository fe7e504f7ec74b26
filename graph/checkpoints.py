"""Checkpoints under row-level security: LangGraph's saver, each statement in a transaction of the thread's tenant.

The stock saver runs in autocommit, where a tenant can't be set locally, and takes one lock for all sessions; giving it our
transactions mends both (SEAMS: row-level security). It also sends a statement a channel; ours writes a checkpoint in one, in the
transaction that writes the turn's records, so that both can't disagree and a turn ends in one commit.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncCursor
from psycopg.rows import DictRow, dict_row

from state.identity import TenantId, Ticket, proven_tenant
from state.records.database import Database
from state.records.sessions.sessions import session_of, thread_of
from state.records.turns.outcomes import Outcome, finish_turn

acting_tenant: ContextVar[TenantId] = ContextVar("acting_tenant")
"""The tenant whose turn this task runs; reading a checkpoint without one raises LookupError."""
TICKET = "ticket"
"""What only the run of an accepted turn has in its configuration."""
PLAIN = str | int | float | bool | None
"""Values that LangGraph keeps in the checkpoint itself; all others are rows of their own."""


IN_RECORDS = frozenset({"brief", "dialogue", "events", "exam", "facts", "learned", "passages"})
"""What the records or the company's settings hold too, and no turn that is over needs in its checkpoint."""


class TenantSaver(AsyncPostgresSaver):
    """A checkpointer whose every statement sees the acting tenant's threads only."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.pool)  # type: ignore[arg-type]
        self._database = database
        self._finishing: dict[str, tuple[Ticket, Outcome]] = {}

    async def finish(self, ticket: Ticket, outcome: Outcome) -> None:
        """Keep what the turn leaves behind until its checkpoint comes, which is when its run ends."""
        self._finishing[thread_of(proven_tenant(ticket["tenant_id"]), ticket["session_id"])] = ticket, outcome

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        async with (
            self._database.tenant(acting_tenant.get()) as transaction,
            transaction.connection.cursor(binary=True, row_factory=dict_row) as cursor,
        ):
            yield cursor

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The thread's checkpoint; none for an accepted turn, which starts from the rows."""
        if TICKET in config["configurable"]:
            return None
        return await super().aget_tuple(config)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Write the turn's records and its checkpoint, unless its session was erased meanwhile; nothing of a turn that broke.

        Raises TurnLost.
        """
        configurable = config["configurable"]
        thread, namespace = configurable["thread_id"], configurable["checkpoint_ns"]
        if finishing := self._finishing.pop(thread, None):
            outcome = finishing[1]
            spared = IN_RECORDS if outcome.status == "done" else frozenset[str]()
            row = self._row(config, checkpoint, metadata, {k: v for k, v in new_versions.items() if k not in spared})
            async with self._database.tenant(acting_tenant.get()) as tx:
                await finish_turn(tx, *finishing, tx.run("save_checkpoint", **row))
        at = {"thread_id": thread, "checkpoint_ns": namespace, "checkpoint_id": checkpoint["id"]}
        return {"configurable": at}

    def _row(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> dict[str, object]:
        values = {name: value for name, value in checkpoint["channel_values"].items() if name in new_versions}
        plain = {name: value for name, value in values.items() if isinstance(value, PLAIN)}
        typed = {name: self.serde.dumps_typed(value) for name, value in values.items() if name not in plain}
        configurable = config["configurable"]
        return {
            "session_id": session_of(configurable["thread_id"]),
            "thread": configurable["thread_id"],
            "namespace": configurable["checkpoint_ns"],
            "id": checkpoint["id"],
            "parent": configurable.get("checkpoint_id"),
            "checkpoint": {**checkpoint, "channel_values": plain},
            "metadata": dict(get_serializable_checkpoint_metadata(config, metadata)),
            "channels": tuple(typed),
            "versions": tuple(str(new_versions[name]) for name in typed),
            "types": tuple(kind for kind, _ in typed.values()),
            "blobs": tuple(blob for _, blob in typed.values()),
        }


def run_config(thread: str, **configurable: Any) -> RunnableConfig:
    """The configuration of one run on one thread."""
    return {"configurable": {"thread_id": thread, **configurable}}

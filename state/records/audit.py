"""The audit trail: one row for everything that changed something (spec: audit_logs)."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ulid import ULID

from state.identity import Caller
from state.records.database import Transaction

Order = Literal["oldest", "newest"]
BATCH = 500
"""Rows read in one transaction of an export; none stays open while a slow client reads."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; None leaves a filter out. `since` counts, `until` doesn't."""

    session_id: str | None = None
    action: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One audited action."""

    id: str
    tenant_id: UUID | None
    session_id: str | None
    actor: str
    action: str
    resource_type: str
    resource_id: str | None
    payload: dict[str, Any]
    changes: dict[str, Any]
    status: str
    has_ip: bool
    user_agent: str | None
    created_at: datetime


async def audit(
    tx: Transaction,
    caller: Caller,
    action: str,
    resource: tuple[str, str | None],
    *,
    session_id: str | None = None,
    payload: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
    tenant_id: UUID | None = None,
) -> None:
    """Write one audit row. `resource` is its type and id; `tenant_id` only where the transaction has none."""
    await tx.run(
        "insert_audit",
        id=str(ULID()),
        tenant_id=tenant_id,
        session_id=session_id,
        actor=caller.actor,
        action=action,
        resource_type=resource[0],
        resource_id=resource[1],
        payload=payload or {},
        changes=changes or {},
        status="success",
        ip=caller.ip,
        user_agent=caller.user_agent,
    )


async def audit_page(tx: Transaction, wanted: Wanted, order: Order, *, limit: int, offset: int) -> list[AuditRow]:
    """So many rows after the first `offset` ones."""
    return await tx.all(AuditRow, f"audit_{order}", **asdict(wanted), after=None, limit=limit, offset=offset)


async def audit_count(tx: Transaction, wanted: Wanted) -> int:
    """How many rows there are."""
    return int(await tx.value("audit_count", **asdict(wanted)))


async def audit_batches(
    opened: Callable[[], AbstractAsyncContextManager[Transaction]], wanted: Wanted, order: Order
) -> AsyncIterator[list[AuditRow]]:
    """Every row, a batch at a time, each in a transaction that `opened` gives; what is written meanwhile may be among them."""
    after = None
    while True:
        async with opened() as tx:
            rows = await tx.all(AuditRow, f"audit_{order}", **asdict(wanted), after=after, limit=BATCH, offset=0)
        yield rows
        if len(rows) < BATCH:
            return
        after = rows[-1].id

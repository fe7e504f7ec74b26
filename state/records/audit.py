"""The audit trail: one row for everything that changed something (spec: audit_logs)."""

from typing import Any
from uuid import UUID

from ulid import ULID

from state.identity import Caller
from state.records.database import Transaction


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

"""Erasing at an admin's word: everything of one employee, or everything of one company."""

from collections import Counter
from dataclasses import asdict, dataclass
from uuid import UUID

from state.errors import PetrafError
from state.identity import Caller, TenantId
from state.records.audit import audit
from state.records.database import Transaction
from state.records.sessions.sessions import erase_session


class EmployeeNotFound(PetrafError):
    """No session here has this employee code, so nothing was erased. Check the code; capital letters count."""

    code = "EMPLOYEE_NOT_FOUND"
    recoverable = True


@dataclass(frozen=True, slots=True)
class _Id:
    id: str


@dataclass(frozen=True, slots=True)
class TenantCounts:
    """How many rows of a company each table holds."""

    sessions: int
    messages: int
    facts: int
    goals: int
    goal_links: int
    turns: int
    shares: int
    documents: int
    passages: int
    jobs: int
    audit_logs: int
    admin_keys: int


async def erase_employee(tx: Transaction, tenant: TenantId, code: str, secret: str, caller: Caller) -> dict[str, int]:
    """Erase every session whose employee code is `code`, blanks around it aside; answers how many rows went per table.

    What remains in the audit says that it happened, not of whom. Raises EmployeeNotFound.
    """
    sessions = await tx.all(_Id, "sessions_of_employee", code=code.strip())
    if not sessions:
        raise EmployeeNotFound
    erased: Counter[str] = Counter()
    for session in sessions:
        erased.update(await erase_session(tx, tenant, session.id, secret))
    await audit(tx, caller, "employee.erased", ("employee", None), payload=dict(erased))
    return dict(erased)


async def erase_tenant(tx: Transaction, tenant_id: UUID, caller: Caller) -> dict[str, int]:
    """Erase a company with everything it has, its audit included, under the system role; answers how many rows went per table.

    One audit row outside of every company says that it happened.
    """
    counts = await tx.first(TenantCounts, "count_of_tenant", tenant_id=tenant_id)
    await tx.run("delete_tenant", tenant_id=tenant_id)
    checkpoints = await tx.run("delete_checkpoints_of_tenant", tenant=str(tenant_id))
    erased = {"tenants": 1, **(asdict(counts) if counts else {}), "checkpoints": checkpoints}
    await audit(tx, caller, "tenant.erased", ("tenant", str(tenant_id)), payload=erased)
    return erased

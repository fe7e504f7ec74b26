"""Erasing at an admin's word: an employee who asks for it, or a company that leaves."""

from fastapi import APIRouter

from server.companies.shapes import Erase
from server.http.errors import InvalidBody, NotFound
from server.http.shapes import done
from server.identity.proofs import Admin, CurrentAdmin, Reach, ServerIdentity
from server.sessions.shapes import Erased
from state.errors import PetrafError
from state.records.database import Database
from state.records.rows import TenantRow
from state.records.sessions.erasure import erase_employee, erase_tenant

router = APIRouter(prefix="/api/admin", tags=["admins: erasing"])


class SystemKeyNeeded(PetrafError):
    """A whole company is erased by a system key only. Ask whoever runs this installation."""

    code = "SYSTEM_KEY_NEEDED"


@router.post("/erase")
async def erase(identity: ServerIdentity, admin: CurrentAdmin, reach: Reach, body: Erase) -> Erased:
    """Erase every session of an employee by `employee_code` (exact, blanks around it aside), or a whole company; for good.

    A system key says whose employee by `?tenant_id=`. A company is erased by a system key only, and only when `confirm` is the
    company's slug. Answers how many rows went per table. The audit keeps that it happened, without the code.
    """
    if body.tenant_id is not None:
        return await _erase_company(identity.database, admin, body.tenant_id, body.confirm or "")
    if reach is None:
        raise InvalidBody("A system key must say whose employee it is: add ?tenant_id= with the company's id.")
    async with identity.database.tenant(reach) as tx:
        erased = await erase_employee(tx, reach, body.employee_code or "", identity.secret, admin.caller)
    count = erased["sessions"]
    message = (
        "1 session of this employee was erased" if count == 1 else f"{count} sessions of this employee were erased"
    )
    return Erased(**done(message), erased=erased)


async def _erase_company(database: Database, admin: Admin, tenant_id: str, confirm: str) -> Erased:
    if admin.company is not None:
        raise SystemKeyNeeded if tenant_id == str(admin.company.id) else NotFound
    async with database.system() as tx:
        # An inactive company can be erased too.
        company = next(
            (row for row in await tx.all(TenantRow, "all_tenants") if str(row.id) == tenant_id.lower()), None
        )
        if company is None:
            raise NotFound
        if confirm != company.slug:
            raise InvalidBody("confirm: this is not the company's slug, so nothing was erased. Type the slug exactly.")
        erased = await erase_tenant(tx, company.id, admin.caller)
    return Erased(**done(f"The company {company.slug} was erased"), erased=erased)

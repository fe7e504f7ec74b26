"""HR admins: which companies a key sees. A tenant's key touches its tenant only; a system key sees all."""

from fastapi import APIRouter

from server.companies.shapes import ListedTenant, Tenants
from server.http.held import ServerDatabase
from server.identity.proofs import CurrentAdmin, reaching
from state.clock import wire_time
from state.records.rows import TenantRow

router = APIRouter(prefix="/api/admin", tags=["admins: companies"])


@router.get("/tenants")
async def tenants(database: ServerDatabase, admin: CurrentAdmin) -> Tenants:
    """The companies this key sees."""
    async with reaching(database, admin.tenant) as tx:
        rows = await tx.all(TenantRow, "all_tenants")
    return Tenants(tenants=[_listed(row) for row in rows], total=len(rows))


def _listed(row: TenantRow) -> ListedTenant:
    return ListedTenant(
        id=str(row.id),
        slug=row.slug,
        name=row.name,
        domain=row.domain,
        status=row.status,
        created_at=wire_time(row.created_at),
    )

"""Admin keys: who holds one, a new one, and revoking one that is no longer needed or got lost."""

from fastapi import APIRouter, Response

from server.http.held import ServerDatabase
from server.http.shapes import Success, done
from server.identity.proofs import CurrentAdmin, Reach, reaching
from server.identity.shapes import CreatedKey, Key, Keys, NewAdminKey
from state.clock import wire_time
from state.records.companies.tenants import new_key
from state.records.identity.admin_keys import create_key, list_keys, revoke_key
from state.records.rows import TenantRow

router = APIRouter(prefix="/api/admin/keys", tags=["admins: keys"])


@router.get("")
async def listed(database: ServerDatabase, admin: CurrentAdmin, reach: Reach) -> Keys:
    """The company's keys without their secrets; for a system key everybody's, or those of the company that `tenant_id` names."""
    async with reaching(database, reach) as tx:
        rows = await list_keys(tx)
    return {
        "keys": [
            Key(
                id=row.id,
                tenant_id=str(row.tenant_id) if row.tenant_id else None,
                email=row.email,
                created_at=wire_time(row.created_at),
                revoked_at=wire_time(row.revoked_at) if row.revoked_at else None,
                current=row.id == admin.key_id,
            )
            for row in rows
        ]
    }


@router.post("")
async def create(
    response: Response, database: ServerDatabase, admin: CurrentAdmin, reach: Reach, body: NewAdminKey
) -> CreatedKey:
    """A new key of the company, which is shown this once. A system key makes another system key, or one for `tenant_id`."""
    async with reaching(database, reach) as tx:
        company = await tx.first(TenantRow, "tenant_itself")
        key = new_key(company.slug if company else "system")
        key_id = await create_key(tx, key, body.email, admin.caller)
    response.headers["Cache-Control"] = "no-store"
    return CreatedKey(id=key_id, email=body.email, admin_key=key)


@router.delete("/{key_id}")
async def revoke(database: ServerDatabase, admin: CurrentAdmin, key_id: str) -> Success:
    """Revoke a key: from now on it opens nothing, and whoever signed in with it is signed out.

    Neither the key in use nor the last living one of a company (or of the system) can be revoked: 409.
    """
    async with reaching(database, admin.tenant) as tx:
        await revoke_key(tx, key_id, admin.key_id, admin.caller)
    return done(f"Key {key_id} is revoked")

"""Admin keys: a company's open that company only, system keys (no company) open all. Stored as hashes."""

from uuid import UUID

from state.identity import proven_tenant
from state.records.database import Database
from state.records.rows import AdminKeyRow
from state.records.tenants import hash_key


async def admin_key(db: Database, key: str) -> AdminKeyRow | None:
    """Whom a presented key belongs to; None when it is unknown or revoked."""
    hashed = hash_key(key)
    async with db.lookup("lookup_key", hashed) as tx:
        return await tx.first(AdminKeyRow, "admin_key", value=hashed)


async def living_key(db: Database, key_id: str, tenant_id: UUID | None) -> AdminKeyRow | None:
    """The key that a signed cookie names, with the tenant that it names; None when it was revoked or is gone."""
    opened = db.tenant(proven_tenant(tenant_id)) if tenant_id else db.system()
    async with opened as tx:
        return await tx.first(AdminKeyRow, "living_key", id=key_id)

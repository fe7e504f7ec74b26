"""Admin keys: a company's open that company only, system keys (no company) open all. Stored as hashes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from state.errors import PetrafError
from state.identity import Caller, proven_tenant
from state.records.audit import audit
from state.records.companies.tenants import add_key, hash_key
from state.records.database import Database, Transaction
from state.records.rows import AdminKeyRow


class KeyNotFound(PetrafError):
    """There is no such admin key here. Read the list again."""

    code = "NOT_FOUND"


class OwnKey(PetrafError):
    """This is the key that you are using right now. Sign in with another key, then revoke this one."""

    code = "OWN_ADMIN_KEY"
    recoverable = True


class LastKey(PetrafError):
    """This is the last key that still opens anything here. Create another one first, then revoke this one."""

    code = "LAST_ADMIN_KEY"
    recoverable = True


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key as admins see it, living or revoked."""

    id: str
    tenant_id: UUID | None
    email: str
    created_at: datetime
    revoked_at: datetime | None


async def admin_key(db: Database, key: str) -> AdminKeyRow | None:
    """Whom a presented key belongs to; None when it is unknown or revoked."""
    hashed = hash_key(key)
    return await db.look_up("lookup_key", hashed).first(AdminKeyRow, "admin_key", value=hashed)


async def living_key(db: Database, key_id: str, tenant_id: UUID | None) -> AdminKeyRow | None:
    """The key that a signed cookie names, with the tenant that it names; None when it was revoked or is gone."""
    opened = db.tenant(proven_tenant(tenant_id)) if tenant_id else db.system()
    async with opened as tx:
        return await tx.first(AdminKeyRow, "living_key", id=key_id)


async def list_keys(tx: Transaction) -> list[ListedKey]:
    """The company's keys, oldest first; under the system role every company's and the system's own."""
    return await tx.all(ListedKey, "admin_keys")


async def create_key(tx: Transaction, key: str, email: str, caller: Caller) -> str:
    """Store a key of the transaction's company, of the system under the system role. Answers its id."""
    key_id = await add_key(tx, await tx.value("acting_tenant"), key, email)
    await audit(tx, caller, "admin_key.created", ("admin_key", key_id), payload={"email": email})
    return key_id


async def revoke_key(tx: Transaction, key_id: str, own_key_id: str, caller: Caller) -> None:
    """Revoke a key; one that is revoked already stays so.

    Raises KeyNotFound, OwnKey, or LastKey when its company (or the system) would be left without any.
    """
    row = await tx.first(ListedKey, "admin_key_of_id", id=key_id)
    if row is None:
        raise KeyNotFound
    if key_id == own_key_id:
        raise OwnKey
    # Locked, so that two admins who revoke each other's keys at once don't lock everybody out.
    living = [one.id for one in await tx.all(AdminKeyRow, "lock_living_keys", tenant_id=row.tenant_id)]
    if key_id not in living:
        return
    if len(living) == 1:
        raise LastKey
    await tx.run("revoke_admin_key", id=key_id)
    changed = {"email": row.email}
    await audit(tx, caller, "admin_key.revoked", ("admin_key", key_id), payload=changed, tenant_id=row.tenant_id)

"""Companies: found by host, id or slug before anything else is known; made by `petraf seed-tenant`."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ulid import ULID

from state.company import Company, TenantConfig
from state.errors import PetrafError
from state.identity import Caller, TenantId, proven_tenant
from state.records.audit import audit
from state.records.database import Database, Transaction
from state.records.rows import TenantRow

KEY_BYTES = 24


class TenantNotFound(PetrafError):
    """No active company answers to this address or tenant id. Check the host name or the X-Tenant-ID header."""

    code = "TENANT_NOT_FOUND"


class TenantTaken(PetrafError):
    """A company with slug {slug} or domain {domain} exists already. Choose another slug and domain."""

    code = "TENANT_TAKEN"


class ConfigChanged(PetrafError):
    """The configuration was changed by somebody else meanwhile. Read it again and repeat your change."""

    code = "CONFIG_CHANGED"
    recoverable = True


@dataclass(frozen=True, slots=True)
class NewTenant:
    """What seeding needs."""

    slug: str
    name: str
    domain: str
    admin_email: str
    id: UUID | None = None
    contact_name: str | None = None
    config: TenantConfig = field(default_factory=TenantConfig)
    admin_key: str | None = None
    """Given only where a start must show the same key again; else one is made."""


def hash_key(key: str) -> str:
    """How keys and tokens stand in the database."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_key(slug: str) -> str:
    """A fresh admin key; shown once, stored hashed."""
    return f"admin_sk_{slug}_{secrets.token_urlsafe(KEY_BYTES)}"


async def tenant_by_domain(db: Database, domain: str) -> TenantRow | None:
    """The active tenant of a host name."""
    return await db.look_up("lookup_domain", domain).first(TenantRow, "tenant_by_domain", value=domain)


async def tenant_by_slug(db: Database, slug: str) -> TenantRow | None:
    """The active tenant of a slug."""
    return await db.look_up("lookup_slug", slug).first(TenantRow, "tenant_by_slug", value=slug)


async def tenant_by_id(db: Database, tenant_id: UUID) -> TenantRow | None:
    """The active tenant of an id."""
    row = await db.alone(proven_tenant(tenant_id)).first(TenantRow, "tenant_itself")
    return row if row and row.status == "active" else None


async def seed_tenant(db: Database, new: NewTenant) -> tuple[TenantRow, str]:
    """Create a company with its configuration and first admin key; answers the row and the key.

    Raises TenantTaken when slug or domain exist.
    """
    key = new.admin_key or new_key(new.slug)
    async with db.system() as tx:
        taken = [t for t in await tx.all(TenantRow, "all_tenants") if new.slug == t.slug or new.domain == t.domain]
        if taken:
            raise TenantTaken(slug=new.slug, domain=new.domain)
        row = await tx.first(
            TenantRow,
            "insert_tenant",
            id=new.id,
            slug=new.slug,
            name=new.name,
            domain=new.domain,
            email=new.admin_email,
            contact=new.contact_name,
        )
        if row is None:
            raise TenantTaken(slug=new.slug, domain=new.domain)
        await _insert_config(tx, row.id, new.config)
        await add_key(tx, row.id, key, new.admin_email)
        await audit(
            tx,
            Caller("system_admin"),
            "tenant.created",
            ("tenant", str(row.id)),
            payload={"slug": row.slug, "name": row.name, "domain": row.domain},
            tenant_id=row.id,
        )
    return row, key


async def _insert_config(tx: Transaction, tenant_id: UUID, config: TenantConfig) -> None:
    await tx.run("insert_config", id=str(ULID()), tenant_id=tenant_id, **config.model_dump(mode="json"))


async def add_key(tx: Transaction, tenant_id: UUID | None, key: str, email: str) -> str:
    """Store a key's hash; None makes a system key. Answers the key's id."""
    key_id = str(ULID())
    await tx.run("insert_admin_key", id=key_id, tenant_id=tenant_id, key_hash=hash_key(key), email=email)
    return key_id


async def company_of(tx: Transaction) -> Company:
    """The tenant's name and settings. Raises TenantNotFound when it is gone."""
    company = await tx.first(company_from, "company")
    if company is None:
        raise TenantNotFound
    return company


def company_from(name: str, version: int, **config: Any) -> Company:
    """A company of its row's columns."""
    return Company(name=name, config=TenantConfig.model_validate(config), version=version)


async def replace_config(db: Database, tenant: TenantId, config: TenantConfig, version: int, caller: Caller) -> Company:
    """Replace the whole configuration if `version` is still the current one, else raise ConfigChanged."""
    async with db.tenant(tenant) as tx:
        before = await company_of(tx)
        dumped = config.model_dump(mode="json")
        if not await tx.run("replace_config", version=version, **dumped):
            raise ConfigChanged
        old = before.config.model_dump(mode="json")
        await tx.run("remember_config", version=before.version, config=old, changed_by=caller.actor)
        changed = [name for name in dumped if dumped[name] != old[name]]
        await audit(
            tx,
            caller,
            "config.replaced",
            ("tenant_config", str(tenant)),
            payload={"version": version + 1},
            changes={"fields_updated": changed},
        )
        return await company_of(tx)

"""Who asks: the tenant from the host or X-Tenant-ID, the session from its token, the admin from their key or sign-in.

Each proof ends in one frozen object; nothing below ever takes a tenant from a body.
"""

import hashlib
import ipaddress
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from server.http.cross_site import refuse_other_sites
from server.http.errors import AdminKeyNeeded, NotFound, TenantMismatch, TokenExpired, Unauthorized
from server.http.held import held
from server.http.rate_limit import client_ip
from server.identity.admin_cookie import ADMIN_COOKIE, read_sign_in
from server.identity.tokens import RESUME_COOKIE, Claims, hostname_of, read_token
from server.settings import SessionAuth
from state.clock import now
from state.identity import Caller, TenantId, proven_tenant
from state.records.companies.tenants import (
    TenantNotFound,
    hash_key,
    tenant_by_domain,
    tenant_by_id,
    tenant_by_slug,
)
from state.records.database import Database, Transaction
from state.records.identity.admin_keys import admin_key, living_key
from state.records.rows import AdminKeyRow, SessionRow, TenantRow
from state.records.sessions.sessions import SessionNotFound, actor_of, session_alone

LONGEST_USER_AGENT = 300
READING = ("GET", "HEAD")
SESSION_TOKEN = HTTPBearer(
    scheme_name="session",
    description="The session's token, as its creation answers it. Browsers send it as the cookie `resume_token`.",
    auto_error=False,
)
ADMIN_KEY = APIKeyHeader(
    name="X-Admin-Key",
    scheme_name="admin",
    description="An admin's key. Browsers sign in with it once and send the cookie `petraf_admin`.",
    auto_error=False,
)
"""Both tell OpenAPI what is sent; the proofs below read it themselves."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What proofs are checked against."""

    database: Database
    secret: str
    """Signs tokens and cookies."""
    session_auth: SessionAuth
    default_tenant: str | None
    """The slug of the company that this machine's own address stands for."""
    cookie_secure: bool | None
    """Whether cookies go over encrypted connections only; None: everywhere but on plain-http localhost."""


ServerIdentity = Annotated[Identity, Depends(held(Identity))]


@dataclass(frozen=True, slots=True)
class Employee:
    """A proven employee: one session of one tenant."""

    tenant: TenantId
    session: SessionRow
    caller: Caller


@dataclass(frozen=True, slots=True)
class Admin:
    """A proven admin."""

    key_id: str
    company: TenantRow | None
    """None: a system key, which sees every company."""
    caller: Caller
    expires_at: datetime | None
    """When the console's sign-in is over; None where the key itself came."""

    @property
    def tenant(self) -> TenantId | None:
        """The one tenant that this admin touches; None for a system key."""
        return proven_tenant(self.company.id) if self.company else None


async def resolve_tenant(request: Request, identity: ServerIdentity) -> TenantRow:
    """The company this request is for. Raises TenantNotFound or TenantMismatch."""
    host = hostname_of(request)
    by_host = await tenant_by_domain(identity.database, host) if host and not is_loopback(host) else None
    named = request.headers.get("X-Tenant-ID")
    by_header = await _tenant_of_id(identity, named) if named else None
    if by_host and by_header and by_host.id != by_header.id:
        raise TenantMismatch
    found = by_host or by_header or await _local_tenant(request, identity, host)
    if found is None:
        raise TenantNotFound
    return found


async def _tenant_of_id(identity: Identity, text: str) -> TenantRow:
    try:
        found = await tenant_by_id(identity.database, UUID(text))
    except ValueError:
        found = None
    if found is None:
        raise TenantNotFound
    return found


async def _local_tenant(request: Request, identity: Identity, host: str) -> TenantRow | None:
    if not is_loopback(host):
        return None
    slug = request.query_params.get("tenant") or identity.default_tenant
    return await tenant_by_slug(identity.database, slug) if slug else None


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine's own."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def caller_of(request: Request, actor: str) -> Caller:
    """Whom the audit names."""
    agent = request.headers.get("User-Agent")
    return Caller(actor, client_ip(request), agent[:LONGEST_USER_AGENT] if agent else None)


def fingerprint(text: str | None) -> str | None:
    """How IP and user agent stand in a session's row."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None


Tenant = Annotated[TenantRow, Depends(resolve_tenant)]


def presented_token(request: Request) -> str | None:
    """The session token of a request; the header wins over the cookie."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return request.cookies.get(RESUME_COOKIE)


async def prove_session(request: Request, identity: Identity, tenant: TenantRow, session_id: str | None) -> Employee:
    """The employee of `session_id` (or of the credential alone when None).

    Raises Unauthorized, TokenExpired or SessionNotFound; another tenant's or session's id is as if it were not there.
    CrossSite where another website would change something with the cookie.
    """
    token = presented_token(request)
    if "Authorization" not in request.headers and request.method not in READING:
        refuse_other_sites(request, proof_needed=False)
    if session_id and identity.session_auth == "id" and not request.headers.get("Authorization"):
        return await _employee(request, identity, tenant, session_id, None)
    if token is None:
        raise Unauthorized
    claims = read_token(identity.secret, token)
    _check_claims(claims, tenant, session_id)
    return await _employee(request, identity, tenant, claims.session_id, token)


def _check_claims(claims: Claims, tenant: TenantRow, session_id: str | None) -> None:
    if claims.tenant_id != str(tenant.id) or (session_id and claims.session_id != session_id):
        raise SessionNotFound


async def _employee(
    request: Request, identity: Identity, tenant: TenantRow, session_id: str, token: str | None
) -> Employee:
    proven = proven_tenant(tenant.id)
    session = await session_alone(identity.database, proven, session_id)
    if token is not None and session.resume_token_hash != hash_key(token):
        raise Unauthorized
    if session.expires_at <= now():
        raise TokenExpired
    return Employee(proven, session, caller_of(request, actor_of(session)))


async def _path_session(
    request: Request,
    identity: ServerIdentity,
    tenant: Tenant,
    session_id: str,
    _token: Annotated[HTTPAuthorizationCredentials | None, Security(SESSION_TOKEN)],
) -> Employee:
    return await prove_session(request, identity, tenant, session_id)


PathEmployee = Annotated[Employee, Depends(_path_session)]


async def prove_admin(
    request: Request, identity: ServerIdentity, _key: Annotated[str | None, Security(ADMIN_KEY)]
) -> Admin:
    """The admin of the key in X-Admin-Key, else of the console's cookie.

    Raises AdminKeyNeeded, AdminSessionExpired, or CrossSite where another website would change something with the cookie.
    """
    key = request.headers.get("X-Admin-Key")
    if key is not None:
        return await _admin_of(request, identity, await admin_key(identity.database, key))
    token = request.cookies.get(ADMIN_COOKIE)
    if token is None:
        raise AdminKeyNeeded
    signed_in = read_sign_in(identity.secret, token)
    if request.method not in READING:
        refuse_other_sites(request)
    row = await living_key(identity.database, signed_in.key_id, signed_in.tenant_id)
    return await _admin_of(request, identity, row, signed_in.expires_at)


async def admin_of_key(request: Request, identity: Identity, key: str) -> Admin:
    """The admin who signs in with this key. Raises AdminKeyNeeded."""
    return await _admin_of(request, identity, await admin_key(identity.database, key))


async def _admin_of(
    request: Request, identity: Identity, row: AdminKeyRow | None, expires_at: datetime | None = None
) -> Admin:
    if row is None:
        raise AdminKeyNeeded
    company = await tenant_by_id(identity.database, row.tenant_id) if row.tenant_id else None
    if row.tenant_id and company is None:
        raise AdminKeyNeeded
    return Admin(row.id, company, caller_of(request, row.email), expires_at)


CurrentAdmin = Annotated[Admin, Depends(prove_admin)]


async def _path_tenant(identity: ServerIdentity, admin: CurrentAdmin, tenant_id: str) -> TenantId:
    """The tenant in the path, when this admin may touch it; another company is as if it were not there."""
    try:
        wanted = await tenant_by_id(identity.database, UUID(tenant_id))
    except ValueError:
        wanted = None
    if wanted is None or (admin.tenant is not None and admin.tenant != wanted.id):
        raise NotFound
    return proven_tenant(wanted.id)


AdminTenant = Annotated[TenantId, Depends(_path_tenant)]


async def _reach(identity: ServerIdentity, admin: CurrentAdmin, tenant_id: str | None = None) -> TenantId | None:
    """The company that `tenant_id` narrows a question to, else the admin's own; None is every company, for system keys."""
    return admin.tenant if tenant_id is None else await _path_tenant(identity, admin, tenant_id)


Reach = Annotated[TenantId | None, Depends(_reach)]


def reaching(database: Database, reach: TenantId | None) -> AbstractAsyncContextManager[Transaction]:
    """A transaction over one company, or over every one; the database enforces it."""
    return database.tenant(reach) if reach else database.system()

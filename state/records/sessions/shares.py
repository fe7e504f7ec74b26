"""Share links: one living link a session, found by its token's hash before a tenant is known."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ulid import ULID

from state.clock import now
from state.errors import PetrafError
from state.identity import Caller
from state.records.audit import audit
from state.records.companies.tenants import hash_key
from state.records.database import Database, Transaction
from state.records.rows import SessionRow
from state.records.sessions.sessions import SessionNotFound

LIFETIME = timedelta(days=30)


class ShareNotFound(PetrafError):
    """This link shows nothing: it was revoked, its time is over, or it was mistyped. Ask the person who sent it for a new one."""

    code = "SHARE_NOT_FOUND"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A link that works."""

    id: str
    session_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SharedSession:
    """Whose goals a token shows."""

    tenant_id: UUID
    session_id: str
    expires_at: datetime


def share_token(secret: str, share_id: str) -> str:
    """The token of a share: the same every time, so that its address can be shown again although only a hash is stored."""
    return (
        urlsafe_b64encode(hmac.digest(secret.encode(), f"share {share_id}".encode(), hashlib.sha256))
        .decode()
        .rstrip("=")
    )


async def living_share(tx: Transaction, session_id: str) -> ShareRow | None:
    """The session's link, unless it has none, it was revoked or its time is over."""
    return await tx.first(ShareRow, "living_share", session_id=session_id)


async def share_session(tx: Transaction, session: SessionRow, secret: str, caller: Caller) -> ShareRow:
    """The session's living link, made and audited if it has none. It ends with the session when that is sooner than LIFETIME.

    Raises SessionNotFound when the session was erased meanwhile.
    """
    await _lock(tx, session.id)
    living = await living_share(tx, session.id)
    if living:
        return living
    await tx.run("revoke_shares", session_id=session.id)
    share_id = str(ULID())
    expires = min(now().replace(microsecond=0) + LIFETIME, session.expires_at)
    hashed = hash_key(share_token(secret, share_id))
    await tx.run("insert_share", id=share_id, session_id=session.id, token_hash=hashed, expires_at=expires)
    await audit(tx, caller, "session.shared", ("share", share_id), session_id=session.id)
    return ShareRow(share_id, session.id, expires)


async def revoke_share(tx: Transaction, session_id: str, caller: Caller) -> bool:
    """End the session's link; answers whether it had a living one."""
    await _lock(tx, session_id)
    living = await living_share(tx, session_id)
    if living is None:
        return False
    await tx.run("revoke_shares", session_id=session_id)
    await audit(tx, caller, "session.share_revoked", ("share", living.id), session_id=session_id)
    return True


async def shared_session(db: Database, token: str) -> SharedSession:
    """Whose goals a presented token shows. Raises ShareNotFound."""
    hashed = hash_key(token)
    found = await db.look_up("lookup_share", hashed).first(SharedSession, "share_by_token", value=hashed)
    if found is None:
        raise ShareNotFound
    return found


async def _lock(tx: Transaction, session_id: str) -> None:
    """One at a time: two requests at once then see the same link."""
    if await tx.value("lock_session", id=session_id) is None:
        raise SessionNotFound

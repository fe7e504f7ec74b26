"""Signing in to the admin console: a key becomes an HttpOnly cookie, so that no script ever holds it."""

import logging

from fastapi import APIRouter, Depends, Request, Response

from server.http.cross_site import refuse_other_sites
from server.http.errors import AdminKeyNeeded
from server.http.rate_limit import at_most
from server.http.shapes import Success, done
from server.identity.admin_cookie import sign_in, sign_out
from server.identity.proofs import Admin, CurrentAdmin, ServerIdentity, admin_of_key, reaching
from server.identity.shapes import Login, SignedIn, SignedInCompany
from server.identity.tokens import sends_secure
from state.clock import wire_time
from state.errors import PetrafError
from state.records.audit import audit
from state.records.rows import TenantRow

log = logging.getLogger("petraf")

router = APIRouter(prefix="/api/admin", tags=["admins: signing in"])

LOGINS_A_SECOND = 5
"""Of one address; keys are far too long to be guessed, this only keeps guessing from costing us."""


class WrongAdminKey(PetrafError):
    """Nobody can sign in with this key: it is mistyped, or was revoked. Copy the whole key again, or ask for a new one."""

    code = "ADMIN_KEY_INVALID"
    recoverable = True


@router.post("/login", dependencies=[Depends(at_most(LOGINS_A_SECOND))])
async def login(request: Request, response: Response, identity: ServerIdentity, body: Login) -> SignedIn:
    """Sign in with an admin key: sets the cookie `petraf_admin` for twelve hours and answers whom the key belongs to.

    Five tries a second an address at most. With the cookie, requests that change something must come from our own page.
    """
    refuse_other_sites(request, proof_needed=False)
    try:
        admin = await admin_of_key(request, identity, body.key.strip())
    except AdminKeyNeeded:
        log.warning("an admin's sign-in failed, correlation %s", request.state.correlation_id)
        raise WrongAdminKey from None
    secure = sends_secure(request, identity.cookie_secure)
    signed_in = sign_in(response, identity.secret, admin.key_id, admin.tenant, secure=secure)
    async with reaching(identity.database, admin.tenant) as tx:
        await audit(tx, admin.caller, "admin.signed_in", ("admin_key", admin.key_id))
    return _described(Admin(admin.key_id, admin.company, admin.caller, signed_in.expires_at))


@router.post("/logout")
async def logout(request: Request, response: Response) -> Success:
    """Sign out: takes the cookie back, also one that is over already."""
    refuse_other_sites(request, proof_needed=False)
    sign_out(response)
    return done("You are signed out")


@router.get("/me")
async def me(admin: CurrentAdmin) -> SignedIn:
    """Who is signed in: the email of the key, its company (null for a system key) and until when (null with X-Admin-Key)."""
    return _described(admin)


def _described(admin: Admin) -> SignedIn:
    expires = wire_time(admin.expires_at) if admin.expires_at else None
    return SignedIn(email=admin.caller.actor, tenant=_company(admin.company), expires_at=expires)


def _company(row: TenantRow | None) -> SignedInCompany | None:
    return SignedInCompany(id=str(row.id), name=row.name, slug=row.slug, domain=row.domain) if row else None

"""Share links: made and revoked by the employee, read by whoever has the address. They show goals and nothing else."""

from fastapi import APIRouter, Request, Response

from server.exports.sheet import NoGoals
from server.http.held import ServerDatabase
from server.http.shapes import Success, done
from server.identity.proofs import PathEmployee, ServerIdentity
from server.identity.tokens import hostname_of
from server.sessions.shapes import Share, SharedCompany, SharedEmployee, SharedGoal, SharedGoals, SharedSummary
from state.clock import now, wire_time
from state.identity import proven_tenant
from state.records.companies.tenants import tenant_by_domain, tenant_by_id
from state.records.database import Database
from state.records.rows import GoalRow, SessionRow, TenantRow
from state.records.sessions.sessions import SessionNotFound, average, get_session
from state.records.sessions.shares import (
    SharedSession,
    ShareNotFound,
    ShareRow,
    revoke_share,
    share_session,
    share_token,
    shared_session,
)

router = APIRouter(prefix="/api", tags=["employees: share link"])

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@router.post("/session/{session_id}/share")
async def share(request: Request, identity: ServerIdentity, employee: PathEmployee) -> Share:
    """A link to the session's goals; again while it lives, the same one. 409 NO_GOALS before the first goal."""
    async with identity.database.tenant(employee.tenant) as tx:
        if not await tx.all(GoalRow, "goals_of_session", session_id=employee.session.id, final_only=True):
            raise NoGoals
        made = await share_session(tx, employee.session, identity.secret, employee.caller)
    return _described(request, identity.secret, made)


@router.delete("/session/{session_id}/share")
async def revoke(database: ServerDatabase, employee: PathEmployee) -> Success:
    """End the link; without one nothing changes."""
    async with database.tenant(employee.tenant) as tx:
        revoked = await revoke_share(tx, employee.session.id, employee.caller)
    return done("The link shows nothing any more" if revoked else "There was no link to revoke")


@router.get("/share/{token}")
async def shared(request: Request, response: Response, database: ServerDatabase, token: str) -> SharedGoals:
    """The goals behind a link, for whoever holds it; a dead link is 404."""
    found = await shared_session(database, token)
    tenant = await _tenant_of(request, database, found)
    async with database.tenant(proven_tenant(tenant.id)) as tx:
        try:
            session = await get_session(tx, found.session_id)
        except SessionNotFound:
            raise ShareNotFound from None
        goals = await tx.all(GoalRow, "goals_of_session", session_id=session.id, final_only=True)
    if session.expires_at <= now():
        raise ShareNotFound
    response.headers.update(PRIVATE)
    return _shown(tenant, session, goals, found)


def _described(request: Request, secret: str, made: ShareRow) -> Share:
    address = f"{request.url.scheme}://{request.url.netloc}/share/{share_token(secret, made.id)}"
    return Share(url=address, expires_at=wire_time(made.expires_at))


async def _tenant_of(request: Request, database: Database, found: SharedSession) -> TenantRow:
    """The active company whose link it is; at another company's address it is as if it were not there."""
    tenant = await tenant_by_id(database, found.tenant_id)
    at_host = await tenant_by_domain(database, hostname_of(request))
    named = request.headers.get("X-Tenant-ID")
    if tenant is None or (at_host and at_host.id != tenant.id) or (named and named.lower() != str(tenant.id)):
        raise ShareNotFound
    return tenant


def _shown(tenant: TenantRow, session: SessionRow, goals: list[GoalRow], found: SharedSession) -> SharedGoals:
    return SharedGoals(
        tenant=SharedCompany(name=tenant.name),
        employee=SharedEmployee(name=session.name, position=session.position, department=session.department),
        goals=[_goal(goal) for goal in goals],
        summary=SharedSummary(avg_score=average([goal.score for goal in goals if not goal.below_threshold])),
        expires_at=wire_time(found.expires_at),
    )


def _goal(goal: GoalRow) -> SharedGoal:
    return SharedGoal(
        id=goal.id,
        type=goal.type,
        phase=goal.phase,
        content=goal.content,
        score=None if goal.below_threshold else goal.score,
        below_threshold=goal.below_threshold,
        links=goal.links,
        created_at=wire_time(goal.created_at),
    )

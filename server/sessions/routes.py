"""Sessions: create, describe, read, resume, switch, complete, erase, and the history."""

from datetime import timedelta
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request, Response
from ulid import ULID

from server.http.cross_site import refuse_other_sites
from server.http.errors import TokenExpired, Unauthorized, language_of
from server.http.held import ServerDatabase
from server.http.shapes import Success, done
from server.identity.proofs import PathEmployee, ServerIdentity, Tenant, caller_of, fingerprint
from server.identity.tokens import RESUME_COOKIE, issue_token, read_token, remembered_sessions, set_cookies
from server.sessions.shapes import (
    CreatedSession,
    CreateSession,
    Erased,
    HistoryMessage,
    ListedSession,
    Messages,
    MySessions,
    Resume,
    Session,
    SessionInfo,
    SessionSettings,
    SessionState,
)
from state.clock import now, wire_time
from state.conversation import Profile
from state.identity import Caller, proven_tenant
from state.languages.choice import SOURCE, Language, spoken
from state.phases import Phase, Step
from state.records.audit import audit
from state.records.companies.tenants import company_of, hash_key
from state.records.rows import MessageRow, SessionRow
from state.records.sessions.sessions import (
    NewSession,
    SessionInPhase,
    SessionNotFound,
    actor_of,
    complete_session,
    create_session,
    erase_session,
    get_conversation,
    get_session,
    save_info,
)
from state.records.sessions.shares import living_share

router = APIRouter(prefix="/api/session", tags=["employees: session"])


@router.post("/create")
async def create(
    request: Request, response: Response, identity: ServerIdentity, tenant: Tenant, body: CreateSession | None = None
) -> CreatedSession:
    """A new session at g2_basic, with its token in the answer and in a cookie."""
    refuse_other_sites(request, proof_needed=False)
    body = body or CreateSession()
    proven, caller = proven_tenant(tenant.id), caller_of(request, "anonymous")
    async with identity.database.tenant(proven) as tx:
        company = await company_of(tx)
        session_id = str(ULID())
        expires = now().replace(microsecond=0) + timedelta(days=company.config.session_expiration_days)
        token = issue_token(identity.secret, session_id, str(tenant.id), expires)
        new = NewSession(
            session_id,
            hash_key(token),
            expires,
            dict(body.metadata),
            fingerprint(caller.ip),
            fingerprint(caller.user_agent),
            company.config.admins_may_read and body.told_admins_may_read,
            _language(request, body),
            body.confirm_goals,
        )
        await create_session(tx, new, caller)
    set_cookies(request, response, identity.secret, token, session_id, expires, identity.cookie_secure)
    return CreatedSession(session_id=session_id, resume_token=token, expires_at=wire_time(expires), status="active")


def _language(request: Request, body: CreateSession) -> Language:
    if body.language is None:
        return language_of(request)
    return spoken(body.language) or SOURCE


@router.patch("/{session_id}")
async def change(database: ServerDatabase, employee: PathEmployee, body: SessionSettings) -> Session:
    """Go on in another language."""
    async with database.tenant(employee.tenant) as tx:
        await tx.run("save_language", id=employee.session.id, language=spoken(body.language) or SOURCE)
        return described(await get_session(tx, employee.session.id))


@router.put("/{session_id}/info")
async def info(database: ServerDatabase, employee: PathEmployee, body: SessionInfo) -> Session:
    """What the employee tells about themselves; the first time opens the conversation."""
    given = cast("Profile", body.model_dump(exclude_unset=True))
    async with database.tenant(employee.tenant) as tx:
        return described(await save_info(tx, employee.session, given, employee.caller))


@router.get("/mine")
async def mine(request: Request, identity: ServerIdentity, tenant: Tenant) -> MySessions:
    """The sessions of this browser, by its signed cookie, those whose time is over included until they are purged."""
    ids = remembered_sessions(identity.secret, request)
    async with identity.database.tenant(proven_tenant(tenant.id)) as tx:
        rows = await tx.all(SessionInPhase, "session_in_phase", ids=ids)
    return {"sessions": [_listed(row) for row in rows]}


@router.post("/resume")
async def resume(
    request: Request, response: Response, identity: ServerIdentity, tenant: Tenant, body: Resume | None = None
) -> Session:
    """Come back by token, by cookie, or to another session of this browser."""
    refuse_other_sites(request, proof_needed=False)
    token = await _token_to_resume(request, identity, tenant, body or Resume())
    claims = read_token(identity.secret, token)
    if claims.tenant_id != str(tenant.id):
        raise SessionNotFound
    proven = proven_tenant(tenant.id)
    async with identity.database.tenant(proven) as tx:
        session = await get_session(tx, claims.session_id)
        if session.resume_token_hash != hash_key(token):
            raise Unauthorized
        if session.expires_at <= now():
            raise TokenExpired
        await tx.run("touch_session", id=session.id)
        await _audit_resumed(tx, session, caller_of(request, actor_of(session)))
        session = await get_session(tx, session.id)
    set_cookies(request, response, identity.secret, token, session.id, session.expires_at, identity.cookie_secure)
    return described(session)


async def _token_to_resume(request: Request, identity: ServerIdentity, tenant: Tenant, body: Resume) -> str:
    if body.resume_token:
        return body.resume_token
    if body.session_id is None:
        token = request.cookies.get(RESUME_COOKIE)
        if token is None:
            raise Unauthorized
        return token
    if body.session_id not in remembered_sessions(identity.secret, request):
        raise SessionNotFound
    async with identity.database.tenant(proven_tenant(tenant.id)) as tx:
        session = await get_session(tx, body.session_id)
    return issue_token(identity.secret, session.id, str(tenant.id), session.expires_at)


async def _audit_resumed(tx: Any, session: SessionRow, caller: Caller) -> None:
    payload: dict[str, Any] = {"completion_percentage": session.completion_percentage}
    if session.completed_at:
        payload = {"days_since_completion": (now() - session.completed_at).days}
    await audit(tx, caller, "session.resumed", ("session", session.id), session_id=session.id, payload=payload)


@router.get("/{session_id}")
async def read(database: ServerDatabase, employee: PathEmployee) -> SessionState:
    """The session, where it stands and what the phase asks."""
    async with database.tenant(employee.tenant) as tx:
        at = await get_conversation(tx, employee.session.id)
        company = await company_of(tx)
        running = await tx.value("running_turn", session_id=employee.session.id)
        share = await living_share(tx, employee.session.id)
    return {
        **described(employee.session),
        "phase": Phase(at.phase),
        "step": Step(at.step),
        "last_score": at.last_score,
        "retry_count": at.retry_count,
        "awaiting_confirmation": at.step == "refine" and at.draft is not None,
        "draft": at.draft,
        "running_turn_id": running,
        "question": company.question_at(at.phase, employee.session.language),
        "share": {"expires_at": wire_time(share.expires_at)} if share else None,
    }


@router.post("/{session_id}/complete")
async def complete(database: ServerDatabase, employee: PathEmployee) -> Success:
    """Close a session that holds all its goals; again changes nothing."""
    async with database.tenant(employee.tenant) as tx:
        await complete_session(tx, employee.session, employee.caller)
    return done(f"Session {employee.session.id} completed successfully")


@router.delete("/{session_id}")
async def erase(request: Request, response: Response, identity: ServerIdentity, employee: PathEmployee) -> Erased:
    """Erase everything of the session; its audit rows stay without whom and what."""
    async with identity.database.tenant(employee.tenant) as tx:
        erased = await erase_session(tx, employee.tenant, employee.session.id, identity.secret)
    if hash_key(request.cookies.get(RESUME_COOKIE, "")) == employee.session.resume_token_hash:
        response.delete_cookie(RESUME_COOKIE, path="/")
    return Erased(**done(f"Session {employee.session.id} was erased"), erased=erased)


@router.get("/{session_id}/messages")
async def messages(
    database: ServerDatabase,
    employee: PathEmployee,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: str | None = None,
) -> Messages:
    """The history, newest last; `before` a message's id pages back."""
    async with database.tenant(employee.tenant) as tx:
        rows = await tx.all(
            MessageRow, "messages_page", session_id=employee.session.id, limit=limit, before=before, withheld=True
        )
        total = await tx.value("messages_count", session_id=employee.session.id, withheld=True)
    return {"messages": [shown_message(row) for row in rows], "total": total}


def described(session: SessionRow) -> Session:
    """A session as the specification shows it."""
    return Session(
        id=session.id,
        tenant_id=str(session.tenant_id),
        status=session.status,
        name=session.name,
        employee_code=session.employee_code,
        department=session.department,
        position=session.position,
        grade=session.grade,
        years_of_service=session.years_of_service,
        age_range=session.age_range,
        job_type=session.job_type,
        completion_percentage=session.completion_percentage,
        admins_may_read=session.admins_may_read,
        language=session.language,
        confirm_goals=session.confirm_goals,
        created_at=wire_time(session.created_at),
        updated_at=wire_time(session.updated_at),
        last_accessed_at=wire_time(session.last_accessed_at),
        completed_at=wire_time(session.completed_at) if session.completed_at else None,
        expires_at=wire_time(session.expires_at),
    )


def _listed(row: SessionInPhase) -> ListedSession:
    return ListedSession(
        id=row.id,
        status=row.status,
        name=row.name,
        completion_percentage=row.completion_percentage,
        phase=Phase(row.phase),
        step=Step(row.step),
        created_at=wire_time(row.created_at),
        expires_at=wire_time(row.expires_at),
        expired=row.expired,
    )


def shown_message(row: MessageRow) -> HistoryMessage:
    """A line of the conversation on the wire."""
    return HistoryMessage(
        id=row.id,
        turn_id=row.turn_id,
        role=row.role,
        content=row.content,
        phase=Phase(row.phase),
        step=Step(row.step),
        sources=row.sources,
        withheld=row.withheld,
        created_at=wire_time(row.created_at),
    )

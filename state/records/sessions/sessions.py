"""Sessions: made, described, resumed, completed, erased."""

import hashlib
import hmac
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from state.conversation import Profile
from state.errors import PetrafError
from state.identity import Caller, TenantId, proven_tenant
from state.languages.choice import SOURCE, Language
from state.phases import GOAL_PHASES
from state.records.audit import audit
from state.records.database import Database, Transaction
from state.records.rows import ConversationRow, GoalRow, SessionRow, SessionStatus

PROFILE_FIELDS = (
    "name",
    "employee_code",
    "department",
    "position",
    "grade",
    "years_of_service",
    "age_range",
    "job_type",
)


class SessionNotFound(PetrafError):
    """There is no such session here. It may have been deleted, or belong to somebody else; start a new one."""

    code = "SESSION_NOT_FOUND"


class GoalsMissing(PetrafError):
    """The session can't be completed yet: {phases} still need a goal. Go on with the conversation there."""

    code = "GOALS_MISSING"
    recoverable = True


@dataclass(frozen=True, slots=True)
class NewSession:
    """What the edge knows when a session begins."""

    id: str
    token_hash: str
    expires_at: datetime
    metadata: dict[str, Any]
    ip_hash: str | None
    user_agent_hash: str | None
    admins_may_read: bool
    language: Language = SOURCE
    confirm_goals: bool | None = None
    """None: as the company's flag says."""


@dataclass(frozen=True, slots=True)
class SessionInPhase:
    """A session in the browser's list."""

    id: str
    status: SessionStatus
    name: str | None
    completion_percentage: int
    created_at: datetime
    expires_at: datetime
    expired: bool
    phase: str
    step: str


def actor_of(session: SessionRow) -> str:
    """Whom the audit names for what an employee does."""
    return session.employee_code or "anonymous"


def profile_of(session: SessionRow) -> Profile:
    """What the employee told about themselves."""
    profile: Profile = {name: getattr(session, name) for name in PROFILE_FIELDS}  # type: ignore[assignment]
    return profile


def thread_of(tenant: TenantId, session_id: str) -> str:
    """The checkpoint thread of a session; its prefix is what the database's policies look at."""
    return f"{tenant}:{session_id}"


def session_of(thread: str) -> str:
    """The session of a checkpoint thread."""
    return thread.partition(":")[2]


async def create_session(tx: Transaction, new: NewSession, caller: Caller) -> None:
    """Insert a session at g2_basic/collect and audit it."""
    await tx.run(
        "insert_session",
        id=new.id,
        metadata=new.metadata,
        user_agent_hash=new.user_agent_hash,
        ip_hash=new.ip_hash,
        token_hash=new.token_hash,
        expires_at=new.expires_at,
        admins_may_read=new.admins_may_read,
        language=new.language,
        confirm_goals=new.confirm_goals,
    )
    await tx.run("insert_conversation", session_id=new.id)
    await audit(tx, caller, "session.created", ("session", new.id), session_id=new.id, payload=new.metadata)


async def get_session(tx: Transaction, session_id: str) -> SessionRow:
    """The session, or SessionNotFound (also when it is another tenant's)."""
    row = await tx.first(SessionRow, "session", id=session_id)
    if row is None:
        raise SessionNotFound
    return row


async def session_alone(db: Database, tenant: TenantId, session_id: str) -> SessionRow:
    """The session in one round trip, or SessionNotFound (also when it is another tenant's)."""
    rows = await db.alone(tenant).all(SessionRow, "session", id=session_id)
    if not rows:
        raise SessionNotFound
    return rows[0]


async def language_of_session(tx: Transaction, session_id: str) -> Language:
    """What a session is held in; English where it is gone."""
    found: Language | None = await tx.value("session_language", id=session_id)
    return found or SOURCE


async def get_conversation(tx: Transaction, session_id: str) -> ConversationRow:
    """Where the session stands, or SessionNotFound."""
    row = await tx.first(ConversationRow, "conversation", session_id=session_id)
    if row is None:
        raise SessionNotFound
    return row


async def save_info(tx: Transaction, session: SessionRow, info: Profile, caller: Caller) -> SessionRow:
    """Merge `info` into the session's profile; the first time also leaves g2_basic."""
    merged = {name: info.get(name, getattr(session, name)) for name in PROFILE_FIELDS}
    await tx.run("save_info", id=session.id, **merged)
    await tx.run("leave_basic_phase", id=session.id)
    after = await get_session(tx, session.id)
    shown = {key: value for key, value in info.items() if key in ("employee_code", "department", "position")}
    await audit(
        tx,
        Caller(actor_of(after), caller.ip, caller.user_agent),
        "session.info_updated",
        ("session", session.id),
        session_id=session.id,
        payload=shown,
        changes={"fields_updated": [name for name in PROFILE_FIELDS if name in info]},
    )
    return after


async def complete_session(tx: Transaction, session: SessionRow, caller: Caller) -> None:
    """Mark a session with all its goals completed; a second time changes nothing.

    Raises GoalsMissing naming the phases without a final goal.
    """
    goals = await tx.all(GoalRow, "goals_of_session", session_id=session.id, final_only=True)
    missing = [phase for phase in GOAL_PHASES if phase not in {g.phase for g in goals}]
    if missing:
        raise GoalsMissing(phases=", ".join(missing))
    if not await tx.run("complete_session", id=session.id):
        return
    await audit(
        tx,
        caller,
        "session.completed",
        ("session", session.id),
        session_id=session.id,
        payload={
            "goals_created": len(goals),
            "duration_minutes": minutes_between(session.created_at, datetime.now(UTC)),
            "avg_score": average([g.score for g in goals if not g.below_threshold]),
        },
    )


def minutes_between(start: datetime, end: datetime) -> int:
    """Rounded minutes from `start` to `end`."""
    return round((end - start).total_seconds() / 60)


def average(scores: list[float]) -> float:
    """Mean with two decimals; 0 of nothing."""
    return round(sum(scores) / len(scores), 2) if scores else 0.0


@dataclass(frozen=True, slots=True)
class _Counts:
    messages: int
    facts: int
    goals: int
    goal_links: int
    turns: int
    shares: int


async def erase_session(tx: Transaction, tenant: TenantId, session_id: str, secret: str) -> dict[str, int]:
    """Delete everything of a session; its audit rows stay, without whom and what. Answers how many rows went per table."""
    session = await get_session(tx, session_id)
    counts = await tx.first(_Counts, "count_of_session", id=session_id)
    await tx.run("delete_session", id=session_id)
    # After the session, whose lock a turn that is being finished holds: what that turn leaves is there by now.
    checkpoints = await tx.run("delete_checkpoints", thread=thread_of(tenant, session_id))
    name = hmac.new(secret.encode(), actor_of(session).encode(), hashlib.sha256).hexdigest()[:16]
    await tx.run("erase_audit", session_id=session_id, actor=f"erased:{name}")
    return {"sessions": 1, **(asdict(counts) if counts else {}), "checkpoints": checkpoints}


@dataclass(frozen=True, slots=True)
class _Expired:
    tenant_id: str
    id: str


async def purge_expired(db: Database, secret: str, over_for: timedelta = timedelta(0), batch: int = 200) -> int:
    """Erase every session whose time has been over for so long, a batch at a time; answers how many.

    Also what a killed server may have left of a session that was erased while its turn ran.
    """
    erased = 0
    async with db.system() as tx:
        await tx.run("delete_orphaned_checkpoints")
    while True:
        async with db.system() as tx:
            expired = await tx.all(_Expired, "expired_sessions", over_for=over_for, limit=batch)
        if not expired:
            return erased
        for row in expired:
            tenant = proven_tenant(row.tenant_id)
            with suppress(SessionNotFound):  # another server, or the employee, was faster
                async with db.tenant(tenant) as tx:
                    await erase_session(tx, tenant, row.id, secret)
                erased += 1

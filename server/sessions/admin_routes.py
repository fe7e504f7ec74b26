"""Single sessions for admins: what happened when, without a word that was said; the words only where the employee was told so."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from server.http.held import ServerDatabase
from server.identity.proofs import CurrentAdmin, reaching
from server.sessions.routes import shown_message
from server.sessions.shapes import Messages, Timeline, TimelineSession, TimelineTurn
from state.clock import wire_time
from state.errors import PetrafError
from state.identity import TenantId
from state.records.audit import audit
from state.records.companies.tenants import company_of
from state.records.database import Transaction
from state.records.rows import MessageRow, SessionRow
from state.records.sessions.sessions import get_conversation, get_session
from state.records.sessions.timelines import TurnOutline, tenant_of_session, timeline

router = APIRouter(prefix="/api/admin/sessions", tags=["admins: sessions"])


class ConversationPrivate(PetrafError):
    """This conversation is private: the employee was not told that admins may read it, or your company does not allow it now. \
The timeline shows what happened without what was said."""

    code = "CONVERSATION_PRIVATE"


async def _session_tenant(database: ServerDatabase, admin: CurrentAdmin, session_id: str) -> TenantId:
    """Whose session the path names, when this admin may touch it; another company's is as if it were not there."""
    async with reaching(database, admin.tenant) as tx:
        return await tenant_of_session(tx, session_id)


SessionTenant = Annotated[TenantId, Depends(_session_tenant)]


@router.get("/{session_id}/timeline")
async def read_timeline(database: ServerDatabase, tenant: SessionTenant, session_id: str) -> Timeline:
    """What happened in a session: its turns with their steps, durations, tokens, scores and errors; nothing that was said."""
    async with database.tenant(tenant) as tx:
        session = await get_session(tx, session_id)
        at = await get_conversation(tx, session_id)
        turns = await timeline(tx, session_id)
        readable = await _may_read(tx, session)
    return {
        "session": TimelineSession(
            id=session.id,
            status=session.status,
            phase=at.phase,
            step=at.step,
            created_at=wire_time(session.created_at),
            admins_may_read=readable,
        ),
        "turns": [_turn(turn) for turn in turns],
    }


@router.get("/{session_id}/messages")
async def read_messages(
    database: ServerDatabase,
    admin: CurrentAdmin,
    tenant: SessionTenant,
    session_id: str,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: str | None = None,
) -> Messages:
    """The conversation, newest last; `before` a message's id pages back. Reading it is audited.

    Only where the employee was told when the session began, and the company still allows it: else 403 CONVERSATION_PRIVATE.
    """
    async with database.tenant(tenant) as tx:
        session = await get_session(tx, session_id)
        if not await _may_read(tx, session):
            raise ConversationPrivate
        rows = await tx.all(
            MessageRow, "messages_page", session_id=session.id, limit=limit, before=before, withheld=False
        )
        total = await tx.value("messages_count", session_id=session.id, withheld=False)
        read = {"messages": len(rows)}
        await audit(tx, admin.caller, "conversation.read", ("session", session.id), session_id=session.id, payload=read)
    return {"messages": [shown_message(row) for row in rows], "total": total}


async def _may_read(tx: Transaction, session: SessionRow) -> bool:
    return session.admins_may_read and (await company_of(tx)).config.admins_may_read


def _turn(turn: TurnOutline) -> TimelineTurn:
    return TimelineTurn(
        turn_id=turn.turn_id,
        phase=turn.phase,
        step=turn.step,
        status=turn.status,
        attempt=turn.attempt,
        created_at=wire_time(turn.created_at),
        duration_ms=turn.duration_ms,
        steps=turn.steps,
        score=turn.score,
        error=turn.error,
    )

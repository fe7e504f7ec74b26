"""What a turn works on: where its session stands, all that was said and understood, the goals that count, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from state.company import Company
from state.conversation import Proposal, Source
from state.frame import Fact
from state.records.companies.tenants import TenantNotFound, company_from
from state.records.database import Transaction
from state.records.rows import ConversationRow, SessionRow
from state.records.sessions.frames import SessionLine
from state.records.sessions.sessions import SessionNotFound

COMPANIES_KEPT = 256
"""Configurations that are kept as objects: making one costs more than reading its row."""


@dataclass(frozen=True, slots=True)
class SavedGoal:
    """A goal that counts."""

    id: str
    type: str
    phase: str
    content: str
    proposals: list[Proposal]
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class KnownTurn:
    """A turn that was accepted before under the same id."""

    input_hash: str
    fence: int
    attempt: int


@dataclass(frozen=True, slots=True)
class TurnRows:
    """A session as a turn finds it."""

    session: SessionRow
    standing: ConversationRow
    company: Company
    lines: list[SessionLine]
    """Oldest first."""
    facts: list[Fact]
    """In the order they were learned."""
    goals: list[SavedGoal]
    """Oldest first."""
    running: str | None
    """The turn that runs."""
    known: KnownTurn | None

    def goal(self, phase: str) -> SavedGoal | None:
        """The goal of a phase that counts."""
        return next((goal for goal in self.goals if goal.phase == phase), None)


@dataclass(frozen=True, slots=True)
class _Whole:
    standing: dict[str, Any] | None
    company: str | None
    lines: Sequence[dict[str, Any]]
    facts: list[Fact]
    goals: Sequence[dict[str, Any]]
    running: str | None
    known: dict[str, Any] | None


async def read_rows(tx: Transaction, session: SessionRow, turn_id: str = "") -> TurnRows:
    """The session as it stands now. Raises SessionNotFound or TenantNotFound where either is gone."""
    (whole,) = await tx.all(_Whole, "session_whole", session_id=session.id, turn_id=turn_id)
    if whole.standing is None:
        raise SessionNotFound
    if whole.company is None:
        raise TenantNotFound
    return TurnRows(
        session=session,
        standing=ConversationRow(**whole.standing),
        company=_company(whole.company),
        lines=[SessionLine(**line) for line in whole.lines],
        facts=whole.facts,
        goals=[SavedGoal(**goal) for goal in whole.goals],
        running=whole.running,
        known=KnownTurn(**whole.known) if whole.known else None,
    )


@lru_cache(COMPANIES_KEPT)
def _company(row: str) -> Company:
    return company_from(**orjson.loads(row))

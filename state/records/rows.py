"""Rows as the nodes and routes see them: frozen, one class per shape a query returns."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from state.conversation import Draft, Proposal, Source
from state.languages.choice import Language
from state.phases import GoalPhase, GoalType
from state.scorecard import Scorecard

SessionStatus = Literal["active", "completed", "abandoned"]


@dataclass(frozen=True, slots=True)
class TenantRow:
    """One company."""

    id: UUID
    slug: str
    name: str
    domain: str
    status: Literal["active", "inactive"]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AdminKeyRow:
    """A key that was presented and found; `tenant_id` None is a system key."""

    id: str
    tenant_id: UUID | None
    email: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One employee's conversation."""

    id: str
    tenant_id: UUID
    status: SessionStatus
    name: str | None
    employee_code: str | None
    department: str | None
    position: str | None
    grade: str | None
    years_of_service: int | None
    age_range: str | None
    job_type: str | None
    completion_percentage: int
    resume_token_hash: str
    expires_at: datetime
    admins_may_read: bool
    """As the employee was told when the session began."""
    language: Language
    confirm_goals: bool | None
    """Whether a refined goal waits for the employee's word; None: as the company's flag says."""
    completed_at: datetime | None
    last_accessed_at: datetime
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """Where a session stands."""

    phase: str
    step: str
    retry_count: int
    consecutive_low_scores: int
    last_score: float | None
    asked: list[str]
    question: str
    """What the coach asked last; empty where nothing is open."""
    draft: Draft | None
    version: int


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One accepted turn."""

    session_id: str
    id: str
    status: str
    input: dict[str, Any]
    input_hash: str
    phase: str
    step: str
    fence: int
    attempt: int
    events: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One line of the history."""

    id: str
    turn_id: str
    role: Literal["user", "assistant"]
    content: str
    phase: str
    step: str
    sources: list[Source]
    withheld: bool
    """Whether it is for the employee's eyes only."""
    created_at: datetime


class GoalLink(TypedDict):
    """How an action plan serves another goal."""

    parent_goal_id: str
    link_type: Literal["contributes_to", "aligns_with"]
    strength: int
    notes: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its links."""

    id: str
    type: GoalType
    phase: GoalPhase
    content: str
    score: float
    is_final: bool
    version: int
    supersedes: str | None
    score_details: Scorecard
    proposals: list[Proposal]
    sources: list[Source]
    below_threshold: bool
    """Whether the employee kept it although it scored too low."""
    created_at: datetime
    links: list[GoalLink]

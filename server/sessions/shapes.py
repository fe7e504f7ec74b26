"""The JSON that the employee's page reads, answer by answer, where its route doesn't declare it; `make types` reads both.

Shapes that exist elsewhere (scorecard, sources, proposals, a company's configuration) are used from there.
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from server.turns.events import GoalPhase, Place, WireTime
from state.conversation import Draft, Proposal, Source
from state.frame import Fact
from state.languages.choice import Language
from state.phases import GoalType, Phase, Step
from state.scorecard import Scorecard

SessionStatus = Literal["active", "completed", "abandoned"]


class HttpError(TypedDict):
    """What went wrong and what to do."""

    error: str
    """A code that stays, for example TURN_IN_PROGRESS."""
    message: str
    """For the person in front of the screen."""
    recoverable: bool
    """Whether doing the same again may go well."""
    current: NotRequired[Place]
    """With PHASE_MISMATCH: where the session stands."""


class ErrorAnswer(TypedDict):
    """Every answer that isn't 2xx; the header `X-Correlation-ID` names the request."""

    detail: HttpError


class Success(TypedDict):
    """It is done."""

    success: Literal[True]
    message: str


class RubricLine(TypedDict):
    """A criterion as employees read it; the weights of a phase add up to 100."""

    name: str
    weight: int
    description: str


class CompanyPhase(TypedDict):
    """What a phase asks for."""

    phase: GoalPhase
    type: GoalType
    limit: int
    """Most characters of its goal."""
    horizon_months: int | None
    question: str
    rubric: list[RubricLine]


class Company(TypedDict):
    """`GET /api/tenant`."""

    name: str
    ui_flags: dict[str, bool]
    threshold: float
    session_expiration_days: int
    admins_may_read: bool
    """Whether a session that begins now may be read by the company's admins."""
    coach: str
    """`rules`, or the language model that gets to read what is written."""
    embeddings: str | None
    """`local`, or the model that gets to read it so that documents can be searched; null where none are."""
    phases: list[CompanyPhase]


class CreatedSession(TypedDict):
    """`POST /api/session/create`; the cookie `resume_token` carries the same token."""

    session_id: str
    resume_token: str
    expires_at: WireTime
    status: Literal["active"]


class Session(TypedDict):
    """`PUT /api/session/{id}/info` and `POST /api/session/resume`."""

    id: str
    tenant_id: str
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
    admins_may_read: bool
    """What the company said when this session began."""
    language: Language
    """What it is held in."""
    confirm_goals: bool | None
    """Whether a refined goal waits for the employee's word; null: as the company's flag says."""
    created_at: WireTime
    updated_at: WireTime
    last_accessed_at: WireTime
    completed_at: WireTime | None
    expires_at: WireTime


class LivingShare(TypedDict):
    """A link that works until then."""

    expires_at: WireTime


class SessionState(Session):
    """`GET /api/session/{id}`: the session and where it stands."""

    phase: Phase
    step: Step
    last_score: float | None
    retry_count: int
    awaiting_confirmation: bool
    draft: Draft | None
    """The goal that was refined and isn't saved."""
    running_turn_id: str | None
    """Follow it: `GET /api/session/{id}/turns/{turn_id}/stream`."""
    question: str
    share: LivingShare | None


class ListedSession(TypedDict):
    """A session of this browser."""

    id: str
    status: SessionStatus
    name: str | None
    completion_percentage: int
    phase: Phase
    step: Step
    created_at: WireTime
    expires_at: WireTime
    expired: bool


class MySessions(TypedDict):
    """`GET /api/session/mine`."""

    sessions: list[ListedSession]


class HistoryMessage(TypedDict):
    """A line of the conversation."""

    id: str
    turn_id: str
    role: Literal["user", "assistant"]
    content: str
    phase: Phase
    step: Step
    sources: list[Source]
    withheld: bool
    """Whether it is for the employee's eyes only; such a message can be erased alone."""
    created_at: WireTime


class Messages(TypedDict):
    """`GET /api/session/{id}/messages`, newest last."""

    messages: list[HistoryMessage]
    total: int


class Facts(TypedDict):
    """`GET /api/session/{id}/facts`, and `PATCH` of one of them."""

    facts: list[Fact]


class StruckFacts(Facts):
    """`DELETE /api/session/{id}/facts/{fact_id}`."""

    withdrawn: int
    """Facts that no longer hold: the one named and what stood inside it."""


class Erased(Success):
    """`DELETE /api/session/{id}` and `POST /api/admin/erase`."""

    erased: dict[str, int]
    """Rows by table."""


class GoalLink(TypedDict):
    """How an action plan serves another goal."""

    parent_goal_id: str
    link_type: Literal["contributes_to", "aligns_with"]
    strength: int
    notes: str


class Goal(TypedDict):
    """A goal, or an earlier version of one."""

    id: str
    type: GoalType
    phase: GoalPhase
    content: str
    score: float
    is_final: bool
    """False for a version that another one replaced."""
    below_threshold: bool
    """Whether the employee kept it although it scored too low."""
    version: int
    supersedes: str | None
    score_details: Scorecard
    proposals: list[Proposal]
    sources: list[Source]
    created_at: WireTime
    links: list[GoalLink]


class GoalOwner(TypedDict):
    """Whose goals they are."""

    code: str | None
    department: str | None
    position: str | None
    grade: str | None
    name: str | None


class GoalsSummary(TypedDict):
    """The final goals together."""

    avg_score: float
    duration_minutes: int
    message_count: int
    phases_completed: list[GoalPhase]


class Goals(TypedDict):
    """`GET /api/goals/session/{id}`, oldest first."""

    session_id: str
    employee: GoalOwner
    goals: list[Goal]
    total: int
    completed: int
    """Phases that hold a goal."""
    summary: GoalsSummary
    timestamp: WireTime


class Share(TypedDict):
    """`POST /api/session/{id}/share`."""

    url: str
    expires_at: WireTime


class SharedCompany(TypedDict):
    """Whose employee it is."""

    name: str


class SharedEmployee(TypedDict):
    """Who shared their goals."""

    name: str | None
    position: str | None
    department: str | None


class SharedGoal(TypedDict):
    """A goal as a link shows it."""

    id: str
    type: GoalType
    phase: GoalPhase
    content: str
    score: float | None
    """Null where the employee kept it although it scored too low."""
    below_threshold: bool
    links: list[GoalLink]
    created_at: WireTime


class SharedSummary(TypedDict):
    """The goals together."""

    avg_score: float


class SharedGoals(TypedDict):
    """`GET /api/share/{token}`."""

    tenant: SharedCompany
    employee: SharedEmployee
    goals: list[SharedGoal]
    summary: SharedSummary
    expires_at: WireTime

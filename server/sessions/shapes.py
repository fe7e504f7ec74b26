"""What an employee's session sends and takes."""

from functools import partial
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import TypedDict

from server.http.shapes import Body, Short, Success, WireTime, _not_too_many
from state.conversation import Draft, Proposal, Source
from state.frame import Fact
from state.languages.choice import TAG, Language
from state.phases import GOAL_PHASES, GoalPhase, GoalType, Phase, Step
from state.records.rows import GoalLink, SessionStatus
from state.records.sessions.timelines import StepOutline
from state.scorecard import Scorecard


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


MOST_METADATA = 20


Metadata = Annotated[
    dict[Short, str | int | float | bool | None],
    BeforeValidator(partial(_not_too_many, most=MOST_METADATA)),
    Field(max_length=MOST_METADATA),
]


Tag = Annotated[str, Field(max_length=35, pattern=TAG)]


JobType = Literal["full_time", "part_time", "contract", "temporary", "intern"]


class CreateSession(Body):
    """`POST /api/session/create`; may be empty."""

    metadata: Metadata = Field(default_factory=dict)
    told_admins_may_read: bool = True
    """Whether the page told the employee that admins may read the conversation. Where it told otherwise, they never may."""
    confirm_goals: bool | None = None
    """Whether a refined goal waits for the employee's word before it is saved; null: as the company's flag says."""
    language: Tag | None = None
    """What to hold the session in; null: what `Accept-Language` prefers. English for a language Petraf doesn't speak."""


class SessionSettings(Body):
    """`PATCH /api/session/{id}`."""

    language: Tag
    """For what is said from now on; what was said stays as it is."""


class SessionInfo(Body):
    """`PUT /api/session/{id}/info`; every field is optional, what is left out stays."""

    name: Short | None = None
    employee_code: Short | None = None
    department: Short | None = None
    position: Short | None = None
    grade: Short | None = None
    years_of_service: Annotated[int, Field(ge=0, le=70)] | None = None
    age_range: Short | None = None
    job_type: JobType | None = None


class Resume(Body):
    """`POST /api/session/resume`: a token, a session of this browser, or empty for the cookie."""

    resume_token: str | None = None
    session_id: str | None = None


class PreviewScore(Body):
    """`POST /api/goals/preview-score`."""

    phase: Phase
    content: Annotated[str, Field(min_length=1, max_length=5000)]

    @model_validator(mode="after")
    def _has_goal(self) -> "PreviewScore":
        if not self.content.strip():
            raise ValueError("content is empty")
        if self.phase not in GOAL_PHASES:
            raise ValueError(f"phase has no goal; name one of {', '.join(GOAL_PHASES)}")
        return self


LONGEST_FACT = 500
"""Letters of a fact: a sentence, not a goal."""


class EditFact(Body):
    """`PATCH /api/session/{id}/facts/{fact_id}`."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_FACT)]


class TimelineSession(TypedDict):
    """Where the session stands. `admins_may_read`: whether its messages can be read by admins now."""

    id: str
    status: str
    phase: str
    step: str
    created_at: str
    admins_may_read: bool


class TimelineTurn(TypedDict):
    """One turn. `duration_ms` is null while it runs; `error` is a code such as COACH_UNAVAILABLE."""

    turn_id: str
    phase: str
    step: str
    status: str
    attempt: int
    created_at: str
    duration_ms: int | None
    steps: list[StepOutline]
    score: float | None
    error: str | None


class Timeline(TypedDict):
    """A session's turns, oldest first."""

    session: TimelineSession
    turns: list[TimelineTurn]

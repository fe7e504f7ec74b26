"""What a company's pages send and take: its settings, statistics, audit trail and erasures."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from typing_extensions import TypedDict

from server.http.shapes import Body, WireTime
from server.sessions.shapes import PreviewScore
from state.company import TenantConfig
from state.phases import GoalPhase, GoalType
from state.scorecard import Scorecard


class ListedTenant(TypedDict):
    """A company that an admin sees."""

    id: str
    slug: str
    name: str
    domain: str
    status: Literal["active", "inactive"]
    created_at: WireTime


class Tenants(TypedDict):
    """`GET /api/admin/tenants`."""

    tenants: list[ListedTenant]
    total: int


class Overview(TypedDict):
    """`GET /api/admin/stats/overview`."""

    total_tenants: int
    active_tenants: int
    total_sessions: int
    active_sessions: int
    completed_sessions: int
    abandoned_sessions: int
    total_messages_today: int
    total_goals_created: int
    goals_by_type: dict[GoalType, int]
    avg_completion_rate: float
    avg_session_duration_minutes: int
    avg_score: float
    timestamp: WireTime


class AuditEntry(TypedDict):
    """An audited action; the address is masked."""

    id: str
    tenant_id: str | None
    session_id: str | None
    actor: str
    action: str
    resource_type: str
    resource_id: str | None
    payload: dict[str, Any]
    changes: dict[str, Any]
    status: str
    ip_address: Literal["***"] | None
    user_agent: str | None
    created_at: WireTime


class AuditPage(TypedDict):
    """`GET /api/admin/audit-logs`."""

    logs: list[AuditEntry]
    total: int
    page: int
    per_page: int


class Config(TenantConfig):
    """`GET` and `PUT /api/admin/config/{tenant_id}`; send it back without `version`, and the version as `If-Match`."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    version: int


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


MOST_SAMPLES = 20


class PreviewConfig(Body):
    """`POST /api/admin/config/{tenant_id}/preview`."""

    config: dict[str, Any]
    """The draft, as `PUT` takes it; it is refused for the same reasons, in the same words."""
    goals: Annotated[list[PreviewScore], Field(min_length=1, max_length=MOST_SAMPLES)]


class Compared(TypedDict):
    """One sample goal under the current configuration and under the draft."""

    phase: str
    content: str
    current: Scorecard
    draft: Scorecard
    change: float
    """How much higher the draft scores it."""


class Comparison(TypedDict):
    """Every sample goal, in the order it was sent."""

    goals: list[Compared]


class ListedVersion(TypedDict):
    """The configuration as it was."""

    version: int
    changed_by: str | None
    created_at: str
    config: dict[str, Any]
    fields_updated: list[str]


class ConfigVersions(TypedDict):
    """Newest first; the first one is the current one."""

    versions: list[ListedVersion]


class ConfigDefaults(TypedDict):
    """What holds where a configuration says nothing: a start for a company's own."""

    scoring_rubric_json: dict[str, Any]
    phases_json: dict[str, Any]
    prompts: list[str]


class Day(TypedDict):
    """The sessions that began on one day."""

    date: str
    total: int
    active: int | None
    completed: int | None
    abandoned: int | None
    too_few: bool


_Window = TypedDict("_Window", {"from": str, "to": str})  # the word can't name a field of a class
_Step = TypedDict("_Step", {"from": int, "to": int})


class Series(_Window):
    """The sessions of a window by the day they began, oldest first."""

    days: list[Day]


class Bin(_Step):
    """How many goals scored from one point to the next."""

    goals: int


class CriterionAverage(TypedDict):
    """How a phase's final goals did by one criterion."""

    name: str
    goals: int
    avg_score: float | None
    too_few: bool


class PhaseScores(TypedDict):
    """The final goals of one phase. `scores` counts them in steps of one point, the last step with its upper end."""

    phase: str
    goals: int
    avg_score: float | None
    scores: list[Bin] | None
    criteria: list[CriterionAverage] | None
    too_few: bool


class Criteria(_Window):
    """How the final goals of a window did, phase by phase."""

    phases: list[PhaseScores]


class FunnelStep(TypedDict):
    """How many sessions came that far; `share` of those that began, 0-1."""

    step: str
    phase: str | None
    sessions: int | None
    share: float | None


class TimeToFinish(TypedDict):
    """Minutes from the beginning to the end of the sessions that were finished."""

    sessions: int
    median: float | None
    p25: float | None
    p75: float | None
    too_few: bool


class Funnel(_Window):
    """How far the sessions of a window came."""

    steps: list[FunnelStep]
    too_few: bool
    time_to_finish_minutes: TimeToFinish


Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Erase(Body):
    """`POST /api/admin/erase`: an employee by their code, or a company by its id with its slug to confirm."""

    employee_code: Code | None = None
    tenant_id: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    confirm: Annotated[str, Field(max_length=63)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Erase":
        company = (self.tenant_id is not None, self.confirm is not None)
        if (self.employee_code is not None, *company) not in ((True, False, False), (False, True, True)):
            raise ValueError("send employee_code alone, or tenant_id together with confirm")
        return self

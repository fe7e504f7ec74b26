"""Request bodies: unknown fields and wrong values are refused with 422, never ignored or defaulted."""

from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from state.languages.choice import TAG
from state.phases import GOAL_PHASES, Phase
from state.records.turns.accept import TurnRequest
from state.text import check_storable

LONGEST_MESSAGE = 10_000
MOST_METADATA = 20
MOST_FIELDS = 50
"""Top-level fields that are looked at one by one; no body has nearly as many."""

Short = Annotated[str, Field(min_length=1, max_length=200)]
TurnId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


def _not_too_many(value: Any, most: int) -> Any:
    """Raise ValueError before each entry is looked at: a body can hold tens of thousands, and each wrong one is an error."""
    if isinstance(value, dict) and len(value) > most:
        raise ValueError(f"{len(value)} fields came, {most} are the most")
    return value


Metadata = Annotated[
    dict[Short, str | int | float | bool | None],
    BeforeValidator(partial(_not_too_many, most=MOST_METADATA)),
    Field(max_length=MOST_METADATA),
]
Tag = Annotated[str, Field(max_length=35, pattern=TAG)]
JobType = Literal["full_time", "part_time", "contract", "temporary", "intern"]


class Body(BaseModel):
    """Every body."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, value: Any) -> Any:
        return check_storable(_not_too_many(value, MOST_FIELDS))


class CreateSession(Body):
    """`POST /api/session/create`; may be empty."""

    metadata: Metadata = {}
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


class Turn(Body):
    """What a turn may bring, by whichever route."""

    message: Annotated[str, Field(max_length=LONGEST_MESSAGE)] = ""
    step: Literal["collect", "refine"] = "collect"
    turn_id: TurnId | None = None
    strike: Annotated[list[str], Field(max_length=10)] = []
    confirm: bool = False
    keep: bool = False
    """Save the draft as it is, whatever its score."""

    @model_validator(mode="after")
    def _says_something(self) -> "Turn":
        if self.step == "collect" and not self.message.strip():
            raise ValueError('message is empty; only step "refine" may leave it out')
        if self.step == "collect" and (self.strike or self.confirm or self.keep):
            raise ValueError('strike, confirm and keep go with step "refine"')
        return self

    def request(self, phase: Phase) -> TurnRequest:
        """The turn as the runner takes it."""
        return TurnRequest(phase, self.step, self.message, self.turn_id, tuple(self.strike), self.confirm, self.keep)


class ChatTurn(Turn):
    """`POST /api/chat/{phase}/stream`. `context` is accepted and ignored."""

    session_id: str
    context: dict[str, Any] | None = None


class GraphTurn(Turn):
    """Input of the LangServe routes; the session comes from the credential, the phase defaults to the current one."""

    phase: Phase | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


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

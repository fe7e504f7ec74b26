"""What several rooms send or take: the base of every body, errors, moments, places."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field, model_validator
from typing_extensions import TypeAliasType, TypedDict

from state.phases import Phase, Step
from state.text import check_storable

MOST_FIELDS = 50
"""Top-level fields that are looked at one by one; no body has nearly as many."""


Short = Annotated[str, Field(min_length=1, max_length=200)]


def _not_too_many(value: Any, most: int) -> Any:
    """Raise ValueError before each entry is looked at: a body can hold tens of thousands, and each wrong one is an error."""
    if isinstance(value, dict) and len(value) > most:
        raise ValueError(f"{len(value)} fields came, {most} are the most")
    return value


class Body(BaseModel):
    """Every body."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, value: Any) -> Any:
        return check_storable(_not_too_many(value, MOST_FIELDS))


WireTime = TypeAliasType(
    "WireTime",
    Annotated[
        str,
        Field(
            description="A moment in UTC, ISO 8601 with milliseconds: `2025-01-10T09:00:00.000Z`.",
            pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$",
        ),
    ],
)


class Place(TypedDict):
    """Where a conversation stands."""

    phase: Phase
    step: Step


class ErrorBody(TypedDict):
    """What went wrong and what to do."""

    code: str
    message: str
    """For the person in front of the screen."""
    recoverable: bool
    """Whether doing the same again may go well."""
    current: NotRequired[Place]
    """With PHASE_MISMATCH: where the session stands."""


class Failure(TypedDict):
    """Why a stream failed."""

    error: ErrorBody


class ErrorEvent(TypedDict):
    """Always last on failure."""

    event: Literal["error"]
    data: Failure


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


class Services(TypedDict):
    """What a server runs on."""

    database: Literal["healthy", "unavailable"]
    redis: Literal["not_configured"]
    openai: Literal["configured", "not_configured"]
    coach: str
    """`rules`, or the language model of companies that name none."""
    embeddings: str


class Health(TypedDict):
    """`GET /api/health`."""

    status: Literal["healthy", "unhealthy"]
    version: str
    timestamp: WireTime
    services: Services


class Ready(TypedDict):
    """`GET /api/ready`."""

    status: Literal["ready"]
    timestamp: WireTime


def done(message: str) -> Success:
    """The answer of a route that has nothing else to tell."""
    return Success(success=True, message=message)

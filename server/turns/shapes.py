"""What a turn may bring, by whichever route."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType, TypedDict

from server.http.shapes import Body
from server.turns.events import GraphAnswer
from state.phases import Phase
from state.records.turns.accept import TurnRequest

LONGEST_MESSAGE = 10_000

TurnId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Turn(Body):
    """What a turn may bring, by whichever route."""

    message: Annotated[str, Field(max_length=LONGEST_MESSAGE)] = ""
    step: Literal["collect", "refine"] = "collect"
    turn_id: TurnId | None = None
    strike: list[str] = Field(default_factory=list, max_length=10)
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


class Invoked(TypedDict):
    """What LangServe puts around the answer of `invoke`."""

    output: GraphAnswer
    metadata: dict[str, Any]


JsonSchema = TypeAliasType("JsonSchema", Annotated[dict[str, Any], Field(description="A JSON Schema.")])

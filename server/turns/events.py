"""Every event of a turn's and of an upload's stream, as the wire carries it (DECISIONS: Streams).

`web/types.d.ts` is written from these shapes (`make types`), and tests hold every event of real streams against them.
"""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from server.http.shapes import ErrorEvent, Place, WireTime
from state.conversation import Proposal, Source, Usage
from state.frame import Act, Fact
from state.phases import GoalPhase, Step
from state.scorecard import Scorecard


class Start(TypedDict):
    """A step begins."""

    phase: GoalPhase
    step: Step
    timestamp: WireTime
    turn_id: str


class MessagePiece(TypedDict):
    """A piece of what a step says. The pieces of a step, put together, are its `full_response`."""

    content: str
    phase: GoalPhase
    step: Literal["collect", "refine", "score"]
    chunk_index: int
    """From 1 in each step."""


class _Complete(TypedDict):
    phase: GoalPhase
    full_response: str
    chunks: int
    tokens_used: Usage
    latency_ms: int
    timestamp: WireTime


class CollectComplete(_Complete):
    """The coach has answered, with what it leaned on."""

    step: Literal["collect"]
    sources: list[Source]


class RefineComplete(_Complete):
    """The goal is written; `full_response` is its text."""

    step: Literal["refine"]
    characters: int
    proposals: list[Proposal]
    note: str
    """What the employee should know of how it was refined. Often empty."""


class ScoreComplete(_Complete):
    """The judge has spoken; the event `score` follows."""

    step: Literal["score"]


Complete = TypeAliasType(
    "Complete",
    Annotated[
        CollectComplete | RefineComplete | ScoreComplete,
        Field(discriminator="step", description="A step has said all it has to say."),
    ],
)


class Understood(TypedDict):
    """What the message does, piece by piece, and everything that was said so far with what has become of it."""

    acts: list[Act]
    facts: list[Fact]


class Score(Scorecard):
    """The scorecard of the goal that was refined or edited."""

    goal_id: str | None
    """The goal's id; null below the threshold, where no goal is saved unless the employee keeps it."""
    below_threshold: bool
    """Whether it was saved because the employee keeps it, although it scored too low."""


class Confirm(TypedDict):
    """The goal waits for the employee's word: send a turn with step `refine` and `confirm`, or with an edited message."""

    content: str
    proposals: list[Proposal]


_From = TypedDict("_From", {"from": Place})  # the word can't name a field of a class


class Transition(_From):
    """Where the conversation stands after this turn; the same phase when its goal isn't reached yet."""

    to: Place
    completion_percentage: int
    next_prompt: str
    """What to ask the employee next; empty when nothing is left to ask."""


class End(TypedDict):
    """The turn went well."""

    turn_id: str
    status: Literal["done", "awaiting_confirmation"]


class Restart(TypedDict):
    """The turn had to run again: discard every event of it so far."""

    turn_id: str
    attempt: int


class StartEvent(TypedDict):
    """Once per step, first."""

    event: Literal["start"]
    data: Start


class MessageEvent(TypedDict):
    """Any number, while a step speaks. A replay may merge several into one."""

    event: Literal["message"]
    data: MessagePiece


class CompleteEvent(TypedDict):
    """Once per step that speaks."""

    event: Literal["complete"]
    data: Complete


class UnderstoodEvent(TypedDict):
    """Once, behind collect's complete."""

    event: Literal["understood"]
    data: Understood


class ScoreEvent(TypedDict):
    """Once, when a goal was judged."""

    event: Literal["score"]
    data: Score


class ConfirmEvent(TypedDict):
    """Only where the company asks its employees to confirm a goal before it is judged; `end` follows."""

    event: Literal["confirm"]
    data: Confirm


class TransitionEvent(TypedDict):
    """Once, when the turn is recorded; `end` follows."""

    event: Literal["transition"]
    data: Transition


class EndEvent(TypedDict):
    """Always last on success."""

    event: Literal["end"]
    data: End


class RestartEvent(TypedDict):
    """The server that ran the turn died and another one runs it again."""

    event: Literal["restart"]
    data: Restart


TurnEvent = TypeAliasType(
    "TurnEvent",
    Annotated[
        StartEvent
        | MessageEvent
        | CompleteEvent
        | UnderstoodEvent
        | ScoreEvent
        | ConfirmEvent
        | TransitionEvent
        | EndEvent
        | ErrorEvent
        | RestartEvent,
        Field(discriminator="event", description="One event of a turn's stream."),
    ],
)


class GraphAnswer(TypedDict):
    """What `invoke` of the LangServe route answers: a whole turn."""

    turn_id: str
    events: list[TurnEvent]

"""Lines of a conversation on their way into the database."""

from dataclasses import dataclass

from state.conversation import Source, Usage


@dataclass(frozen=True, slots=True)
class Message:
    """The coach's line before it is a row."""

    content: str
    phase: str
    step: str
    usage: Usage
    latency_ms: int = 0
    model: str | None = None
    sources: tuple[Source, ...] = ()

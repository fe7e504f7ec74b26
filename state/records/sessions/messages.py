"""Lines of a conversation on their way into the database."""

from dataclasses import dataclass

from ulid import ULID

from state.conversation import Source, Usage
from state.records.database import Transaction


@dataclass(frozen=True, slots=True)
class Message:
    """A coach's or an employee's line before it is a row."""

    content: str
    phase: str
    step: str
    usage: Usage | None = None
    latency_ms: int = 0
    model: str | None = None
    sources: tuple[Source, ...] = ()


async def insert_message(tx: Transaction, session_id: str, turn_id: str, role: str, line: Message) -> None:
    """Write a line of a turn; `role` is `user` or `assistant`."""
    await tx.run(
        "insert_message",
        id=str(ULID()),
        session_id=session_id,
        turn_id=turn_id,
        role=role,
        content=line.content,
        phase=line.phase,
        step=line.step,
        tokens_prompt=line.usage["input"] if line.usage else 0,
        tokens_completion=line.usage["output"] if line.usage else 0,
        latency_ms=line.latency_ms,
        model_used=line.model,
        sources=list(line.sources),
    )

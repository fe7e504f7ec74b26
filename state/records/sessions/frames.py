"""What was understood, as records: facts of a session, acts of its messages (SETTLED: The coach)."""

from collections.abc import Sequence
from dataclasses import dataclass

from state.errors import PetrafError
from state.frame import Fact, FactKind, FactState, Learned, stops_the_coach
from state.identity import TenantId
from state.records.database import Transaction
from state.records.sessions.sessions import thread_of


class FactNotFound(PetrafError):
    """This conversation has no such fact that holds. Read its facts again: it may have been replaced or withdrawn."""

    code = "FACT_NOT_FOUND"
    recoverable = True


class MessageNotWithheld(PetrafError):
    """Only a message that is kept from everybody else can be erased alone. Erase the session to erase all of it."""

    code = "MESSAGE_NOT_FOUND"


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A line of a session's conversation."""

    id: str
    role: str
    content: str
    turn_id: str
    phase: str
    step: str
    read: bool
    """Whether its acts were read."""
    withheld: bool
    """Whether it is for the employee's eyes only."""


@dataclass(frozen=True, slots=True)
class _FactRow:
    id: str
    phase: str
    kind: FactKind
    text: str
    message_id: str
    begins: int
    ends: int
    state: FactState
    replaced_by: str | None

    def fact(self) -> Fact:
        return Fact(
            id=self.id,
            phase=self.phase,
            kind=self.kind,
            text=self.text,
            message_id=self.message_id,
            start=self.begins,
            end=self.ends,
            state=self.state,
            replaced_by=self.replaced_by,
        )


async def facts_of(tx: Transaction, session_id: str) -> list[Fact]:
    """Every fact of a session in the order it was learned."""
    return [row.fact() for row in await tx.all(_FactRow, "facts_of_session", session_id=session_id)]


async def save_facts(tx: Transaction, session_id: str, facts: Sequence[Fact]) -> None:
    """Write new facts, and what has become of known ones."""
    if facts:
        await tx.run("save_facts", session_id=session_id, facts=list(facts))


async def withhold(tx: Transaction, session_id: str, turn_id: str, learned: Learned) -> None:
    """The words of somebody who may be in danger stay with the employee; a crisis that stopped the coach is counted for the
    installation."""
    if any(line["withheld"] for line in learned["lines"]):
        await tx.run("withhold_turn", session_id=session_id, turn_id=turn_id)
        await tx.run("withhold_input", session_id=session_id, turn_id=turn_id)
    if any(stops_the_coach(line["acts"]) for line in learned["lines"]):
        await tx.run("count_crisis")


async def erase_withheld(tx: Transaction, tenant: TenantId, session_id: str, message_id: str) -> int:
    """Erase a withheld message with the coach's answer wherever it stands; how many lines went. Raises MessageNotWithheld."""
    turn_id = await tx.value("withheld_turn_of", session_id=session_id, id=message_id)
    if turn_id is None:
        raise MessageNotWithheld
    await tx.run("forget_events", session_id=session_id, turn_id=turn_id)
    await tx.run("delete_checkpoints", thread=thread_of(tenant, session_id))
    return int(await tx.value("erase_withheld", session_id=session_id, turn_id=turn_id))

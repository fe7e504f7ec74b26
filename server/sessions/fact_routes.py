"""What the coach understood: the facts of a session, each struck or edited in place; and erasing a message that is withheld."""

from fastapi import APIRouter

from server.http.held import ServerDatabase
from server.http.shapes import done
from server.identity.proofs import Employee, PathEmployee
from server.sessions.shapes import EditFact, Erased, Facts, StruckFacts
from state.errors import PetrafError
from state.frame import Fact, whole
from state.records.database import Transaction
from state.records.sessions.frames import FactNotFound, erase_withheld, facts_of, save_facts
from state.records.turns.accept import TurnInProgress

router = APIRouter(prefix="/api/session", tags=["employees: what was understood"])


class FactReplaced(PetrafError):
    """This fact was replaced or withdrawn before, so it can't be changed. Change the one that holds now."""

    code = "FACT_REPLACED"
    recoverable = True


@router.get("/{session_id}/facts")
async def read(database: ServerDatabase, employee: PathEmployee) -> Facts:
    """Every fact in the order it was said, with what has become of it."""
    async with database.tenant(employee.tenant) as tx:
        facts = await facts_of(tx, employee.session.id)
    return {"facts": facts}


@router.patch("/{session_id}/facts/{fact_id}")
async def edit(database: ServerDatabase, employee: PathEmployee, fact_id: str, body: EditFact) -> Facts:
    """Say it in other words: a new fact takes the place of the old one, which stays visible as replaced."""
    async with database.tenant(employee.tenant) as tx:
        facts = await _facts_to_change(tx, employee)
        old = _holding(facts, fact_id)
        new = Fact(**{**old, "id": _next_id(facts, old), "text": body.text.strip() or old["text"]})
        await save_facts(tx, employee.session.id, [*_gone(facts, old, new), new])
        return {"facts": await facts_of(tx, employee.session.id)}


@router.delete("/{session_id}/facts/{fact_id}")
async def strike(database: ServerDatabase, employee: PathEmployee, fact_id: str) -> StruckFacts:
    """Take it back: it no longer holds, with everything inside it."""
    async with database.tenant(employee.tenant) as tx:
        facts = await _facts_to_change(tx, employee)
        gone = _gone(facts, _holding(facts, fact_id), None)
        await save_facts(tx, employee.session.id, gone)
        return {"withdrawn": len(gone), "facts": await facts_of(tx, employee.session.id)}


@router.delete("/{session_id}/messages/{message_id}")
async def erase_message(database: ServerDatabase, employee: PathEmployee, message_id: str) -> Erased:
    """Erase a message that is kept from everybody but the employee, with the coach's answer to it."""
    async with database.tenant(employee.tenant) as tx:
        erased = await erase_withheld(tx, employee.tenant, employee.session.id, message_id)
    return Erased(**done(f"Message {message_id} was erased"), erased={"messages": erased})


async def _facts_to_change(tx: Transaction, employee: Employee) -> list[Fact]:
    """The session's facts, kept from changing by a turn meanwhile. Raises TurnInProgress."""
    await tx.run("lock_conversation", session_id=employee.session.id)
    running = await tx.value("running_turn", session_id=employee.session.id)
    if running:
        raise TurnInProgress(turn_id=running)
    return await facts_of(tx, employee.session.id)


def _holding(facts: list[Fact], fact_id: str) -> Fact:
    found = next((fact for fact in facts if fact["id"] == fact_id), None)
    if found is None:
        raise FactNotFound
    if found["state"] != "holds":
        raise FactReplaced
    return found


def _gone(facts: list[Fact], old: Fact, new: Fact | None) -> list[Fact]:
    """The old fact and what stands inside it, also by correction, as they are from now on."""
    inside = [fact for fact in whole(facts, old) if fact["state"] == "holds"]
    return [
        {**fact, "state": "replaced" if new else "withdrawn", "replaced_by": new["id"] if new else None}
        for fact in inside
    ]


def _next_id(facts: list[Fact], old: Fact) -> str:
    """An id that tells which message it stands in, as all do."""
    return f"{old['message_id']}-{sum(f['message_id'] == old['message_id'] for f in facts) + 1}e"

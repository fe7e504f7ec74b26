"""Walks a dialogue through the real graph, over a real database, as the turn runner does."""

# ruff: noqa: E501 - texts and patterns stand unbroken

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, cast

from langgraph.checkpoint.memory import InMemorySaver
from ulid import ULID

from evals.talk.data import Dialogue
from graph.conversation import Graph, build_graph
from graph.tools import RULES, build_tools
from nodes.coach import Coach
from nodes.rules.coach import RuleCoach
from nodes.understanding.acts import goes_on_when_done
from retrievers.library import Library
from state.conversation import Event
from state.identity import Caller, TenantId
from state.languages.choice import Language
from state.phases import GOAL_PHASES, Phase
from state.records.database import Database
from state.records.sessions.sessions import NewSession, create_session, get_conversation, get_session
from state.records.turns.accept import SessionCompleted, TurnRequest, accept_turn

EARLIER = {
    Phase.G4_FUTURE: "By the end of 2028, hold the licence for the large press and train 2 apprentices on it.",
    Phase.G6_VALUES: "Core values:\n• Care: check each part twice\n• Honesty: report every fault\n• Calm: explain things a third time",
}
"""Goals of the phases before the one that a dialogue is about."""
GIVEN = """
insert into goals (id, session_id, turn_id, type, phase, content, score, score_details)
values (%s, %s, %s, %s, %s, %s, 8, '{}')
"""


@dataclass(slots=True)
class Turn:
    """What one turn brought."""

    said: str
    acts: list[str] = field(default_factory=list)
    reply: str = ""
    """All that collect said."""
    spoken: str = ""
    """All that every step said."""
    draft: str | None = None
    asked: str = ""
    saved: str | None = None
    """The goal saved in this turn."""
    ended: str = ""
    """`done` or `awaiting_confirmation`; empty where the turn was refused."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A dialogue with what came of it."""

    dialogue: Dialogue
    turns: Sequence[Turn]

    @property
    def goal(self) -> str:
        """The goal as it stands at the end: the latest draft, saved or not."""
        drafts = [turn.draft for turn in self.turns if turn.draft is not None]
        return drafts[-1] if drafts else ""

    @property
    def saved(self) -> bool:
        """Whether a goal was saved."""
        return any(turn.saved for turn in self.turns)


class Walker:
    """A company of the rule coach, without documents."""

    def __init__(self, database: Database, tenant: TenantId, library: Library) -> None:
        self._database, self._tenant = database, tenant
        self._graph: Graph = build_graph(build_tools(database, library, _rules), InMemorySaver())

    async def walk(self, dialogue: Dialogue) -> Walked:
        """Every turn of a dialogue, one after the other."""
        session = await self._session(dialogue)
        return Walked(dialogue, [await self._turn(session, dialogue, line.say) for line in dialogue.turns])

    async def _session(self, dialogue: Dialogue) -> str:
        session_id = str(ULID())
        language = cast("Language", dialogue.language)
        async with self._database.tenant(self._tenant) as tx:
            new = NewSession(session_id, session_id, dialogue.expires, {}, "", "", False, language, dialogue.confirm)
            await create_session(tx, new, Caller("anonymous"))
            await tx.connection.execute(
                "update sessions set position = %s where id = %s", (dialogue.position, session_id)
            )
            await tx.connection.execute(
                "update conversation_state set phase = %s where session_id = %s", (dialogue.phase, session_id)
            )
            for phase in takewhile(lambda phase: phase != dialogue.phase, GOAL_PHASES):
                kind = GOAL_PHASES[phase].goal_type
                goal = (str(ULID()), session_id, phase.value, kind, phase.value, EARLIER[phase])
                await tx.connection.execute(GIVEN, goal)
        return session_id

    async def _turn(self, session_id: str, dialogue: Dialogue, text: str) -> Turn:
        turn = Turn(text)
        async with self._database.tenant(self._tenant) as tx:
            at = await get_conversation(tx, session_id)
            phase = Phase(at.phase if at.phase in GOAL_PHASES else dialogue.phase)
            request = TurnRequest(phase, "collect", text, goes_on=goes_on_when_done(text))
            try:
                accepted = await accept_turn(tx, await get_session(tx, session_id), request, "evals")
            except SessionCompleted:
                return turn
        config: Any = {"configurable": {"ticket": accepted.ticket, "thread_id": accepted.ticket["turn_id"]}}
        async for event in self._graph.astream(request.given(), config, stream_mode="custom"):
            _note(turn, cast("Event", event))
        return turn


def _rules(llm_model: str | None) -> Coach:
    if llm_model not in (None, RULES):
        raise ValueError(f"the evaluation has no model {llm_model!r}")
    return RuleCoach()


def _note(turn: Turn, event: Event) -> None:
    data = event["data"]
    match event["event"]:
        case "message":
            turn.spoken += data["content"]
        case "complete":
            turn.spoken += "\n"
            turn.reply = data["full_response"] if data["step"] == "collect" else turn.reply
            turn.draft = data["full_response"] if data["step"] == "refine" else turn.draft
        case "understood":
            turn.acts = [f"{a['act']}.{a['about']}" if a.get("about") else a["act"] for a in data["acts"]]
        case "score":
            turn.saved = data["goal_id"]
        case "transition":
            turn.asked = data["next_prompt"]
        case "end":
            turn.ended = data["status"]

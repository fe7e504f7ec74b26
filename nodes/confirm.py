"""Confirm: pauses for the employee's word on the draft, where the tenant asks for it. Nothing else happens in this node,
because it runs again when the interrupt is answered."""

from typing import Any

from langgraph.types import interrupt

from nodes.score import drafted
from nodes.stage import Stage
from nodes.tools import Tools, tenant_of
from nodes.transition import actor_of, coach_message, end_event
from state.conversation import ConversationState, Draft, Event
from state.phases import Step
from state.records.rows import TurnRow
from state.records.turns.outcomes import Outcome, Standing


async def confirm(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """Record the pause once, then wait. The answer is true, or the text the employee wants instead."""
    if not asks(state):
        return {}
    draft = drafted(state)
    await _pause(state, tools, draft)
    answer = interrupt({"content": draft["text"], "proposals": draft["proposals"]})
    if isinstance(answer, str) and answer.strip():
        draft = Draft(text=answer.strip()[: state["brief"]["limit"]], proposals=[], sources=draft["sources"], note="")
    return {"draft": draft, "version": state["version"] + 1}


def asks(state: ConversationState) -> bool:
    """Whether this draft needs the employee's word: not when they wrote it themselves, asked to edit an earlier goal,
    or said yes to it with the change that they asked for."""
    if state["brief"]["phase"] != state["current_phase"]:
        return False
    edited = state["entry"] == "refine" and bool((state.get("message") or "").strip())
    if (revised := state.get("revised")) and revised["saves"]:
        return False
    return state["brief"]["confirm_refined_goal"] and not edited and not state.get("confirm")


async def _pause(state: ConversationState, tools: Tools, draft: Draft) -> None:
    turn = state["turn"]
    async with tools.database.tenant(tenant_of(turn)) as tx:
        row = await tx.first(TurnRow, "turn", session_id=turn["session_id"], id=turn["turn_id"])
        if row is None or row.status != "running":
            return
    stage = Stage(state, Step.TRANSITION)
    asking = Event(event="confirm", data={"content": draft["text"], "proposals": draft["proposals"]})
    closing = [asking, end_event(state, "awaiting_confirmation")]
    events = [*state["events"], *stage.events, *closing]
    outcome = Outcome(
        "awaiting", events, coach_message(state), actor_of(state), _waiting(state, draft), learned=state["learned"]
    )
    await tools.finish(turn, outcome)
    stage.send(*closing)


def _waiting(state: ConversationState, draft: Draft) -> Standing | None:
    if state["brief"]["phase"] != state["current_phase"]:
        return None
    return Standing(
        phase=state["current_phase"],
        step=Step.REFINE.value,
        retry_count=state["retry_count"],
        low_scores=state["low_scores"],
        last_score=state["last_score"],
        asked=state["asked"],
        question=state["question"],
        draft=draft,
        version=state["version"],
    )

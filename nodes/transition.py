"""Transition: decides where the conversation stands next and hands over everything the turn leaves behind."""

import time
from dataclasses import dataclass
from typing import Any, Literal

from nodes.links import link_goals
from nodes.stage import Stage
from nodes.tools import Tools
from state.conversation import ConversationState, Event
from state.phases import GOAL_PHASES, GoalType, Phase, Step, next_phase
from state.records.sessions.messages import Message
from state.records.turns.accept import HELP_AFTER
from state.records.turns.outcomes import Link, Links, LinkType, NewGoal, Outcome, Standing

BASIC_COMPLETION = 10
PARENTS: dict[Phase, Literal["future", "values"]] = {Phase.G4_FUTURE: "future", Phase.G6_VALUES: "values"}
LINK_TYPES: dict[GoalType, LinkType] = {"future": "contributes_to", "values": "aligns_with"}


@dataclass(frozen=True, slots=True)
class Move:
    """From where to where, and what the employee reads next."""

    to_phase: Phase
    completion: int
    next_prompt: str


async def transition(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """Finish the turn. Raises TurnLost, with nothing written, when another server holds it by now."""
    stage = Stage(state, Step.TRANSITION)
    move = decide(state)
    closing = [Event(event="transition", data=_moved(state, move)), end_event(state, "done")]
    await tools.finish(state["turn"], _outcome(state, move, [*state["events"], *stage.events, *closing]))
    stage.send(*closing)
    return {"events": stage.events, "exam": None}


def end_event(state: ConversationState, status: Literal["done", "awaiting_confirmation"]) -> Event:
    """The last event of a turn that went well."""
    return Event(event="end", data={"turn_id": state["turn"]["turn_id"], "status": status})


def decide(state: ConversationState) -> Move:
    """Where the conversation goes: on after a goal of the current phase, otherwise it stays."""
    current = Phase(state["current_phase"])
    phase = Phase(state["brief"]["phase"])
    if state["goal_id"] and phase == current:
        return Move(next_phase(current), GOAL_PHASES[phase].completion, state["brief"]["next_question"])
    if state["goal_id"]:
        return Move(current, _completion(current), "")
    return Move(current, _completion(current), state["next_prompt"])


def actor_of(state: ConversationState) -> str:
    """Whom the audit names."""
    return state["profile"]["employee_code"] or "anonymous"


def coach_message(state: ConversationState) -> Message:
    """The coach's row of this turn: everything it said, step by step."""
    return Message(
        content="\n\n".join(reply for reply in state["replies"] if reply),
        phase=state["brief"]["phase"],
        step=state["entry"],
        usage=state["usage"],
        latency_ms=max(0, round((time.time() - state["started_at"]) * 1000)),
        model=state["model"] or None,
        sources=tuple(state["sources"]),
    )


def _completion(phase: Phase) -> int:
    """Percentage of a session that stands in `phase`: what the phases before it are worth."""
    before = [spec.completion for goal_phase, spec in GOAL_PHASES.items() if _is_before(goal_phase, phase)]
    return max(before, default=BASIC_COMPLETION)


def _is_before(one: Phase, other: Phase) -> bool:
    order = list(Phase)
    return order.index(one) < order.index(other)


def _moved(state: ConversationState, move: Move) -> dict[str, Any]:
    return {
        "from": {"phase": state["current_phase"], "step": _last_step(state)},
        "to": {"phase": move.to_phase.value, "step": Step.COLLECT.value},
        "completion_percentage": move.completion,
        "next_prompt": move.next_prompt,
    }


def _last_step(state: ConversationState) -> str:
    return Step.SCORE.value if state["scorecard"] else Step.COLLECT.value


def _outcome(state: ConversationState, move: Move, events: list[Any]) -> Outcome:
    card, draft = state["scorecard"], state["draft"]
    phase = Phase(state["brief"]["phase"])
    here = phase == state["current_phase"]
    goal = NewGoal(state["goal_id"], phase, draft, card, state["exam"]) if state["goal_id"] and draft and card else None
    low = bool(card and not card["meets_threshold"])
    return Outcome(
        status="done",
        events=events,
        message=coach_message(state),
        actor=actor_of(state),
        standing=_standing(state, move, low) if here else None,
        completion=move.completion if here else None,
        goal=goal,
        scored=card,
        needs_help=low and here and state["low_scores"] + 1 == HELP_AFTER,
        phase=phase,
        links=_links(state, goal) if goal else None,
        learned=state["learned"],
    )


def _standing(state: ConversationState, move: Move, low: bool) -> Standing:
    card, moved = state["scorecard"], move.to_phase != state["current_phase"]
    return Standing(
        phase=move.to_phase.value,
        step=Step.COLLECT.value,
        retry_count=0 if moved else state["retry_count"] + low,
        low_scores=0 if moved else state["low_scores"] + low,
        last_score=card["score"] if card else state["last_score"],
        asked=[] if moved else state["asked"],
        question="" if moved else state["next_prompt"],
        draft=None if moved else state["draft"],
        version=state["version"],
    )


def _links(state: ConversationState, goal: NewGoal) -> Links | None:
    """What ties the action plan to the other goals, once there is one."""
    texts = {**state["goals"], goal.phase.value: goal.draft["text"]}
    ids = {**state["goal_ids"], goal.phase.value: goal.id}
    if Phase.G8_ACTIONS not in ids:
        return None
    links = []
    for phase in PARENTS:
        if phase in ids:
            strength, notes = link_goals(
                texts[Phase.G8_ACTIONS], texts[phase], PARENTS[phase], state["brief"]["language"]
            )
            links.append(Link(ids[phase], LINK_TYPES[PARENTS[phase]], strength, notes))
    return Links(ids[Phase.G8_ACTIONS], links)

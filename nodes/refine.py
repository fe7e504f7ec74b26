"""Refine: writes one SMART goal from what was said, inside the phase's character limit."""

from typing import Any

from nodes.briefing import brief_coach, packed, unpacked
from nodes.rules.replies import pieces
from nodes.stage import Stage
from nodes.tools import Tools, find_passages
from state.conversation import ConversationState
from state.phases import Step


async def refine(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """A draft with its proposals; the goal is spoken word for word as the step's text."""
    stage = Stage(state, Step.REFINE)
    coach = tools.coach(state["brief"]["llm_model"])
    passages = unpacked(state["passages"]) or await find_passages(state, tools, " ".join(state["said"])[-2000:])
    refined = await coach.refine(brief_coach(state, passages, None))
    draft = refined.draft
    stage.say("", refined.usage)
    for piece in pieces(draft["text"]):
        stage.say(piece)
    text = stage.complete(characters=len(draft["text"]), proposals=draft["proposals"], note=draft["note"])
    return {
        "draft": draft,
        "passages": packed(passages),
        "sources": state["sources"] or draft["sources"],
        "replies": [text],
        "model": coach.model,
        "usage": stage.usage,
        "events": stage.events,
    }

"""Collect: answers the employee and decides whether enough is known to write the goal."""

from asyncio import to_thread
from typing import Any

from nodes.briefing import brief_coach, gap_of, packed, sources_for
from nodes.stage import Stage
from nodes.tools import Tools, find_passages
from state.conversation import ConversationState
from state.phases import Step


async def collect(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """Stream the coach's reply with the passages it may lean on; `ready` says whether refining follows."""
    stage = Stage(state, Step.COLLECT)
    coach = tools.coach(state["brief"]["llm_model"])
    passages = await find_passages(state, tools, state["said"][-1] if state["said"] else "")
    gap = await to_thread(gap_of, state)
    async for chunk in coach.reply(brief_coach(state, passages, gap)):
        stage.say(chunk.text, chunk.usage)
    sources = await to_thread(sources_for, passages, state["said"])
    reply = stage.complete(sources=sources)
    return {
        "ready": gap is None,
        "next_prompt": gap.question if gap else "",
        "asked": state["asked"] if gap is None else [*state["asked"], gap.criterion],
        "passages": packed(passages),
        "sources": sources,
        "replies": [reply],
        "model": coach.model,
        "usage": stage.usage,
        "events": stage.events,
    }

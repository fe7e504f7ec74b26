"""Refine: writes one SMART goal from what was said, inside the phase's character limit."""

from asyncio import to_thread
from typing import Any

from nodes.briefing import brief_coach, packed, unpacked
from nodes.coach import Refined
from nodes.stage import Stage
from nodes.tools import Tools, find_passages
from state.conversation import ConversationState, Draft, Proposal, Revised
from state.phases import Step


async def refine(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """A draft with its proposals; the goal is spoken word for word as the step's text.

    A goal that the employee edited stays word for word: it is theirs, and all of it is said.
    """
    stage = Stage(state, Step.REFINE)
    coach = tools.coach(state["brief"]["llm_model"])
    passages = unpacked(state["passages"]) or await find_passages(state, tools, " ".join(state["said"])[-2000:])
    own = edited(state)
    briefing = brief_coach(state, passages)
    refined = Refined(own) if own else await coach.refine(briefing)
    draft = refined.draft if own else await to_thread(coach.never_worse, refined.draft, briefing)
    stage.say("", refined.usage)
    stage.say(draft["text"])
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


def edited(state: ConversationState) -> Draft | None:
    """The employee's own wording of the goal they had; None when there was none to edit, or it exceeds the limit."""
    if revised := state.get("revised"):
        return _revised(state, revised)
    text, before = (state.get("message") or "").strip(), state["draft"]
    if state["entry"] != "refine" or not text or before is None or len(text) > state["brief"]["limit"]:
        return None
    return Draft(text=text, proposals=[], sources=before["sources"], note="")


def _revised(state: ConversationState, revised: Revised) -> Draft | None:
    """The draft as the message left it, with the proposals that still stand in it."""
    before, text = state["draft"], revised["text"]
    if revised["verdict"] != "edited" or before is None or len(text) > state["brief"]["limit"]:
        return None
    found = ((proposal, text.find(proposal["text"])) for proposal in before["proposals"])
    standing = [
        Proposal(**{**proposal, "start": at, "end": at + len(proposal["text"])}) for proposal, at in found if at >= 0
    ]
    return Draft(text=text, proposals=standing, sources=before["sources"], note="")

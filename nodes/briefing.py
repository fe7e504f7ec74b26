"""Turns the graph's state into what a coach may know."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from nodes.coach import Briefing, Swap
from state.conversation import ConversationState, Passage, rubric_of
from state.frame import contains
from state.phases import Phase


def brief_coach(state: ConversationState, passages: Sequence[Passage] = ()) -> Briefing:
    """The briefing of this turn."""
    brief, draft = state["brief"], state.get("draft")
    strike = set(state.get("strike") or ())
    struck = [p["text"] for p in draft["proposals"] if p["id"] in strike] if draft else []
    return Briefing(
        company=brief["company"],
        phase=Phase(brief["phase"]),
        limit=brief["limit"],
        horizon_months=brief["horizon_months"],
        rubric=rubric_of(brief),
        prompts=brief["prompts"],
        profile=state["profile"],
        said=tuple(state["said"]),
        dialogue=tuple(state["dialogue"]),
        goals=state["goals"],
        passages=tuple(passages),
        today=datetime.now(UTC).date(),
        asked=tuple(state["asked"]),
        previous=draft if struck else None,
        draft=draft,
        score=state["last_score"],
        struck=frozenset(struck),
        spoken=state["spoken"],
        acts=tuple(state["acts"]),
        swaps=swaps_of(state),
        pausing=state["pausing"],
        language=brief["language"],
        threshold=brief["threshold"],
        admins_may_read=brief["admins_may_read"],
    )


def swaps_of(state: ConversationState) -> tuple[Swap, ...]:
    """What this turn's message replaced or took back, details of what went aside."""
    if revised := state.get("revised"):
        return tuple(Swap(old, new) for old, new in revised["changes"])
    facts = {fact["id"]: fact for fact in state["facts"]}
    gone = [fact for fact in state["learned"]["facts"] if fact["state"] != "holds" and fact["kind"] != "reason"]
    whole = [fact for fact in gone if not any(contains(other, fact) for other in gone)]
    new = [facts.get(fact["replaced_by"] or "") for fact in whole]
    return tuple(Swap(old["text"], fact["text"] if fact else "") for old, fact in zip(whole, new, strict=True))


def packed(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """Passages as plain values for the state."""
    return [asdict(passage) for passage in passages]


def unpacked(passages: Sequence[dict[str, Any]]) -> tuple[Passage, ...]:
    """The inverse of `packed`."""
    return tuple(Passage(**passage) for passage in passages)

"""Score: judges the draft against the tenant's rubric. Code, never the model, does weights, total and threshold."""

from asyncio import to_thread
from datetime import UTC, datetime
from typing import Any

from ulid import ULID

from nodes.briefing import brief_coach
from nodes.coach import Advice, Exam
from nodes.english.spans import blanked
from nodes.exams import kept
from nodes.stage import Stage
from nodes.tools import Tools, find_passages
from nodes.understanding.language import is_english
from nodes.words import words_of
from state.conversation import ConversationState, Draft, rubric_of
from state.frame import does
from state.languages.choice import SOURCE, Language
from state.languages.words import short_number, spoken_number
from state.phases import Phase, Step
from state.records.turns.accept import HELP_AFTER
from state.scorecard import Scorecard, score_goal

SCORED = "{score} of 10 (needed: {threshold}). {feedback}"
IN_ENGLISH = "The reasons below are in English, which is the only language the rules read."
KEPT_BELOW = "It is saved as you want it. It lies below what your company asks for, so it counts in no statistics."
MAY_KEEP = "If you like it as it is, say “keep it as it is”, and I save it all the same."


DONE = ("yes", "request.finish", "request.write")
"""What ends a phase: no question could lift the score of a goal that the rules can't read."""


async def score(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """The scorecard, spoken as feedback; below the threshold with one concrete question."""
    stage = Stage(state, Step.SCORE)
    draft = drafted(state)
    coach = tools.coach(state["brief"]["llm_model"])
    exam = await _exam(state, tools, draft)
    judged = await coach.judge(exam)
    card = score_goal(judged.judgement, rubric_of(state["brief"]), state["brief"]["threshold"])
    ends_unread = coach.english_only and does(state["acts"], *DONE)
    kept_anyway = not card["meets_threshold"] and (
        wants_to_keep(state) or (ends_unread and not is_english(draft["text"]))
    )
    goal_id = str(ULID()) if card["meets_threshold"] or kept_anyway else None
    again = state["low_scores"] > 0 and state["last_score"] == card["score"]
    advice = None if goal_id else await to_thread(coach.advice, card, brief_coach(state), again=again)
    stage.say("", judged.usage)
    stage.say(_spoken(state, card, advice, english_only=coach.english_only))
    reply = stage.complete()
    stage.tell("score", {**card, "goal_id": goal_id, "below_threshold": kept_anyway})
    return {
        "scorecard": card,
        "exam": kept(exam) if goal_id else None,
        "goal_id": goal_id,
        "next_prompt": advice.question if advice else "",
        "replies": [reply],
        "model": coach.model,
        "usage": stage.usage,
        "events": stage.events,
    }


def wants_to_keep(state: ConversationState) -> bool:
    """Whether the employee keeps the text whatever its score: by the button, or by saying so."""
    said_so = does(state["acts"], "request.keep")
    offered = state["low_scores"] > 0 and not state["pausing"] and does(state["acts"], "yes")
    return bool(state.get("keep")) or (state["entry"] == "collect" and (said_so or offered))


def drafted(state: ConversationState) -> Draft:
    """The draft of this turn. Raises ValueError where the graph let a turn through without one."""
    draft = state["draft"]
    if draft is None:
        raise ValueError("scoring needs a draft")
    return draft


async def _exam(state: ConversationState, tools: Tools, draft: Draft) -> Exam:
    proposals = tuple((p["start"], p["end"]) for p in draft["proposals"])
    return Exam(
        phase=Phase(state["brief"]["phase"]),
        text=draft["text"],
        proposals=proposals,
        rubric=rubric_of(state["brief"]),
        passages=await find_passages(state, tools, blanked(draft["text"], sorted(proposals), " ")),
        rag_enabled=state["brief"]["rag_enabled"],
        today=datetime.now(UTC).date(),
        threshold=state["brief"]["threshold"],
        company=state["brief"]["company"],
    )


def _spoken(state: ConversationState, card: Scorecard, advice: Advice | None, *, english_only: bool) -> str:
    language = state["brief"]["language"]
    say = words_of(language).say
    lines = [say(IN_ENGLISH)] if english_only and language != SOURCE else []
    lines.append(say(SCORED, **_points(card, language), feedback=card["feedback"]))
    if advice:
        lines.append(advice.question)
        if state["low_scores"] + 1 >= HELP_AFTER:
            lines.append(advice.example)
        lines.append(say(MAY_KEEP))
    elif not card["meets_threshold"]:
        lines.append(say(KEPT_BELOW))
    return "\n\n".join(lines)


def _points(card: Scorecard, language: Language) -> dict[str, str]:
    return {
        "score": spoken_number(card["score"], language),
        "threshold": short_number(card["threshold"], language),
    }

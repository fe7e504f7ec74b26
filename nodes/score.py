"""Score: judges the draft against the tenant's rubric. Code, never the model, does weights, total and threshold."""

from asyncio import to_thread
from datetime import UTC, datetime
from typing import Any

from ulid import ULID

from nodes.briefing import brief_coach
from nodes.coach import Exam
from nodes.exams import kept
from nodes.llm.guard import masked
from nodes.rules.judge import MODEL as RULES
from nodes.rules.replies import help_example, low_score_question
from nodes.stage import Stage
from nodes.tools import Tools, find_passages
from nodes.words import words_of
from state.conversation import ConversationState, Draft, rubric_of
from state.languages.choice import SOURCE, Language
from state.languages.words import short_number, spoken_number
from state.phases import Phase, Step
from state.records.turns import HELP_AFTER
from state.scorecard import Scorecard, score_goal

SCORED = "{score} of 10 (needed: {threshold}). {feedback}"
IN_ENGLISH = "The reasons below are in English, which is the only language the rules read."
KEPT_BELOW = "It is saved as you want it. It lies below what your company asks for, so it counts in no statistics."
MAY_KEEP = "If you like it as it is, say “keep it as it is”, and I save it all the same."


async def score(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """The scorecard, spoken as feedback; below the threshold with one concrete question."""
    stage = Stage(state, Step.SCORE)
    draft = drafted(state)
    coach = tools.coach(state["brief"]["llm_model"])
    exam = await _exam(state, tools, draft)
    judged = await coach.judge(exam)
    card = score_goal(judged.judgement, rubric_of(state["brief"]), state["brief"]["threshold"])
    kept_anyway = not card["meets_threshold"] and wants_to_keep(state)
    goal_id = str(ULID()) if card["meets_threshold"] or kept_anyway else None
    question = "" if goal_id else await to_thread(_question, state, card)
    stage.say("", judged.usage)
    stage.recite(await to_thread(_spoken, state, card, question, kept_anyway))
    reply = stage.complete()
    stage.tell("score", {**card, "goal_id": goal_id, "below_threshold": kept_anyway})
    return {
        "scorecard": card,
        "exam": kept(exam) if goal_id else None,
        "goal_id": goal_id,
        "next_prompt": question,
        "replies": [reply],
        "model": coach.model,
        "usage": stage.usage,
        "events": stage.events,
    }


def wants_to_keep(state: ConversationState) -> bool:
    """Whether the employee keeps the text whatever its score: by the button, or by saying so."""
    said_so = any(act["act"] == "request" and act.get("about") == "keep" for act in state["acts"])
    offered = state["low_scores"] > 0 and not state["pausing"] and any(act["act"] == "yes" for act in state["acts"])
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
        passages=await find_passages(state, tools, masked(draft["text"], proposals)),
        rag_enabled=state["brief"]["rag_enabled"],
        today=datetime.now(UTC).date(),
        threshold=state["brief"]["threshold"],
        company=state["brief"]["company"],
    )


def _question(state: ConversationState, card: Scorecard) -> str:
    """One question for what costs most; about something else where the same score came twice."""
    again = state["low_scores"] > 0 and state["last_score"] == card["score"]
    return low_score_question(
        card, tuple(state["said"]), state["profile"].get("position"), state["brief"]["language"], int(again)
    )


def _spoken(state: ConversationState, card: Scorecard, question: str, kept_anyway: bool) -> str:
    language = state["brief"]["language"]
    say = words_of(language).say
    lines = [say(IN_ENGLISH)] if language != SOURCE and card["model"] == RULES else []
    lines.append(say(SCORED, **_points(card, language), feedback=card["feedback"]))
    if kept_anyway:
        return "\n\n".join([*lines, say(KEPT_BELOW)])
    if not card["meets_threshold"]:
        lines.append(question)
        if state["low_scores"] + 1 >= HELP_AFTER:
            lines.append(help_example(brief_coach(state, (), None), card))
        lines.append(say(MAY_KEEP))
    return "\n\n".join(lines)


def _points(card: Scorecard, language: Language) -> dict[str, str]:
    return {
        "score": spoken_number(card["score"], language),
        "threshold": short_number(card["threshold"], language),
    }

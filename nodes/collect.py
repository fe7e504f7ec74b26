"""Collect: answers the employee and decides what follows: a draft, its score, the question whether it is right, or more talk."""

# ruff: noqa: E501 - what the coach says stands unbroken

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from nodes.briefing import brief_coach, packed
from nodes.coach import PATIENCE, Adviser, Briefing, Gap
from nodes.crisis import crisis_reply, help_offer
from nodes.quoting import sources_for
from nodes.stage import Stage
from nodes.tools import Tools, find_passages
from nodes.understanding.alternatives import offered
from nodes.understanding.language import is_english
from nodes.varied import unsaid
from nodes.words import words_of
from state.conversation import ConversationState, Passage, Revised
from state.frame import does, stops_the_coach
from state.languages.words import short_number
from state.phases import Step

IS_THIS_IT = (
    "Is this your goal as it stands? Say yes, or tell me what to change.",
    "Shall I take the draft as it is? A yes is enough; otherwise tell me what is different.",
    "Back to your draft: is it right like this, or what should change?",
    "And the draft: yes, or what shall I change in it?",
)
KEEP_IT = (
    "Shall I save it as it is, although it lies below {threshold}? A yes is enough; or tell me one thing more about it.",
    "I can save it below {threshold} points, if you like it so: say yes. Or what would you add?",
)
WHAT_ELSE = "All right. What should be different?"
BACK = "Back to my question: {question}"
WHICH = {
    "amount": "Which number do you mean: {choices}?",
    "date": "Which date do you mean: {choices}?",
    "frequency": "Which of them do you mean: {choices}?",
    "choice": "Which of them do you mean: {choices}?",
    "withdrawal": "What shall I take out? Tell me in a few of its words.",
}
QUOTED = "“{text}”"
ANEW = "All right, nothing of it is left. {question}"
NOT_FOUND = (
    "I don't find {missing} in the draft, so I changed nothing. Write the sentence as it should read, and I take it word for word.",
    "The draft doesn't hold {missing}, so it stands as before. Type the whole sentence the way you want it; I take every word of it.",
    "I looked for {missing} and there is no such place in the draft. Send me the text as it should be, and it replaces the old one.",
)
AS_IT_SHOULD_READ = (
    "I am not sure what to change. Write the sentence as it should read, and I take it word for word.",
    "I don't want to change the wrong thing. Type the whole sentence the way you want it; I take every word of it.",
    "Please send me the text as it should be: it replaces the old one, word for word.",
)
MATERIAL = ("content", "correction", "withdrawal", "request.delete", "request.rename")
ONWARD = ("request.finish", "request.keep", "request.write", "request.skip", "refusal", "chatter.reminder")
"""What moves the conversation on without any new material."""
WRITE_NOW = ("request.finish", "request.write", "request.keep")
"""What asks for the goal though something may be missing."""
DONE = ("request.finish", "request.skip", "refusal", "chatter.reminder")
"""What says that nothing more is coming."""
EMPTY = ("chatter", "yes", "no")
"""What neither tells nor asks anything, while no draft waits for it."""
MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows the reply."""

    course: Literal["refine", "score", "confirm", "transition"]
    question: str = ""
    gap: Gap | None = None


async def collect(state: ConversationState, tools: Tools) -> dict[str, Any]:
    """Stream the coach's reply with the passages it may lean on, then tell what was understood."""
    stage = Stage(state, Step.COLLECT)
    coach = tools.coach(state["brief"]["llm_model"])
    state = {**state, "asked": _asked(state)}
    scored_low = state["draft"] if coach.english_only and state["low_scores"] else None
    unread = scored_low is not None and not is_english(scored_low["text"])
    briefing = replace(brief_coach(state), unread=unread)
    passages: Sequence[Passage] = ()
    looked_for = _looked_for(state)
    stops, private = stops_the_coach(state["acts"]), does(state["acts"], "crisis")
    plan = Plan("transition") if stops else await to_thread(plan_for, state, briefing, coach)
    if private:
        stage.say(_to_one_in_danger(state, plan, stops=stops))
    else:
        passages = await find_passages(state, tools, looked_for)
        briefing = replace(briefing, passages=tuple(passages), course=plan.course, question=plan.question)
        try:
            async for chunk in coach.reply(briefing):
                stage.say(chunk.text, chunk.usage)
        finally:
            stage.pause()
    sources = await to_thread(sources_for, passages, looked_for)
    reply = stage.complete(sources=sources)
    stage.tell("understood", {"acts": state["acts"], "facts": state["facts"]})
    return {
        "course": plan.course,
        "next_prompt": plan.question,
        "draft": None if _cleared(state) else state["draft"],
        "asked": [] if _cleared(state) else [*state["asked"], plan.gap.criterion] if plan.gap else state["asked"],
        "passages": packed(passages),
        "sources": sources,
        "replies": [reply],
        "model": coach.model,
        "usage": stage.usage,
        "events": stage.events,
        **(_FORGOTTEN if private else {}),
    }


_FORGOTTEN = {"message": "", "spoken": ""}
"""What no checkpoint may keep: the words of somebody who may be in danger."""


def _to_one_in_danger(state: ConversationState, plan: Plan, *, stops: bool) -> str:
    """The fixed reply that stops; where danger is only possible, an offer of help and then the question. No coach reads
    the message."""
    prompts, language = state["brief"]["prompts"], state["brief"]["language"]
    if stops:
        return crisis_reply(prompts, language)
    return "\n\n".join(filter(None, (help_offer(prompts, language, state["offered"]), plan.question)))


def plan_for(state: ConversationState, briefing: Briefing, adviser: Adviser) -> Plan:
    """What follows, from what the message does and what is known by now. Pure."""
    if state.get("revised"):
        return _after_edit(state)
    if state["unclear"]:
        return Plan("confirm" if state["pausing"] else "transition", _which(state))
    if state["pausing"]:
        return _at_pause(state, briefing, adviser)
    if state["brief"]["phase"] != state["current_phase"]:
        return Plan("refine" if _changed(state) and state["said"] else "transition")
    if state["draft"] and state["low_scores"] and (does(state["acts"], "request.keep") or _only(state, "yes")):
        return Plan("score")
    if state["draft"] and state["low_scores"] and does(state["acts"], *DONE) and not _changed(state):
        saves = briefing.unread and does(state["acts"], *WRITE_NOW)
        return Plan("score") if saves else _kept_below(state)
    if not state["draft"] and state["acts"] and all(act["act"] in EMPTY for act in state["acts"]):
        return _onward(briefing, adviser)  # the same question again would be a dead end
    if not does(state["acts"], *MATERIAL, *ONWARD):
        return _pending(state, briefing, adviser)
    return _onward(briefing, adviser)


def _after_edit(state: ConversationState) -> Plan:
    """What follows a message about the draft that waits: its score, the new draft, or a question about what wasn't found."""
    revised = cast("Revised", state["revised"])
    say = words_of(state["brief"]["language"]).say
    match revised["verdict"]:
        case "saved":
            return Plan("score")
        case "edited":
            return Plan("refine")
        case "cleared":
            return Plan("transition", say(ANEW, question=state["brief"]["question"]))
        case "missing" if not does(state["acts"], "request.rename"):
            missing = ", ".join(say(QUOTED, text=text) for text in revised["missing"][:MOST_CHOICES])
            wordings = NOT_FOUND if missing else AS_IT_SHOULD_READ
            return Plan(
                "confirm" if state["pausing"] else "transition",
                unsaid([say(wording, missing=missing) for wording in wordings], state["dialogue"]),
            )
    return _asked_again(state)


def _asked_again(state: ConversationState) -> Plan:
    say = words_of(state["brief"]["language"]).say
    if _only(state, "no"):
        return Plan("confirm", say(WHAT_ELSE))
    return Plan("confirm", unsaid([say(wording) for wording in IS_THIS_IT], state["dialogue"]))


def _at_pause(state: ConversationState, briefing: Briefing, adviser: Adviser) -> Plan:
    """A draft waits, and what was told is not about its text: a change makes a new one, anything else is asked again."""
    if does(state["acts"], *MATERIAL) and _changed(state):
        return _onward(briefing, adviser, go_on=bool(state["said"]))
    return _asked_again(state)


def _pending(state: ConversationState, briefing: Briefing, adviser: Adviser) -> Plan:
    """What the coach waits to hear, in words that it has not used lately."""
    if not state["question"]:
        gap = adviser.gap(briefing)
        return Plan("transition", adviser.question(gap, briefing) if gap else state["brief"]["question"], gap)
    say = words_of(state["brief"]["language"]).say
    asked = state["question"].removeprefix(say(BACK, question="").strip()).strip()
    criterion = "" if state["draft"] or not state["asked"] else state["asked"][-1]
    known = criterion in briefing.rubric.criteria
    again = adviser.question(Gap(criterion), briefing) if known else asked
    return Plan("transition", unsaid([again, say(BACK, question=again)], state["dialogue"]))


def _kept_below(state: ConversationState) -> Plan:
    """Nothing new came after a score that was too low: the employee may have the goal as it is."""
    say, brief = words_of(state["brief"]["language"]).say, state["brief"]
    threshold = short_number(brief["threshold"], brief["language"])
    return Plan("transition", unsaid([say(wording, threshold=threshold) for wording in KEEP_IT], state["dialogue"]))


def _onward(briefing: Briefing, adviser: Adviser, *, go_on: bool = False) -> Plan:
    """A question for what is missing; without any a draft, at once where the employee wants to go on."""
    gap = adviser.gap(briefing, go_on=go_on or briefing.does(*WRITE_NOW))
    return Plan("transition", adviser.question(gap, briefing), gap) if gap else Plan("refine")


def _asked(state: ConversationState) -> list[str]:
    """The criteria asked about; one that is skipped, refused or was answered already isn't asked about again."""
    asked = state["asked"]
    done = does(state["acts"], "request.skip", "refusal", "chatter.reminder")
    return [*asked, *asked[-1:] * PATIENCE] if done else asked


def _which(state: ConversationState) -> str:
    phase, kind = state["brief"]["phase"], state["unclear"]
    every = [fact for fact in state["facts"] if fact["kind"] == kind and fact["state"] == "holds"]
    facts = [fact["text"] for fact in every if fact["phase"] == phase] or [fact["text"] for fact in every]
    facts = [*offered(state["spoken"])] if kind == "choice" else facts
    say = words_of(state["brief"]["language"]).say
    choices = ", ".join(say(QUOTED, text=text) for text in list(dict.fromkeys(facts))[-MOST_CHOICES:])
    return say(WHICH[kind], choices=choices)


def _looked_for(state: ConversationState) -> str:
    """What the company's documents are asked: the question, else what was said last; nothing about a message that is private."""
    if does(state["acts"], "crisis"):
        return ""
    spans = [act["span"] for act in state["acts"] if act["act"] == "question" and act.get("about") == "company"]
    if spans:
        return " ".join(state["spoken"][start:end] for start, end in spans)
    return state["said"][-1] if state["said"] and does(state["acts"], "content") else ""


def _cleared(state: ConversationState) -> bool:
    revised = state.get("revised")
    return revised is not None and revised["verdict"] == "cleared"


def _changed(state: ConversationState) -> bool:
    phase = state["brief"]["phase"]
    return any(fact["phase"] == phase for fact in state["learned"]["facts"])


def _only(state: ConversationState, name: str) -> bool:
    return (
        bool(state["acts"])
        and all(act["act"] in (name, "chatter") for act in state["acts"])
        and does(state["acts"], name)
    )

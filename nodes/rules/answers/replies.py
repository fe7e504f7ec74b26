"""One answer for each act of a message that wants one, in the order they were said."""

# ruff: noqa: E501 - what the coach says stands unbroken

from collections.abc import Callable, Iterator

from nodes.coach import Briefing
from nodes.rules.answers.questions import about_company, about_process, about_term, again
from nodes.rules.answers.words import entries, entry_for
from nodes.varied import unsaid
from nodes.words import words_of
from state.conversation import Passage
from state.frame import Act

Quoted = Callable[[str], tuple[str, Passage | None]]
"""The passage that fits a question best, and its sentence."""

MOST_ANSWERS = 3
"""Answers in one reply: more would bury the question that follows."""
WITHOUT = "That is fine, you don't need to tell me. It can stay general."
SKIPPED = "All right, we leave that one."
REMINDED = "You are right, you said that already."
REMINDED_OF = "You are right, you said that already: “{said}”."
HEAVY = (
    "Noted, and it will not stand in your goal.",
    "Thank you for telling me. I take it as said to me alone.",
    "I hear that too, and I leave it out of your goal.",
)
EXAMPLE = "For example, from work like yours: “{example}”"
WRITING = (
    "I write a first draft from what you told me. What I add is marked as a proposal: strike it where it is not true."
)
HERE_IT_IS = "Here is the draft that I wrote from what you told me."
NEEDS_SOMETHING = "I can't write it from nothing, but one sentence from you is enough. For example: “{example}”"
REWORDING = "About “{asked}”: I can't reword or reorder a draft by myself. Edit its text, and I take it as you write it, or tell me what it should say instead."
KEPT = "All right, I keep it as it is."
SAVING = "Good, then I take it as it stands."
TOO_LATE = "That goal is saved already, so a no alone does not take it back. Tell me what should be different, and I make a new version of it."


def answers(briefing: Briefing, quoted: Quoted) -> list[str]:
    """What to say to the acts of the message, the same thing once."""
    found = dict.fromkeys(text for act in briefing.acts if (text := _answer(briefing, act, quoted)))
    return list(found)[:MOST_ANSWERS]


def example_for(briefing: Briefing) -> str:
    """An example of the phase from work like the employee's."""
    position = briefing.profile.get("position") or ""
    group = entries("examples")[entry_for("examples", position) or "anybody"]
    return str(group[briefing.phase.value])


def _answer(briefing: Briefing, act: Act, quoted: Quoted) -> str:
    say = words_of(briefing.language).say
    text = briefing.spoken[act["span"][0] : act["span"][1]]
    match act["act"], act.get("about"):
        case "question", "process":
            return about_process(briefing, text)
        case "question", "term":
            return about_term(briefing, text)
        case "question", _:
            return about_company(briefing, text, *quoted(text))
        case "request", about:
            return _request(briefing, about or "", text)
        case "refusal", _:
            return say(WITHOUT)
        case "feeling", _:
            return _feeling(briefing, text)
        case "no", _:
            late = briefing.goals and not briefing.said and not briefing.pausing
            return say(TOO_LATE) if late and _alone(briefing, "no") else ""
        case "chatter", about:
            return _chatter(briefing, about or "", text)
    return ""


def _request(briefing: Briefing, about: str, text: str) -> str:
    say = words_of(briefing.language).say
    match about:
        case "example":
            return say(EXAMPLE, example=say(example_for(briefing)))
        case "write" if not briefing.said:
            return say(NEEDS_SOMETHING, example=say(example_for(briefing)))
        case "write":
            return say(HERE_IT_IS if briefing.pausing else WRITING)
        case "skip":
            return say(SKIPPED)
        case "rename" if not briefing.swaps:
            return say(REWORDING, asked=again(text))
    return ""


def _alone(briefing: Briefing, name: str) -> bool:
    """Whether a message does nothing but this."""
    return all(act["act"] in (name, "chatter") for act in briefing.acts)


def _feeling(briefing: Briefing, text: str) -> str:
    say = words_of(briefing.language).say
    about = entries("feelings")[entry_for("feelings", text) or "heavy"]["answer"]
    return unsaid([say(about), *map(say, HEAVY)], briefing.dialogue)


def _chatter(briefing: Briefing, about: str, text: str) -> str:
    say = words_of(briefing.language).say
    if about == "reminder":
        last = briefing.said[-1].splitlines()[-1].removeprefix("- ") if briefing.said else ""
        return say(REMINDED_OF, said=last) if 0 < len(last) < 120 else say(REMINDED)
    heard = entry_for("greetings", text)
    return say(entries("greetings")[heard]["answer"]) if heard else ""


def questions_in(briefing: Briefing) -> Iterator[str]:
    """The questions about the company, in the employee's words."""
    for act in briefing.acts:
        if act["act"] == "question" and act.get("about") == "company":
            yield briefing.spoken[act["span"][0] : act["span"][1]]

"""What is said of a goal that is saved already: only a message that names it changes it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from nodes.english.terms import terms
from nodes.understanding.contrasts import find_contrast
from nodes.understanding.drafts.quotes import quotes, sentences
from nodes.understanding.drafts.shown import words_in
from nodes.understanding.drafts.speech import phrase, without_tail
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import read_mend
from nodes.understanding.wording import repairs
from state.frame import Fact
from state.phases import ORDER

_LINKS = re.compile(
    r"^(?:\W|\b(?:is|was|still|wrong|all|jumbled|a|mess|please|pls|too|also|and|no|not|right|quite|goal|then|:|for|that)\b)+",
    re.IGNORECASE,
)
"""What stands between the name of a goal and what is to change in it."""
_READS = re.compile(r"should (?:say|read|be)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:change|rewrite|fix|correct|edit)\s+(?:the|my|that)\s+goal\s*(?:to|so that it says|:)\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
"""How a goal is changed that is named by nothing but that: the one that was saved last."""


def of_earlier(text: str, saved: Mapping[str, str], phase: str, *, begun: bool) -> tuple[str, str] | None:
    """The phase of the saved goal that a message is about, and what it asks of it; None where it names none. While nothing was
    said in this phase yet (not `begun`), `change the goal to …` means the goal before it."""
    for sentence in sentences(text):
        for named in [one.value for one in ORDER if one.value in saved and one.value != phase]:
            match = _named(named).search(sentence.text)
            if match and not any(one.start <= match.start() < one.end for one in quotes(sentence.text)):
                return named, _asked(sentence.text[: match.start()], text[sentence.start + match.end() :])
        before = [one.value for one in ORDER if one.value in saved and one.value != phase]
        if before and not begun and (change := _CHANGES.search(sentence.text)):
            return before[-1], f"the goal should say: {text[sentence.start + change.end() :]}"
    return None


def spoken_of(frame: Frame, message: Message) -> frozenset[str]:
    """The other phases that a message speaks of: it names their goal, or words stand there that don't stand in its own."""
    own = frame.holding(message.phase)
    others = [phase.value for phase in ORDER if phase.value != message.phase]
    return frozenset(phase for phase in others if _speaks_of(message.text, phase, frame.holding(phase), own))


def _speaks_of(text: str, phase: str, theirs: Sequence[Fact], own: Sequence[Fact]) -> bool:
    if not theirs:
        return False
    contrast = find_contrast(text)
    told = frozenset(words_in(without_tail(contrast.old))) if contrast.old else frozenset()
    said, mine = ({word for fact in facts for word in words_in(fact["text"])} for facts in (theirs, own))
    if not own and repairs(text) and len(words_in(text)) <= LONGEST_REPAIR and _is_date(text):
        return True  # `no. november`, right after it was saved
    nouns = terms(text) & terms(" ".join(said)) - terms(" ".join(mine))
    return bool(_named(phase).search(text) or nouns or (told and told <= said and not told <= mine))


def _is_date(text: str) -> bool:
    kinds = {kind for kind, _ in read_mend(text).values}
    return bool(kinds) and kinds <= {"date", "frequency"}


LONGEST_REPAIR = 6
"""Words up to which a correction needs no noun of the goal that was saved last."""


@cache
def _named(phase: str) -> re.Pattern[str]:
    lead = r"(?:(?:in|for|of|from|to|im|in den|bei|para|en|dans|pour|w)\s+)?(?:the|my|das|mein|mi|el|mon|le)?\s*"
    return re.compile(rf"(?<!\w){lead}{phrase('goals', phase)}(?!\w)(?:\s+goal\b)?", re.IGNORECASE)


def _asked(before: str, after: str) -> str:
    """What is asked of a goal, without its name: what stands behind it, else before it."""
    told = _LINKS.sub("", after)
    if _READS.match(told):  # said of a goal, it means all of it
        return f"the goal {told}"
    lead = before.strip(" ,;:–—-")
    if len(words_in(told)) < 2 or re.match(r"[?.!]", after.strip()):
        return lead if not words_in(told) else f"{lead} {told}"
    command = re.search(r"(?:take out|remove|delete|drop|change|replace|write|add|put)\b.*$", lead, re.IGNORECASE)
    return f"{command[0]} {told}" if command else told

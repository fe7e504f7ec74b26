"""Answers to questions: about the conversation, a word of the coach's, or the company."""

from nodes.coach import Briefing
from nodes.english.terms import terms
from nodes.rules.answers.words import entries, entry_for
from nodes.words import words_of
from state.conversation import Passage
from state.languages.words import short_number
from state.phases import GOAL_PHASES, Phase

ABOUT = {
    "specificity": "Right now I would like to understand what exactly you mean.",
    "measurability": "Right now I would like to know how one could tell that you got there.",
    "time_bound": "Right now I would like to know by when.",
    "clarity": "Right now I would like to know which values matter most to you.",
    "authenticity": "Right now I would like to know how your values show in what you do.",
}
PARTS = {
    Phase.G4_FUTURE: "your values and your plan of steps",
    Phase.G6_VALUES: "your plan of steps",
    Phase.G8_ACTIONS: "nothing, this is the last one",
}
READ_BY_HR = "Admins of your company may also read this conversation, as you were told at the start."
NOT_READ_BY_HR = "Admins of your company see counts and scores, not what we write here."
NOTHING_FOUND = "I found nothing about that in your company's documents; your manager or HR can tell you."
SAYS = "Your company's document “{document}”{page} says: “{quote}”"
ON_PAGE = " (page {page})"


def about_process(briefing: Briefing, question: str) -> str:
    """What the conversation is, does and keeps."""
    say = words_of(briefing.language).say
    entry = entries("process")[entry_for("process", question) or "about"]
    phases = list(GOAL_PHASES)
    criterion = briefing.asked[-1] if briefing.asked else ""
    return say(
        entry["answer"],
        readers=say(READ_BY_HR if briefing.admins_may_read else NOT_READ_BY_HR),
        criteria=", ".join(say(name.replace("_", " ")) for name in briefing.rubric.criteria),
        threshold=short_number(briefing.threshold, briefing.language),
        number=phases.index(briefing.phase) + 1,
        remaining=say(PARTS[briefing.phase]),
        limit=briefing.limit,
        about=say(ABOUT.get(criterion, "")),
    ).strip()


def about_term(briefing: Briefing, question: str) -> str:
    """What a word means; the criterion that was asked about last where no word of ours is named."""
    say = words_of(briefing.language).say
    key = entry_for("glossary", question)
    if key is None and briefing.asked:
        key = ALSO_CALLED.get(briefing.asked[-1], "specific")
    return say(entries("glossary")[key or "goal"]["meaning"])


ALSO_CALLED = {
    "specificity": "specific",
    "measurability": "measurable",
    "time_bound": "time_bound",
    "clarity": "clarity",
    "authenticity": "authenticity",
}
"""Under which word of the glossary each criterion stands."""


def about_company(briefing: Briefing, question: str, quote: str, passage: Passage | None) -> str:
    """What a document says, in its own words, or that none does."""
    say = words_of(briefing.language).say
    if passage is None or not terms(quote) & terms(question):
        return say(NOTHING_FOUND)
    page = say(ON_PAGE, page=passage.page) if passage.page is not None else ""
    return say(SAYS, document=passage.document, page=page, quote=quote)

"""What is said to somebody in danger, or who may be: fixed texts, and whom the company names. No coach words them."""

# ruff: noqa: E501 - what the coach says stands unbroken

from collections.abc import Mapping

from nodes.words import words_of
from state.languages.choice import LANGUAGES, Language

HELP_LINE = "help.crisis"
HELP_LINES = (HELP_LINE, *(f"{HELP_LINE}.{language}" for language in LANGUAGES))
"""Names among a company's prompts under which it says whom to ask, in one language or in all: shown as it is written."""
CRISIS = (
    "I am stopping our work on goals here, because what you write matters more. You don't have to carry this alone. "
    "Please talk to somebody you trust now, and if you or somebody else is in danger, call your country's emergency number. {help}"
    "I am only a program and can't judge how you are. What you wrote stays with you: nobody at your company can read it, "
    "it is not scored, and you can erase it. If you want to go on with your goals at some time, just write to me."
)
NO_HELP_LINE = "Your doctor, a crisis line in your country or your company's employee assistance can help as well. "
OFFERS = (
    "Perhaps that was only a way of speaking. If it weighs on you, you don't have to carry it alone. {help}"
    "Nobody else can read what you wrote, and we go on with your goals whenever you like. If it was about your work, say so and it counts.",
    "In case there is more behind these words, there is help. {help}"
    "Only you can read them. Your goals can wait or go on, as you like; if you meant your work, say so and I count it.",
    "Better said once too often: you are not alone with it. {help}"
    "What you wrote stays with you. We go on when you like, and what was about your work counts as soon as you say so.",
)
"""Said in turn to somebody who may be in danger: they ask nothing, and the conversation goes on behind them."""
LISTENERS = "Your doctor, a crisis line in your country or your company's employee assistance will listen. "


def crisis_reply(prompts: Mapping[str, str], language: Language) -> str:
    """The fixed reply, with the company's own help where its `prompts` name one."""
    return words_of(language).say(CRISIS, help=_help(prompts, language, NO_HELP_LINE))


def help_offer(prompts: Mapping[str, str], language: Language, before: int) -> str:
    """A line for somebody who may be in danger, in other words than `before` earlier ones of the session; it names the same help."""
    wording = OFFERS[before % len(OFFERS)]
    return words_of(language).say(wording, help=_help(prompts, language, LISTENERS))


def _help(prompts: Mapping[str, str], language: Language, general: str) -> str:
    own = (prompts.get(f"{HELP_LINE}.{language}") or prompts.get(HELP_LINE) or "").strip()
    return f"{own} " if own else words_of(language).say(general)

"""What is said to somebody in danger: one fixed text, and whom the company names. No coach words it."""

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


def crisis_reply(prompts: Mapping[str, str], language: Language) -> str:
    """The fixed reply, with the company's own help where its `prompts` name one."""
    say = words_of(language).say
    own = (prompts.get(f"{HELP_LINE}.{language}") or prompts.get(HELP_LINE) or "").strip()
    return say(CRISIS, help=f"{own} " if own else say(NO_HELP_LINE))

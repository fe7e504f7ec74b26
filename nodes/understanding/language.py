"""Which language somebody writes: what the coach answers in, and what it can make a goal of."""

from collections.abc import Sequence

from nodes.understanding.heads import language_of
from state.languages.choice import SOURCE, Language, spoken

SURE = 0.85
"""Share from which a language is believed; below it, what held before goes on."""
FEWEST_LETTERS = 8
"""Letters from which a text tells its language: `ok`, `no` and `3 juniors` are of many."""
LATEST = 3
"""Messages that are asked, the latest first."""


def language_told(messages: Sequence[str], otherwise: Language) -> Language:
    """What the latest messages are written in, of the languages Petraf speaks; `otherwise` where they don't tell."""
    for text in list(reversed(messages))[:LATEST]:
        if sum(c.isalpha() for c in text) >= FEWEST_LETTERS:
            code, share = language_of(text)
            found = spoken(code)
            if found and share >= SURE:
                return found
    return otherwise


def is_english(text: str) -> bool:
    """Whether the rules can read a text: it is English, or tells no other language plainly."""
    code, share = language_of(text)
    return code == SOURCE or share < SURE or sum(c.isalpha() for c in text) < FEWEST_LETTERS

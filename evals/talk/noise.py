"""Texts as people type them: without accents, full stops or apostrophes, with slips of the finger."""

import re
import unicodedata
from random import Random

PLAIN, UNSTOPPED, UNQUOTED, SLIPPED, ENDED = 0.12, 0.25, 0.1, 0.15, 0.03
"""Shares of texts to which each happens."""
SHORTEST_SLIPPED = 9
"""Letters from which a text has slips: a shorter one may become another word."""
LETTERS_A_SLIP = 40
ENDS = (".", "!", "...", " :)", " pls", " thx")
_STOPS = re.compile(r"[.,!?;:…]+(?=\s|$)")
_QUOTES = re.compile(r"['’]")


def noisy(text: str, random: Random) -> str:
    """The text with some noise, or as it is."""
    if random.random() < PLAIN:
        text = _plain(text)
    if random.random() < UNSTOPPED:
        text = _STOPS.sub("", text) or text
    if random.random() < UNQUOTED:
        text = _QUOTES.sub("", text) or text
    if random.random() < SLIPPED and len(text) >= SHORTEST_SLIPPED:
        for _ in range(1 + len(text) // LETTERS_A_SLIP):
            text = _slip(text, random)
    return text + random.choice(ENDS) if random.random() < ENDED else text


def _plain(text: str) -> str:
    spelled = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ß", "ss"))
    return "".join(letter for letter in spelled if not unicodedata.combining(letter))


def _slip(text: str, random: Random) -> str:
    """One letter swapped with the next, left out or doubled."""
    at, kind = random.randrange(1, len(text) - 1), random.random()
    if not text[at].isalpha():
        return text
    if kind < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if kind < 0.75 else text[:at] + text[at] * 2 + text[at + 1 :]

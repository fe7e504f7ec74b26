"""What a goal text says, found by rules: pure, no model, no clock, no database (both coaches rely on it)."""

from functools import lru_cache

from nodes.english.amounts import find_amounts
from nodes.english.phrases import Phrases, find_hedges
from nodes.english.spans import Evidence
from nodes.english.times import find_times
from nodes.english.words import words_of


@lru_cache(maxsize=64)
def read_evidence(text: str) -> Evidence:
    """Everything the rules find in `text` (English; other languages yield what is language-free: numbers, dates)."""
    times = find_times(text)
    quantities = find_amounts(text, times)
    phrases = Phrases(text, words_of(text), quantities, times)
    return Evidence(
        times=times,
        quantities=quantities,
        outcomes=phrases.outcomes(),
        actions=phrases.actions(),
        roles=phrases.roles(),
        vague=phrases.vague(),
        hedges=find_hedges(text),
    )

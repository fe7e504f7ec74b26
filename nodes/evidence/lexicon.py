"""Moved to nodes/english."""

from nodes.english.lexicon import GENERIC, IRREGULAR, NUMBER_WORDS, STOP, VERB_FORMS, singular, word_set

__all__ = ["GENERIC", "IRREGULAR", "NUMBER_WORDS", "STOP", "VERB_FORMS", "singular", "word_set"]

"""Moved to nodes/english."""

from nodes.english.words import CLAUSE_BREAK, SENTENCE_BREAK, WORD, Word, is_content, pieces, stem, words_of

__all__ = ["CLAUSE_BREAK", "SENTENCE_BREAK", "WORD", "Word", "is_content", "pieces", "stem", "words_of"]

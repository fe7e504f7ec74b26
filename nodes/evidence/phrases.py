"""Moved to nodes/english."""

from nodes.english.phrases import Phrases, find_hedges

__all__ = ["Phrases", "find_hedges"]

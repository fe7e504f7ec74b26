"""Kept for those who read days from here; `nodes.english.times` is where they are read."""

from nodes.english.times import Due, due_days

__all__ = ["Due", "due_days"]

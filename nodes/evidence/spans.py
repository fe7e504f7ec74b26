"""Moved to nodes/english."""

from nodes.english.spans import Evidence, Span, Stretches, Taken, blanked

__all__ = ["Evidence", "Span", "Stretches", "Taken", "blanked"]

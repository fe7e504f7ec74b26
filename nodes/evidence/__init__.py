"""Moved to nodes/english; these names stay until nobody imports them from here."""

from nodes.english.evidence import read_evidence
from nodes.english.spans import Evidence, Span

__all__ = ["Evidence", "Span", "read_evidence"]

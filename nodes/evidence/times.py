"""Moved to nodes/english."""

from nodes.english.times import days_until, find_times

__all__ = ["days_until", "find_times"]

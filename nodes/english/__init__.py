"""Reads English: numbers, times and amounts, for the coach, the judge and the calendar alike. Pure: no model, no clock."""

"""Clarity and authenticity of a list of values, refined or raw."""

import re

from nodes.rules.judge_blanks import CITED
from nodes.rules.judge_reading import Reading
from nodes.rules.judge_smart import Level
from nodes.rules.named_values import NamedValue, named_values
from nodes.screening import BLANK
from state.scorecard import half_step

FEWEST = 3
"""The phase asks for three to five values."""
_HEADING = re.compile(r"^[^\n•:,.]{0,60}\bvalues?[^\n•:,.]{0,30}:", re.IGNORECASE)
_COUNT_POINTS = {1: 1.5, 2: 5.0, 3: 8.0, 4: 8.0, 5: 8.0, 6: 6.5, 7: 5.5}
"""The criterion asks for three to five values that are told apart; what explains them adds the rest."""


def clarity(reading: Reading) -> Level:
    """Three to five distinct values, each explained."""
    values = read_values(reading)
    if not values:
        return Level(1.0, "No value is named yet.")
    explained = sum(v.explained for v in values)
    score = _COUNT_POINTS.get(len(values), 4.0) + 2.0 * explained / len(values)
    why = f"{len(values)} value{'s' if len(values) > 1 else ''} named, {explained} of them explained."
    return Level(half_step(score), why, _quote(reading, values))


def authenticity(reading: Reading) -> Level:
    """Each value shows in behaviour instead of standing as a bare word."""
    values = read_values(reading)
    shown = tuple(v for v in values if v.shown)
    if not values:
        return Level(1.0, "No value is named yet.")
    score = 2.0 + 8.0 * len(shown) / max(len(values), FEWEST)
    why = f"{len(shown)} of {len(values)} values show in something you do or in how you treat people."
    return Level(half_step(score), why, _quote(reading, shown))


def read_values(reading: Reading) -> tuple[NamedValue, ...]:
    """The values of a goal; its heading and what a document says in its own words name none."""
    text = CITED.sub(lambda cited: " " * len(cited[0]), reading.text.replace(BLANK, " "))
    return named_values(_HEADING.sub(lambda heading: "\n" * len(heading[0]), text))


def _quote(reading: Reading, values: tuple[NamedValue, ...]) -> str:
    """The first of them with what is told of it, as far as its line goes."""
    lower = reading.exam.text.lower()
    for value in values:
        start = lower.find(value.name.lower())
        told = reading.exam.text.find(value.told.strip(), start) if value.told.strip() else -1
        end = told + len(value.told.strip()) if told >= 0 else start + len(value.name)
        quote = reading.exam.text[start:end].split("\n")[0].strip(" .,;")
        if start >= 0 and quote:
            return quote
    return ""

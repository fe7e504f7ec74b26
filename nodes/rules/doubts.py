"""What was said and doesn't add up: shares of more than a hundred per cent, and per cents that can be read in two ways."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re

from nodes.coach import CHANGE, SHARES, Briefing, Gap
from nodes.words import words_of
from state.languages.choice import Language
from state.languages.words import short_number

FEWEST_SHARES = 3
"""Two per cents in a sentence are seldom shares of one whole."""
MOST_OVER = 150
"""Numbers that add up to more are no shares of one whole."""
OVER = "Your shares add up to {sum}%, which is more than the whole. Which of them should be smaller?"
POINTS_OR_PER_CENT = "{change}% from {base}%: do you mean down or up to {relative}%, or to {absolute}%?"
_QUESTIONS = {SHARES: OVER, CHANGE: POINTS_OR_PER_CENT}
_SHARES = re.compile(
    r"(?<![\d.,])(?<!by )(?<!from )(?<!than )\d{1,3}\s?%?[^,;.:\d\n%]{0,40}(?:(?:,|/|\band\b|\+)\s*\d{1,3}\s?%?[^,;.:\d\n%]{0,40}){2,9}",
    re.I,
)
"""Three numbers or more in a row, as one divides a whole."""
_BY_FROM = re.compile(
    r"(?P<verb>reduc|cut|lower|decreas|bring|drop|rais|increas|grow|improv|lift|boost)\w*[^.;\n]{0,60}?\bby\s(?P<change>\d{1,2})\s?(?:%|per ?cent)\s"
    r"from\s(?P<base>\d{1,2})\s?(?:%|per ?cent)(?!\s?to\b)",
    re.I,
)
_DOWN = ("reduc", "cut", "lower", "decreas", "bring", "drop")


def find_doubt(briefing: Briefing) -> Gap | None:
    """The first thing that doesn't add up; None where all does, or it was asked about already."""
    doubt = _doubt_in("\n".join(briefing.said))
    return doubt if doubt and doubt.criterion not in briefing.asked else None


def question(doubt: Gap, language: Language) -> str:
    """The question that settles it."""
    numbers = {name: short_number(number, language) for name, number in doubt.numbers.items()}
    return words_of(language).say(_QUESTIONS[doubt.criterion], **numbers)


def _doubt_in(text: str) -> Gap | None:
    if total := _too_many(text):
        return Gap(SHARES, {"sum": total})
    change = _BY_FROM.search(text)
    if change is None:
        return None
    by, base = int(change["change"]), int(change["base"])
    sign = -1 if change["verb"].lower() in _DOWN else 1
    relative, absolute = base + sign * base * by / 100, base + sign * by
    return (
        Gap(CHANGE, {"change": by, "base": base, "relative": relative, "absolute": absolute}) if absolute >= 0 else None
    )


def _too_many(text: str) -> int:
    """What shares add up to where that is more than a whole; 0 where there are none or they fit."""
    for run in _SHARES.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", run[0])]
        if "%" in run[0] and len(numbers) >= FEWEST_SHARES and 100 < sum(numbers) <= MOST_OVER and max(numbers) < 100:
            return sum(numbers)
    return 0

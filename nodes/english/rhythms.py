"""How often something happens, and phrases of time words that name no time."""

from collections.abc import Sequence

from nodes.english.periods import WHOLE_YEAR
from nodes.english.shapes import Grammar, joined
from nodes.english.tokens import Token


def _rhythm(tokens: Sequence[Token]) -> Token:
    return joined(tokens, "rhythm")


def _nothing(tokens: Sequence[Token]) -> Token:
    return joined(tokens, "nothing")


def _always(tokens: Sequence[Token]) -> Token | None:
    """`24 hours a day`, `twelve months a year`: all the time, and no rhythm; `seven days a week` is every day, which is one."""
    number, unit, _, whole = tokens
    if is_daily(tokens):
        return _rhythm(tokens)
    return _nothing(tokens) if number.value * _seconds(unit) >= _seconds(whole) * _NEARLY else None


def is_daily(tokens: Sequence[Token]) -> bool:
    """`Seven days a week`: no count of days, but each of them."""
    named = [token.text.lower() for token in tokens]
    return named[1:2] == ["days"] and named[3:4] == ["week"] and tokens[0].value == _A_WEEK


_A_WEEK = 7
_NEARLY = 0.9
"""Twelve months of thirty days are a year."""


def _seconds(length: Token) -> float:
    if length.tag == "clock":
        return length.value
    return _A_DAY * (-length.value if length.value < 0 else length.value * _DAYS_A_MONTH)


_A_DAY, _DAYS_A_MONTH = 86_400, 30


def _experience(tokens: Sequence[Token]) -> Token | None:
    """`After eleven years on nights` looks back; two weeks may still lie ahead."""
    unit = next(token for token in tokens if token.tag in ("annual", "unit"))
    return _nothing(tokens) if unit.value >= WHOLE_YEAR else None


def _idiom_of_day(tokens: Sequence[Token]) -> Token | None:
    """`At the end of the day` concludes; of the month it is a time."""
    return _nothing(tokens) if tokens[-1].text.lower() == "day" else None


def _many(tokens: Sequence[Token]) -> Token | None:
    """`In the evenings` is a rhythm, `in the evening` may be once."""
    return _rhythm(tokens) if tokens[-1].text.lower().endswith("s") else None


RHYTHMS: Grammar[Token | None] = Grammar(
    "rhythms",
    {
        "always": _always,
        "experience": _experience,
        "idiom_of_day": _idiom_of_day,
        "nothing": _nothing,
        "rhythm": _rhythm,
        "many": _many,
    },
)

"""Numbers as people write them: digits grouped by the custom of any country, words, fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nodes.english.shapes import Grammar, joined, rewritten
from nodes.english.tokens import Token, tokens_of

BIG = 1000
"""From here on a word closes what was counted before it: `two thousand three hundred`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: `text` is what stands at [start, end)."""

    start: int
    end: int
    value: float
    text: str


def find_numbers(text: str) -> list[Number]:
    """The numbers of a text in order: `1'200.50`, `12,50,000`, `-5`, `twenty-four`, `half a million`, `two-thirds`, `2.5k`.

    Years, dates and the pronoun `one` are none; `one` before what it counts is.
    """
    tokens = numbered(text)
    return [_number(text, token) for place, token in enumerate(tokens) if _is_number(tokens, place)]


def _number(text: str, token: Token) -> Number:
    return Number(token.start, token.end, token.value, text[token.start : token.end])


def _is_number(tokens: Sequence[Token], place: int) -> bool:
    tag, after = tokens[place].tag, tokens[place + 1].tag if place + 1 < len(tokens) else ""
    return tag in ("day", "number", "scaled", "count", "fraction", "nil") or (
        tag == "one" and after in ("word", "plural")
    )


def _counted(tokens: Sequence[Token]) -> Token:
    return joined(tokens, "count", _value(tokens))


def _value(tokens: Sequence[Token]) -> float:
    """Of `two hundred and five`, `1.5 million`, `a dozen`."""
    total, current = 0.0, 0.0
    for token in tokens:
        if token.tag == "scale":
            current = (current or 1) * token.value
            total, current = (total + current, 0.0) if token.value >= BIG else (total, current)
        elif token.tag in ("ones", "one", "teens", "tens", "day", "number"):
            current += token.value
    return total + current


def _half_scale(tokens: Sequence[Token]) -> Token:
    return joined(tokens, "count", tokens[-1].value / 2)


def _and_a_half(tokens: Sequence[Token]) -> Token:
    return joined(tokens, "count", _value(tokens[:-1]) + (1 / 2 if tokens[-1].tag == "half" else 1 / 4))


def _fraction(tokens: Sequence[Token]) -> Token:
    """`two-thirds`, `a third`, `half`."""
    below = next(token for token in reversed(tokens) if token.tag in ("part", "parts", "quarters", "quarter", "half"))
    above = _value([token for token in tokens if token is not below]) or 1
    return joined(tokens, "fraction", above / (4 if below.tag == "quarter" else below.value))


def _couple(tokens: Sequence[Token]) -> Token:
    return joined(tokens, "count", 2)


GRAMMAR: Grammar[Token | None] = Grammar(
    "numbers",
    {
        "counted": _counted,
        "half_scale": _half_scale,
        "and_a_half": _and_a_half,
        "fraction": _fraction,
        "couple": _couple,
    },
)


@lru_cache(maxsize=512)
def numbered(text: str) -> tuple[Token, ...]:
    """The tokens of a text, what makes one number put together."""
    return rewritten(tokens_of(text), GRAMMAR)

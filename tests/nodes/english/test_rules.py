"""Every rule finds the examples that stand beside it, and leaves the others alone."""

from collections.abc import Callable, Iterator

import pytest

from nodes.english import amounts, dates, numbers, rhythms, times
from nodes.english.shapes import Grammar
from nodes.english.tokens import Token, tokens_of

FEWEST = 2
"""Examples of each side."""
Tokens = Callable[[str], tuple[Token, ...]]
STAGES: tuple[tuple[Grammar, Tokens], ...] = (  # type: ignore[type-arg]
    (numbers.GRAMMAR, tokens_of),
    (rhythms.RHYTHMS, numbers.numbered),
    (dates.NAMES, dates.rhythmic),
    (dates.PLACES, dates.named),
    (times.GRAMMAR, dates.dated),
    (amounts.GRAMMAR, numbers.numbered),
)


def _examples(side: str) -> Iterator[tuple[Grammar, Tokens, str, str]]:  # type: ignore[type-arg]
    for grammar, tokens in STAGES:
        for rule in grammar.rules:
            for text in getattr(rule, side):
                yield grammar, tokens, rule.name, text


@pytest.mark.parametrize(("grammar", "tokens", "name", "text"), [*_examples("yes")])
def test_a_rule_finds_its_examples(grammar: Grammar, tokens: Tokens, name: str, text: str) -> None:  # type: ignore[type-arg]
    assert name in grammar.names_in(tokens(text))


@pytest.mark.parametrize(("grammar", "tokens", "name", "text"), [*_examples("no")])
def test_a_rule_leaves_others_alone(grammar: Grammar, tokens: Tokens, name: str, text: str) -> None:  # type: ignore[type-arg]
    assert name not in grammar.names_in(tokens(text))


def test_each_rule_brings_two_examples_of_either_side() -> None:
    poor = [
        r.name for g, _ in STAGES for r in g.rules if min(len(r.yes), len(r.no)) < FEWEST and r.name not in HANDED_ON
    ]
    assert poor == []


HANDED_ON = ("no time", "rhythm")
"""What an earlier grammar found already."""

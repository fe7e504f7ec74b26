"""What the numbers of a clause count: things of a trade, or what anybody could count."""

from collections.abc import Iterator, Sequence

from nodes.english.lexicon import word_set
from nodes.screening.segments import CONTENT, DATE, NUMBER, THING, VERB, Token
from nodes.screening.vocabulary import has_class

_FILLERS = ("verdict", "criterion", "detail", "filler")
LEADS = word_set("with at by to of in on until before within from below above under over")
"""Prepositions that lead to an amount or a time."""
_PERCENT = ("percent", "percentage")
_ENDS_NAME = LEADS - {"of"} | word_set("i you it we they he she this that who which and or but is are was will would")
_OF_TIME = word_set("of the a an times time x")


def counted(tokens: Sequence[Token]) -> list[str]:
    """What each amount counts; empty where it counts nothing that is named."""
    return [_unit(tokens, number) for number in amounts(tokens)]


def amounts(tokens: Sequence[Token]) -> Iterator[int]:
    """Where numbers stand that belong to no time."""
    for number, token in enumerate(tokens):
        after = next(
            (t for t in tokens[number + 1 : number + 5] if t.word not in _OF_TIME and t.frame != NUMBER), token
        )
        dated = after.frame == DATE or (number > 0 and tokens[number - 1].frame == DATE)
        if token.frame == NUMBER and not token.quoted and not dated:
            yield number


def _unit(tokens: Sequence[Token], number: int) -> str:
    """The thing after a number, past what describes it; else the one before it: `a score of 9`."""
    for token in tokens[number + 1 : number + 6]:
        if is_trade(token) or is_filler(token.word):
            return token.word
        if token.frame == DATE or token.word in _ENDS_NAME:
            break
    before = tokens[max(0, number - 2) : number]
    return next((token.word for token in reversed(before) if is_filler(token.word)), "")


def counts_work(tokens: Sequence[Token]) -> bool:
    """Whether one of the numbers counts something of a trade: `5 sales reps`."""
    return any(unit and not is_filler(unit) for unit in counted(tokens))


def is_trade(token: Token) -> bool:
    """Whether a word names something of a trade; those who judge and what they read are counted as work is."""
    named = token.frame in (CONTENT, THING, VERB) or has_class(token.word, "reader", "text")
    return named and len(token.word) > 1 and token.word not in _PERCENT and not is_filler(token.word)


def is_filler(word: str) -> bool:
    """Whether anybody could count it, or a judge gives it."""
    return has_class(word, *_FILLERS)

"""A linear head over hashed frames: does a stretch speak to the one who judges, or of work?

`evals/judge/train_screening.py` makes its weights.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from nodes.english.lexicon import word_set
from nodes.screening.deeds import Deed
from nodes.screening.segments import CONTENT, DATE, GENERAL, NUMBER, THING, Token
from nodes.screening.vocabulary import classes

WEIGHTS = Path(__file__).with_name("weights.npy")
_WRITER, _OWN = word_set("i we i'll we'll i'd we'd i'm"), word_set("my our")
_TELLS = {
    "state": word_set("is are it's there's that's isn't aren't has have contains holds means"),
    "past": word_set("was were had did been got received said wrote told"),
    "may": word_set("would could might can can't wouldn't if"),
    "must": word_set("must should shall will need needs"),
}
"""Words of telling: what is, was, might be or must be."""
SIZE = 1 << 13
"""Places for hashed features; int8 weights after one scale, 8 kB."""
SCALE = 16.0
"""Weights are kept as sixteenths."""
_LINKS = frozenset(["and", "but", "so", "then", "also", "please", "now", "or", "just", "ok", "well"])
_MOST_TOKENS = 400
"""A longer stretch is read to here, so that no text keeps the head busy."""


@lru_cache(maxsize=256)
def score(tokens: tuple[Token, ...], deed: Deed) -> float:
    """Above 0 it speaks to the judge; below, of work. Kept for who asks about the same sentence again."""
    places = features(tokens, deed)
    weights = _weights()
    return float(sum(weights[place] for place in places) / (SCALE * len(places) ** 0.5))


def features(tokens: Sequence[Token], deed: Deed) -> tuple[int, ...]:
    """The places of a stretch's features, each once, in order."""
    return tuple(sorted(set(map(_place, _names(tokens[:_MOST_TOKENS], deed)))))


@lru_cache(maxsize=50_000)
def _place(name: str) -> int:
    return crc32(name.encode()) % SIZE


def _names(tokens: Sequence[Token], deed: Deed) -> Iterator[str]:
    yield f"deed {deed.value}"
    frames = ["^", *(_alike(token.frame) for token in tokens), "$"]
    yield from frames
    yield from map(" ".join, pairwise(frames))
    yield from map(" ".join, zip(frames, frames[1:], frames[2:], strict=False))
    known = [_alike(_known(token)) for token in tokens]
    yield from (f"={word}" for word in known)
    yield from (f"={one} {two}" for one, two in pairwise(["^", *known]))
    yield from (f"opens {word}" for word in _opening(tokens))
    yield from _shares(tokens)
    yield from _shape(tokens, deed)


def _known(token: Token) -> str:
    """The word itself, or its frame where it is one of a trade, a name, or a number that is no full score, as an age is."""
    any_number = token.frame == NUMBER and token.word[0].isdigit() and not token.word.startswith("10")
    return token.frame if token.frame in (CONTENT, THING, GENERAL) or any_number else token.word


def _alike(word: str) -> str:
    """Whether it is about a man, a woman or some people is all one."""
    return "they" if word in _OTHERS else "their" if word in _OTHERS_OWN else word


_OTHERS, _OTHERS_OWN = word_set("he she they him her them"), word_set("his hers its their")


def _shape(tokens: Sequence[Token], deed: Deed) -> Iterator[str]:
    """Who it is about, whether it tells or plans, and whether a number and a time stand with the deed."""
    words = [token.word for token in tokens]
    about = "writer" if _WRITER & set(words[:4]) else "own" if _OWN & set(words[:2]) else "other"
    yield f"about {about} {deed.value}"
    told = [name for name, some in _TELLS.items() if some & set(words)]
    yield from (f"tells {name} {about}" for name in told)
    frames = {token.frame for token in tokens}
    yield f"measured {NUMBER in frames} {DATE in frames} {deed.value} {bool(told)}"


def _opening(tokens: Sequence[Token]) -> Sequence[str]:
    """The first word that isn't a mere link, and its frame."""
    first = next((token for token in tokens if token.word not in _LINKS), None)
    return (_known(first), first.frame) if first else ()


def _shares(tokens: Sequence[Token]) -> Iterator[str]:
    """How much is of judging and how much of a trade."""
    judging = sum(token.word in classes() for token in tokens)
    trade = sum(token.frame in (CONTENT, THING) for token in tokens)
    yield f"judging {min(judging, 6)}"
    yield f"trade {min(trade, 6)}"
    yield f"share {round(4 * judging / max(1, judging + trade))}"
    for name in {name for token in tokens for name in classes().get(token.word, ())}:
        yield f"has {name}"


@cache
def _weights() -> tuple[int, ...]:
    return tuple(np.load(WEIGHTS, allow_pickle=False).tolist())

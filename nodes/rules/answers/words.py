"""Data of the answers, and which entry a text is about: by beginnings of words, accents and case left aside."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nodes.understanding.features import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SHORTEST_BEGINNING = 4
"""Letters from which a word of the data may be the beginning of a longer one."""


@cache
def entries(name: str) -> Mapping[str, dict[str, Any]]:
    """The entries of a file beside this one, in order."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def entry_for(name: str, text: str) -> str | None:
    """The key of the entry that most words of the text belong to, the first of equals; None where none does."""
    spoken = " ".join(words_in(text))
    scores = {key: _score(beginnings, spoken) for key, beginnings in _beginnings(name).items()}
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] else None


def words_in(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


@cache
def _beginnings(name: str) -> dict[str, list[str]]:
    return {key: [" ".join(words_in(word)) for word in entry["words"]] for key, entry in entries(name).items()}


def _score(beginnings: Sequence[str], spoken: str) -> int:
    """How many of the beginnings stand there; what is of more words counts once for each."""
    return sum(len(one.split()) for one in set(beginnings) if _begins(f" {spoken} ", one))


def _begins(spoken: str, beginning: str) -> bool:
    return f" {beginning}" in spoken if len(beginning) >= SHORTEST_BEGINNING else f" {beginning} " in spoken

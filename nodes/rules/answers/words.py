"""Data of the answers, and which entry a text is about: by beginnings of words, accents and case left aside."""

import re
import tomllib
from collections.abc import Mapping
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
    folded = fold(text)
    words = set(_WORD.findall(folded))
    scores = {key: _score(entry, words, folded) for key, entry in entries(name).items()}
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] else None


def _score(entry: Mapping[str, Any], words: set[str], folded: str) -> int:
    found = sum(any(_begins(word, beginning) for word in words) for beginning in map(fold, entry["words"]))
    return found + 2 * sum(fold(phrase) in folded for phrase in entry.get("phrases", ()))


def _begins(word: str, beginning: str) -> bool:
    return word == beginning or (len(beginning) >= SHORTEST_BEGINNING and word.startswith(beginning))

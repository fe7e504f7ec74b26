"""Makes the table of related words that a migration loads: `python -m evals.retrieval.related_words FILE`.

The local model's own vocabulary, two words together where their vectors are as near as those of *pay* and *wage*. It is made
once a migration, not at an installation: what a word is related to must not change under a company's documents.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray

from evals.retrieval.pipeline import scratch_database
from retrievers.embeddings import LocalEmbeddings

NEAREST = 0.70
"""Cosine similarity of two words from which they are related: measured on four sets of questions, 0.68 to 0.70 find most."""
MOST = 4
"""Related words of a word: a fifth changes nothing that was measured."""
AT_ONCE = 1_000
COUNTED = frozenset({
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
    "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "trillion", "dozen", "half", "quarter",
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    "hundredth", "day", "week", "month", "year", "decade", "century", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "weekday", "weekend", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "spring", "summer", "autumn", "fall", "winter"
})  # fmt: skip
"""Near one another and never to be taken for one another."""
NEGATIONS = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
STEMS = "select word, ts_lexize('english_stem', word) from unnest(%s::text[]) as word"

Related = dict[tuple[str, str], float]
"""Two stems, the first one first by the alphabet, and how near they are."""


def related(words: Sequence[str], vectors: NDArray[np.float32], stems: dict[str, str]) -> Related:
    """The pairs of stems of which two forms are near enough, with the similarity of the nearest two."""
    found: Related = {}
    for one, other, similarity in _near(vectors):
        first, second = sorted((stems[words[one]], stems[words[other]]))
        denied = {
            stems.get(no + word, no + word) for no in NEGATIONS for word in (first, second, words[one], words[other])
        }
        if first != second and not denied & {first, second}:
            found[first, second] = max(found.get((first, second), 0.0), similarity)
    return found


def _near(vectors: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    for start in range(0, len(vectors), AT_ONCE):
        similarities = vectors[start : start + AT_ONCE] @ vectors.T
        for row, other in np.argwhere(similarities >= NEAREST):
            if start + row < other:
                yield int(start + row), int(other), float(similarities[row, other])


def stems_of(words: list[str]) -> dict[str, str]:
    """What PostgreSQL makes of each word; stop words are left out."""
    with scratch_database(None) as url, psycopg.connect(url) as connection:
        return {word: stems[0] for word, stems in connection.execute(STEMS, (words,)) if stems}


def nearest(found: Related) -> list[tuple[str, str, float]]:
    """For each word the few that are nearest to it, and how near: what is looked for in every search must not be many."""
    others: dict[str, list[tuple[float, str]]] = {}
    for (one, other), similarity in found.items():
        others.setdefault(one, []).append((similarity, other))
        others.setdefault(other, []).append((similarity, one))
    return [(word, other, near) for word in sorted(others) for near, other in sorted(others[word], reverse=True)[:MOST]]


def main(path: Path) -> None:
    """Write the table: a word, one related to it and their similarity a line."""
    model = LocalEmbeddings()
    stems = stems_of([*model.vocabulary(), *COUNTED])
    counted = {stems[word] for word in COUNTED if word in stems}
    words = sorted(word for word, stem in stems.items() if stem not in counted)
    vectors = np.array(model.embed_documents(words), dtype=np.float32)
    rows = nearest(related(words, vectors, stems))
    path.write_text("".join(f"{word}\t{other}\t{near:.3f}\n" for word, other, near in rows), encoding="utf-8")
    print(f"{len(rows)} related words: {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

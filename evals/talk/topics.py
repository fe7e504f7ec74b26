"""Trains what the rule coach answers a question by: which of its answers a question about the conversation wants.

    python -m evals.talk.topics            cross-validated by author, then trained on all and written
    python -m evals.talk.topics --check    only the figures
    python -m evals.talk.topics --show     also the questions that were taken for something else

Texts stand in `evals/data/talk/topics/tuned`, a file an author; `words` holds words that a topic is told by. Questions about a
word or the company (`evals/data/talk/acts/tuned`) are topics of their own, so that one which was taken for a question about the
conversation can still be told from it. The head reads the encoder's vectors, so it is trained again after `evals.talk.train`.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evals.talk.data import FOLDER, Row, read_acts
from evals.talk.folds import HELD, by_language, confusions, cross_validated, temperature
from evals.talk.ngrams import Floats, Numbers, fit, packed, sparse, weights_of
from evals.talk.train import save
from nodes.rules.answers.topics import ELSEWHERE
from nodes.understanding.encoder import load_encoder

TOPICS = FOLDER / "topics" / "tuned"
CHUNK = 256
LEAST = 1e-6
RIDGE, MEANING = 1000.0, 12.0
"""How strong the ridge is, and what its scores count beside those of the n-grams: of 40 questions in far other words, written
before, 31 instead of 26 were right; half as much made 29."""
EPOCHS = 40
RATE = 0.1
"""Twenty epochs at half the rate lost two points in cross-validation, more epochs gained nothing."""


def main() -> None:
    """Measure, and write the head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--folds", type=int, default=len(HELD), help="authors held out in turn; fewer take less time")
    parser.add_argument("--show", action="store_true", help="print what came out wrong")
    options = parser.parse_args()
    rows = read_topics()
    names = sorted({row.act for row in rows})
    labels = np.array([names.index(row.act) for row in rows])
    data, vectors = sparse([row.text for row in rows], list(labels)), vectors_of([row.text for row in rows])

    def read(train: Numbers, held: Numbers) -> Floats:
        words = fit(data.only(train), len(names), EPOCHS, RATE).scores(data.only(held))
        weights, bias = _meaning(vectors[train], labels[train], len(names))
        return np.stack([words, words + vectors[held] @ weights + bias], axis=1)

    both, held = cross_validated(rows, read, options.folds)
    warmth = _figures(rows, names, both[:, 0], held, show=False)
    together = _figures(rows, names, both[:, 1], held, show=options.show)
    if not options.check:
        weights, bias = _meaning(vectors, labels, len(names))
        meaning = {"meaning": weights, "meaning_bias": bias}
        settings = {"weight": np.float32(1), "temperature_together": np.float32(together)}
        save("topics", names, warmth, **meaning, **settings, **packed(fit(data, len(names), EPOCHS, RATE)))


def vectors_of(texts: Sequence[str]) -> Floats:
    """What the encoder makes of each text."""
    encoder = load_encoder()
    return np.concatenate([encoder(texts[at : at + CHUNK]) for at in range(0, len(texts), CHUNK)])


def _meaning(vectors: Floats, labels: Numbers, count: int) -> tuple[Floats, Floats]:
    """Ridge regression on the vectors, each dimension brought to one spread, rare labels weighing more: weights and bias."""
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + LEAST
    even, wanted = (vectors - mean) / spread, np.eye(count)[labels]
    counted = (even * weights_of(labels, count)[labels][:, None]).T
    found = np.linalg.solve(counted @ even + RIDGE * np.eye(even.shape[1]), counted @ (wanted - wanted.mean(axis=0)))
    weights = (found * MEANING / spread[:, None]).astype(np.float32)
    return weights, (-mean @ weights).astype(np.float32)


def read_topics() -> list[Row]:
    """Every text with its topic as its act, in a fixed order."""
    elsewhere = [
        Row(row.text, row.about, "", row.language, row.author) for row in read_acts("tuned") if _elsewhere(row)
    ]
    return [row for path in sorted(TOPICS.glob("*.jsonl")) for row in _rows(path)] + elsewhere


def _elsewhere(row: Row) -> bool:
    return row.act == "question" and row.about in ELSEWHERE


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        yield Row(kept["text"], kept["topic"], "", kept.get("lang", "en"), path.stem)


def _figures(rows: Sequence[Row], names: Sequence[str], scores: Floats, held: Numbers, *, show: bool) -> float:
    labels = np.array([names.index(rows[i].act) for i in held])
    best = scores.argmax(axis=1)
    warmth = temperature(scores, labels)
    inside = np.flatnonzero([names[label] not in ELSEWHERE for label in labels])
    right = best == labels
    print(f"all: {by_language([rows[i] for i in held], right)}, temperature {warmth:.2f}")
    print(f"about the conversation: {by_language([rows[held[i]] for i in inside], right[inside])}")
    print("\n".join(confusions(scores, labels, names)), flush=True)
    if show:
        wrong = [i for i in inside if not right[i]]
        print("\n".join(f"{rows[held[i]].text} | {names[labels[i]]} taken for {names[best[i]]}" for i in wrong))
    return warmth


if __name__ == "__main__":
    main()

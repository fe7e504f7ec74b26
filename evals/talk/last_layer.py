"""Fits n-grams and the encoder's last layer to the lines of new authors, and leaves the encoder itself as it is.

    python -m evals.talk.last_layer k3      these authors came after the last `evals.talk.train`

A few minutes of one core and no extra package, where `evals.talk.train` takes a quarter of an hour: for a few hundred lines
that change what a label means, not how a language is read. What the head made of all other texts it is held to.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.talk.data import Row, read_acts
from evals.talk.ngrams import SEED, Floats, fit, packed, softmax, sparse
from evals.talk.topics import vectors_of
from evals.talk.train import save
from nodes.understanding.heads import FOLDER

COUNTED = 3.0
"""What a new line counts beside a known one."""
SMOOTHED = 0.05
"""Share of a new line's label that is spread over all, as in the encoder's own training."""
UNLIKELY = -6.0
"""Bias of a label that the head doesn't know yet."""
EPOCHS, BATCH, RATE = 15, 256, 2e-3
"""Adam on the last layer alone."""
MOMENTS, LEAST = (0.9, 0.999), 1e-8


@dataclass(frozen=True)
class Layer:
    """Weights of shape (2 * dimensions, labels) and a bias a label."""

    weights: Floats
    bias: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Shape (texts, labels)."""
        scores: Floats = vectors @ self.weights + self.bias
        return scores


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("authors", nargs="+", help="who wrote what is new")
    parser.add_argument("--temperature", type=float, help="of encoder and n-grams together; as it was where not given")
    options = parser.parse_args()
    rows = read_acts("tuned")
    names = sorted({row.label for row in rows})
    labels = [names.index(row.label) for row in rows]
    with np.load(FOLDER / "acts.npz") as kept:
        known = dict(kept)
    before = widened(Layer(known["meaning"], known["meaning_bias"]), list(map(str, known["labels"])), names)
    vectors = vectors_of([row.text for row in rows])
    after = fitted(
        before, vectors, goals_of(before, vectors, rows, names, options.authors), counted(rows, options.authors)
    )
    words = fit(sparse([row.text for row in rows], labels), len(names))
    warmth = np.float32(options.temperature or known["temperature_together"])
    settings = {"weight": known["weight"], "temperature_together": warmth}
    meaning = {"meaning": after.weights, "meaning_bias": after.bias}
    save("acts", names, float(known["temperature"]), **meaning, **settings, **packed(words))


def widened(layer: Layer, known: Sequence[str], names: Sequence[str]) -> Layer:
    """A layer for these labels: those it knows as they were, others unlikely."""
    weights = np.zeros((len(layer.weights), len(names)), np.float32)
    bias = np.full(len(names), UNLIKELY, np.float32)
    for at, name in enumerate(known):
        weights[:, names.index(name)], bias[names.index(name)] = layer.weights[:, at], layer.bias[at]
    return Layer(weights, bias)


def goals_of(
    layer: Layer, vectors: Floats, rows: Sequence[Row], names: Sequence[str], authors: Sequence[str]
) -> Floats:
    """Shares of the labels to learn: of new lines their label's, of all others what the layer made of them."""
    goals = softmax(layer.scores(vectors))
    right = np.eye(len(names), dtype=np.float32) * (1 - SMOOTHED) + SMOOTHED / len(names)
    for at, row in enumerate(rows):
        if row.author in authors:
            goals[at] = right[names.index(row.label)]
    return goals


def counted(rows: Sequence[Row], authors: Sequence[str]) -> Floats:
    """What each line counts."""
    return np.array([COUNTED if row.author in authors else 1.0 for row in rows], dtype=np.float32)


def fitted(start: Layer, vectors: Floats, goals: Floats, weights: Floats) -> Layer:
    """The layer after some epochs of Adam on its distance from the goals, rates falling to nothing."""
    whole = np.vstack([start.weights, start.bias])
    texts = np.hstack([vectors, np.ones((len(vectors), 1), np.float32)])
    slopes, squares = np.zeros_like(whole), np.zeros_like(whole)
    random, steps = np.random.default_rng(SEED), EPOCHS * -(-len(texts) // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = random.permutation(len(texts))
        for at in range(0, len(order), BATCH):
            batch, step = order[at : at + BATCH], step + 1
            wrong = (softmax(texts[batch] @ whole) - goals[batch]) * weights[batch, None]
            slope = texts[batch].T @ wrong / len(batch)
            slopes = MOMENTS[0] * slopes + (1 - MOMENTS[0]) * slope
            squares = MOMENTS[1] * squares + (1 - MOMENTS[1]) * slope**2
            even, spread = slopes / (1 - MOMENTS[0] ** step), squares / (1 - MOMENTS[1] ** step)
            whole = whole - RATE * (1 - step / steps) * even / (np.sqrt(spread) + LEAST)
    return Layer(whole[:-1].astype(np.float32), whole[-1].astype(np.float32))


if __name__ == "__main__":
    main()

"""Trains the heads of `nodes/understanding` from `evals/data/talk/acts/tuned`: deterministic, numpy only.

    python -m evals.talk.train            cross-validated by author, then trained on all and written
    python -m evals.talk.train --check    only the figures

Softmax regression by Adam with L2 on the weights; the temperature is fitted on the folds (Guo et al. 2017).
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.talk.data import Row, read_acts
from nodes.understanding.features import WIDTH, vector
from nodes.understanding.heads import FOLDER

EPOCHS = 14
BATCH = 64
RATE = 0.05
DECAY = 2e-5
"""L2 on the weights: the least of those that lost nothing in cross-validation."""
FOLDS = 5
SEED = 7
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Sparse:
    """Vectors of texts, one after the other."""

    rows: list[NDArray[np.int64]]
    strengths: list[Floats]
    labels: NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """A trained head before it is packed."""

    matrix: Floats
    bias: Floats

    def scores(self, rows: NDArray[np.int64], strengths: Floats) -> Floats:
        """Scores of one text, shape (labels,)."""
        scores: Floats = strengths @ self.matrix[rows] + self.bias
        return scores


def sparse(texts: Sequence[str], labels: Sequence[int]) -> Sparse:
    """The vectors of some texts with their labels' numbers."""
    vectors = [vector(text) for text in texts]
    return Sparse([v[0] for v in vectors], [v[1] for v in vectors], np.array(labels, dtype=np.int64))


def fit(data: Sparse, count: int, sizes: Floats) -> Weights:
    """Softmax regression with one Adam step a batch; `sizes` weighs each label."""
    matrix, bias = np.zeros((WIDTH, count), dtype=np.float32), np.zeros(count, dtype=np.float32)
    speed = np.full((WIDTH, count), 1e-6, dtype=np.float32)
    random = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        order = random.permutation(len(data.rows))
        rate = RATE * (1 - epoch / EPOCHS)
        for start in range(0, len(order), BATCH):
            _step(data, order[start : start + BATCH], matrix, bias, speed, rate, sizes)
    return Weights(matrix, bias)


def _step(
    data: Sparse, batch: NDArray[np.int64], matrix: Floats, bias: Floats, speed: Floats, rate: float, sizes: Floats
) -> None:
    """One AdaGrad step over a batch; only rows that occur are touched."""
    rows = np.concatenate([data.rows[i] for i in batch])
    strengths = np.concatenate([data.strengths[i] for i in batch])
    lengths = [len(data.rows[i]) for i in batch]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    scores = np.add.reduceat(strengths[:, None] * matrix[rows], starts, axis=0) + bias
    wrong = _softmax(scores)
    wrong[np.arange(len(batch)), data.labels[batch]] -= 1
    wrong *= sizes[data.labels[batch]][:, None]
    seen, place = np.unique(rows, return_inverse=True)
    slope = np.zeros((len(seen), matrix.shape[1]), dtype=np.float32)
    np.add.at(slope, place, strengths[:, None] * np.repeat(wrong, lengths, axis=0))
    slope = slope / len(batch) + DECAY * matrix[seen]
    speed[seen] += slope**2
    matrix[seen] -= rate * slope / np.sqrt(speed[seen])
    bias -= rate * wrong.mean(axis=0)


def _softmax(scores: Floats) -> Floats:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = shares / shares.sum(axis=1, keepdims=True)
    return result


def cross_validated(rows: Sequence[Row], names: Sequence[str], label: "Label") -> tuple[Floats, NDArray[np.int64]]:
    """Scores of every row by a head that never saw it, and the right labels' numbers."""
    data = sparse([row.text for row in rows], [names.index(label(row)) for row in rows])
    scores = np.zeros((len(rows), len(names)), dtype=np.float32)
    folds = np.random.default_rng(SEED).permutation(len(rows)) % FOLDS
    for fold in range(FOLDS):
        train = [i for i in range(len(rows)) if folds[i] != fold]
        part = Sparse([data.rows[i] for i in train], [data.strengths[i] for i in train], data.labels[train])
        head = fit(part, len(names), weights_of(part.labels, len(names)))
        for i in np.flatnonzero(folds == fold):
            scores[i] = head.scores(data.rows[i], data.strengths[i])
    return scores, data.labels


def weights_of(labels: NDArray[np.int64], count: int) -> Floats:
    """Rare labels weigh more, by the square root of how rare they are."""
    sizes = np.bincount(labels, minlength=count).astype(np.float32)
    weights: Floats = np.sqrt(sizes.mean() / np.maximum(sizes, 1)).astype(np.float32)
    return weights


def temperature(scores: Floats, labels: NDArray[np.int64]) -> float:
    """The temperature under which the right labels are likeliest."""
    tried = np.linspace(0.3, 4, 75)
    losses = [-np.log(_softmax(scores / t)[np.arange(len(labels)), labels] + 1e-9).mean() for t in tried]
    return float(tried[int(np.argmin(losses))])


def pack(name: str, head: Weights, names: Sequence[str], warmth: float) -> None:
    """Write a head with a byte a weight."""
    scale = np.abs(head.matrix).max(axis=0) / 127
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(
        FOLDER / f"{name}.npz",
        labels=np.array(names),
        weights=np.round(head.matrix / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=head.bias,
        temperature=np.float32(warmth),
    )


class Label:
    """Which label of a row a head learns."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, row: Row) -> str:
        return row.label if self.name == "acts" else row.language


def confusions(scores: Floats, right: NDArray[np.int64], names: Sequence[str]) -> Iterator[str]:
    """What is taken for what, the most frequent first."""
    guess = scores.argmax(axis=1)
    pairs = [(names[r], names[g]) for r, g in zip(right, guess, strict=True) if r != g]
    for pair in sorted(set(pairs), key=pairs.count, reverse=True)[:15]:
        yield f"  {pairs.count(pair):4} {pair[0]} taken for {pair[1]}"


def main() -> None:
    """Train both heads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--only", choices=["acts", "language"], help="train one head")
    options = parser.parse_args()
    rows = read_acts("tuned")
    for name in ("acts", "language"):
        if options.only in (None, name):
            train(name, rows, write=not options.check)


def train(name: str, rows: Sequence[Row], *, write: bool) -> None:
    """Cross-validate a head, print its figures and write it."""
    label = Label(name)
    names = sorted({label(row) for row in rows})
    scores, right = cross_validated(rows, names, label)
    share = (scores.argmax(axis=1) == right).mean()
    warmth = temperature(scores, right)
    print(f"{name}: {len(rows)} rows, {len(names)} labels, cross-validated {share:.3f}, temperature {warmth:.2f}")
    print("\n".join(confusions(scores, right, names)))
    if write:
        data = sparse([row.text for row in rows], [names.index(label(row)) for row in rows])
        pack(name, fit(data, len(names), weights_of(data.labels, len(names))), names, warmth)


if __name__ == "__main__":
    main()

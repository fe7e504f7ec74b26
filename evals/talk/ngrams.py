"""Linear heads over hashed n-grams: softmax regression by AdaGrad with L2 on the weights, in numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodes.understanding.features import WIDTH, vectors

EPOCHS = 8
BATCH = 64
RATE = 0.05
DECAY = 2e-5
"""L2 on the weights: the least of those that lost nothing in cross-validation."""
SEED = 7
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Sparse:
    """Vectors of texts, one after the other."""

    rows: list[Numbers]
    strengths: list[Floats]
    labels: Numbers

    def only(self, chosen: Numbers) -> "Sparse":
        """Some of them."""
        return Sparse([self.rows[i] for i in chosen], [self.strengths[i] for i in chosen], self.labels[chosen])


@dataclass(frozen=True)
class Weights:
    """A trained head before it is packed."""

    matrix: Floats
    bias: Floats

    def scores(self, data: Sparse) -> Floats:
        """Shape (texts, labels)."""
        pairs = zip(data.rows, data.strengths, strict=True)
        return np.stack([strengths @ self.matrix[rows] + self.bias for rows, strengths in pairs])


def sparse(texts: Sequence[str], labels: Sequence[int]) -> Sparse:
    """The vectors of some texts with their labels' numbers."""
    pairs = vectors(texts).split()
    return Sparse([rows for rows, _ in pairs], [strengths for _, strengths in pairs], np.array(labels, dtype=np.int64))


def fit(data: Sparse, count: int, epochs: int = EPOCHS, most: float = RATE) -> Weights:
    """Softmax regression; rare labels weigh more."""
    head = Weights(np.zeros((WIDTH, count), dtype=np.float32), np.zeros(count, dtype=np.float32))
    speed = np.full((WIDTH, count), 1e-6, dtype=np.float32)
    sizes = weights_of(data.labels, count)
    random = np.random.default_rng(SEED)
    for epoch in range(epochs):
        order = random.permutation(len(data.rows))
        rate = most * (1 - epoch / epochs)
        for start in range(0, len(order), BATCH):
            _step(data.only(order[start : start + BATCH]), head, speed, rate, sizes)
    return head


def _step(batch: Sparse, head: Weights, speed: Floats, rate: float, sizes: Floats) -> None:
    """One AdaGrad step over a batch; only rows that occur are touched."""
    lengths = [len(rows) for rows in batch.rows]
    rows, strengths = np.concatenate(batch.rows), np.concatenate(batch.strengths)[:, None]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    wrong = softmax(np.add.reduceat(strengths * head.matrix[rows], starts, axis=0) + head.bias)
    wrong[np.arange(len(lengths)), batch.labels] -= 1
    wrong *= sizes[batch.labels][:, None]
    order = np.argsort(rows, kind="stable")
    seen, firsts = np.unique(rows[order], return_index=True)
    slope = np.add.reduceat((strengths * np.repeat(wrong, lengths, axis=0))[order], firsts, axis=0)
    slope = slope / len(lengths) + DECAY * head.matrix[seen]
    speed[seen] += slope**2
    head.matrix[seen] -= rate * slope / np.sqrt(speed[seen])
    head.bias[:] -= rate * wrong.mean(axis=0)


def softmax(scores: Floats) -> Floats:
    """Shares that add up to 1 in each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def weights_of(labels: Numbers, count: int) -> Floats:
    """Rare labels weigh more, by the square root of how rare they are."""
    sizes = np.bincount(labels, minlength=count).astype(np.float32)
    weights: Floats = np.sqrt(sizes.mean() / np.maximum(sizes, 1)).astype(np.float32)
    return weights


def packed(head: Weights) -> dict[str, NDArray[np.generic]]:
    """The arrays of a head with a byte a weight."""
    scale = (np.abs(head.matrix).max(axis=0) / 127).astype(np.float32)
    return {"weights": np.round(head.matrix / scale).astype(np.int8), "scale": scale, "bias": head.bias}

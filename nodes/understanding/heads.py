"""Linear heads over hashed n-grams, trained by `python -m evals.talk.train` from texts of our own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nodes.understanding.features import vector

FOLDER = Path(__file__).parent / "heads"


@dataclass(frozen=True)
class Head:
    """One weight a row and label, kept in a byte each, and the temperature that makes the shares honest."""

    labels: tuple[str, ...]
    weights: NDArray[np.int8]
    """Shape (WIDTH, labels)."""
    scale: NDArray[np.float32]
    """Per label: what one step of a weight is worth."""
    bias: NDArray[np.float32]
    temperature: float

    def shares(self, text: str) -> NDArray[np.float32]:
        """How likely each label is, in the order of `labels`; they add up to 1."""
        rows, strengths = vector(text)
        scores = (strengths @ self.weights[rows].astype(np.float32)) * self.scale + self.bias
        scores = np.exp((scores - scores.max()) / self.temperature)
        shares: NDArray[np.float32] = scores / scores.sum()
        return shares

    def best(self, text: str) -> tuple[str, float]:
        """The likeliest label and its share."""
        shares = self.shares(text)
        at = int(shares.argmax())
        return self.labels[at], float(shares[at])


@cache
def load_head(name: str) -> Head:
    """The head of this name, read once."""
    with np.load(FOLDER / f"{name}.npz") as kept:
        return Head(
            labels=tuple(str(label) for label in kept["labels"]),
            weights=kept["weights"],
            scale=kept["scale"],
            bias=kept["bias"],
            temperature=float(kept["temperature"]),
        )

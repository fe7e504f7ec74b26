"""Whether somebody is in danger: a head of its own beside the one for acts, trained on dark words that mean no harm.

It reads hashed n-grams and the vector that the encoder made for the acts; a text that neither hints at costs nothing more.
Trained by `python -m evals.talk.crisis`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nodes.understanding.encoder import Encoder, load_encoder
from nodes.understanding.features import vectors
from nodes.understanding.heads import CAREFUL, FOLDER, HARMLESS, MOST_KEPT, Floats, load_head

HINT = 2 * HARMLESS
"""Share of the general head below which there is no hint. Above HARMLESS, so that the encoder has read whatever passes."""
LEAST = 1e-6
"""Shares nearer to 0 or 1 than this count as this, so that their odds are finite."""


@dataclass(frozen=True)
class Crisis:
    """Logistic regression over n-grams and the encoder's vector, with the general head's odds."""

    encoder: Encoder
    words: NDArray[np.int8]
    """Shape (rows,), rows a power of two; n-grams are hashed into them."""
    scale: float
    """What one step of a word's weight is worth."""
    meaning: Floats
    """Shape (2 * dimensions,)."""
    bias: float
    agreement: float
    """What the general head's log odds count."""
    _kept: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def shares_of(self, texts: Sequence[str], general: Floats) -> Floats:
        """How likely each text tells of danger, shape (len(texts),), given the general head's shares of it, same shape.

        The smaller of both: what one of the heads doesn't hear is no crisis.
        """
        hinted = {text: float(share) for text, share in zip(texts, general, strict=True) if share >= HINT}
        found = {text: self._kept[text] for text in hinted if text in self._kept}
        new = [text for text in hinted if text not in found]
        if new:
            shares = self._read(new, np.array([hinted[text] for text in new], dtype=np.float32))
            found.update(zip(new, map(float, shares), strict=True))
            self._keep({text: found[text] for text in new})
        return np.minimum(np.array([found.get(text, 0.0) for text in texts], dtype=np.float32), general)

    def _keep(self, new: dict[str, float]) -> None:
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        self._kept.update(new)

    def _read(self, texts: Sequence[str], general: Floats) -> Floats:
        scores = word_scores(self.words, texts) * np.float32(self.scale)
        scores += self.encoder.remembered(texts) @ self.meaning + np.float32(self.bias)
        scores += np.float32(self.agreement) * odds(general)
        shares: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
        return shares

    def forget(self) -> None:
        """Forget the shares of all texts; for measuring."""
        self._kept.clear()


def word_scores(weights: NDArray[np.int8], texts: Sequence[str]) -> Floats:
    """The sum of weights of each text's n-grams, shape (len(texts),)."""
    found = vectors(texts)
    steps = weights[found.rows % len(weights)] * found.strengths
    scores: Floats = np.add.reduceat(steps, found.starts)
    return scores


def odds(shares: Floats) -> Floats:
    """Log odds of shares."""
    inside = np.clip(shares, LEAST, 1 - LEAST)
    logarithms: Floats = np.log(inside / (1 - inside)).astype(np.float32)
    return logarithms


def crisis_share(texts: Sequence[str]) -> Floats:
    """How likely each text tells of danger to somebody's life or body now, shape (len(texts),), in one run; 0 without a hint."""
    head = load_head("acts")
    return load_crisis().shares_of(texts, head.shares_of(texts)[:, head.labels.index(CAREFUL)])


@cache
def load_crisis() -> Crisis:
    """The head, read once."""
    with np.load(FOLDER / "crisis.npz") as kept:
        numbers = float(kept["scale"]), kept["meaning"].astype(np.float32), float(kept["bias"])
        return Crisis(load_encoder(), kept["words"], *numbers, float(kept["agreement"]))

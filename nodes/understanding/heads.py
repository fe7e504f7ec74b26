"""The learned heads: what a segment does, and which language a text is in.

Trained by `python -m evals.talk.train` from our own texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nodes.understanding.encoder import Encoder, load_encoder
from nodes.understanding.features import vectors

FOLDER = Path(__file__).parent / "heads"
MOST_KEPT = 4096
"""Texts whose shares are remembered: a message is read more than once in a turn."""
LANGUAGE_LETTERS = 160
"""Letters that a language is told from: thirty words are plenty, and more cost time."""
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Words:
    """Scores from hashed n-grams: one weight a row and label, kept in a byte each."""

    weights: NDArray[np.int8]
    """Shape (WIDTH, labels)."""
    scale: Floats
    """Per label: what one step of a weight is worth."""
    bias: Floats

    def scores(self, texts: Sequence[str]) -> Floats:
        """Shape (len(texts), labels)."""
        found = vectors(texts)
        steps = self.weights[found.rows] * found.strengths[:, None]
        scores: Floats = np.add.reduceat(steps, found.starts, axis=0) * self.scale + self.bias
        return scores


@dataclass(frozen=True)
class Meaning:
    """Scores from the encoder's vectors."""

    encoder: Encoder
    weights: Floats
    """Shape (2 * dimensions, labels)."""
    bias: Floats

    def scores(self, texts: Sequence[str]) -> Floats:
        """Shape (len(texts), labels)."""
        scores: Floats = self.encoder(texts) @ self.weights + self.bias
        return scores


@dataclass(frozen=True)
class Head:
    """A head: its readers' scores, added and made honest by a temperature."""

    labels: tuple[str, ...]
    readers: tuple[tuple[float, Words | Meaning], ...]
    """What each reader counts, and the reader."""
    temperature: float
    _kept: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    def shares(self, text: str) -> Floats:
        """How likely each label is, in the order of `labels`; they add up to 1."""
        shares: Floats = self.shares_of([text])[0]
        return shares

    def shares_of(self, texts: Sequence[str]) -> Floats:
        """The shares of some texts, shape (len(texts), labels), in one run; each is as it would be alone."""
        found = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found.update(zip(new, self._read(new), strict=True))
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            self._kept.update(found)
        return np.stack([found[text] for text in texts]) if found else np.zeros((0, len(self.labels)), np.float32)

    def _read(self, texts: Sequence[str]) -> Floats:
        scores = sum(weight * reader.scores(texts) for weight, reader in self.readers) / np.float32(self.temperature)
        powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        shares: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
        return shares

    def forget(self) -> None:
        """Forget the shares of all texts; for measuring."""
        self._kept.clear()

    def best(self, text: str) -> tuple[str, float]:
        """The likeliest label and its share."""
        shares = self.shares(text)
        at = int(shares.argmax())
        return self.labels[at], float(shares[at])


@cache
def load_head(name: str) -> Head:
    """The head of this name, read once."""
    with np.load(FOLDER / f"{name}.npz") as kept:
        words = Words(kept["weights"], kept["scale"], kept["bias"])
        readers: list[tuple[float, Words | Meaning]] = [(float(kept.get("words", 1.0)), words)]
        if "meaning" in kept:
            readers.append((1.0, Meaning(load_encoder(), kept["meaning"], kept["meaning_bias"])))
        return Head(tuple(map(str, kept["labels"])), tuple(readers), float(kept["temperature"]))


def language_of(text: str) -> tuple[str, float]:
    """The likeliest language of a text, `en`, `de`, `es`, `fr`, `pl` or `other`, and its share."""
    return load_head("language").best(text[:LANGUAGE_LETTERS])

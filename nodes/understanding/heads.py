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
SURE = 0.9
"""Share from which the n-grams' reading holds. 39 % of the texts of authors never seen are there, and asking the encoder up to
0.95 as well made 0.8171 right rather than 0.8166, for a tenth more of the time."""
CAREFUL, HARMLESS = "crisis", 0.01
"""A label that no text is cleared of by n-grams alone, and the share below which there is no sign of it."""
LANGUAGE_LETTERS = 100
"""Letters that a language is told from; more cost time."""
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
        steps = np.take(self.weights, found.rows, axis=0) * found.strengths[:, None]
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
    """N-grams read every text; where they are sure, that is it, elsewhere the encoder reads it too and both count."""

    labels: tuple[str, ...]
    words: Words
    warmth: float
    """The temperature that makes the n-grams' shares honest."""
    meaning: Meaning | None = None
    weight: float = 1.0
    """What the n-grams' scores count beside the encoder's."""
    warmth_together: float = 1.0
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
        scores = self.words.scores(texts)
        shares = _shares(scores, self.warmth)
        unsure = np.flatnonzero(~self._sure(shares))
        if self.meaning and len(unsure):
            together = self.meaning.scores([texts[int(i)] for i in unsure]) + np.float32(self.weight) * scores[unsure]
            shares[unsure] = _shares(together, self.warmth_together)
        return shares

    def _sure(self, shares: Floats) -> NDArray[np.bool_]:
        """Which texts need no second reading; what could be a crisis always does."""
        sure: NDArray[np.bool_] = shares.max(axis=1) >= SURE
        if CAREFUL in self.labels:
            sure &= shares[:, self.labels.index(CAREFUL)] < HARMLESS
        return sure

    def forget(self) -> None:
        """Forget the shares of all texts; for measuring."""
        self._kept.clear()

    def best(self, text: str) -> tuple[str, float]:
        """The likeliest label and its share."""
        shares = self.shares(text)
        at = int(shares.argmax())
        return self.labels[at], float(shares[at])


def _shares(scores: Floats, temperature: float) -> Floats:
    """Scores as shares that add up to 1 in each row."""
    powers = np.exp((scores - scores.max(axis=1, keepdims=True)) / np.float32(temperature))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


@cache
def load_head(name: str) -> Head:
    """The head of this name, read once."""
    with np.load(FOLDER / f"{name}.npz") as kept:
        labels = tuple(map(str, kept["labels"]))
        words = Words(kept["weights"], kept["scale"], kept["bias"])
        if "meaning" not in kept:
            return Head(labels, words, float(kept["temperature"]))
        meaning = Meaning(load_encoder(), kept["meaning"], kept["meaning_bias"])
        together = float(kept["weight"]), float(kept["temperature_together"])
        return Head(labels, words, float(kept["temperature"]), meaning, *together)


def language_of(text: str) -> tuple[str, float]:
    """The likeliest language of a text, `en`, `de`, `es`, `fr`, `pl` or `other`, and its share."""
    return load_head("language").best(text[:LANGUAGE_LETTERS])

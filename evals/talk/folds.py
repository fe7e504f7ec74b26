"""Cross-validation by author, what a head's scores are worth, and the temperature that makes them honest."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.talk.data import LANGUAGES, OTHER, Row
from evals.talk.ngrams import Floats, Numbers, softmax

HELD = (("a4", "b3", "a2", "c1"), ("a1", "b4"), ("b1", "c2", "d1", "d2"), ("b2", "b5"))
"""Authors whose texts are held out together: in each fold English, and together every language."""
TEMPERATURES = np.linspace(0.3, 4, 75)
WORST_SHARE = 1e-9
BINS = 10
MOST_SHOWN = 15
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.65, 0.71, 0.75, 0.8)
Reader = Callable[[Numbers, Numbers], Floats]
"""Trains on the first rows, returns the scores of the second."""


def folds(rows: Sequence[Row]) -> list[Numbers]:
    """The rows that each fold holds out; rows of unknown authors are always trained on."""
    authors = np.array([row.author for row in rows])
    return [np.flatnonzero(np.isin(authors, held)) for held in HELD if np.isin(authors, held).any()]


def cross_validated(rows: Sequence[Row], read: Reader, count: int = len(HELD)) -> tuple[Floats, Numbers]:
    """Scores of every row that the first folds hold out, by a reader that saw nothing of its author, and the rows."""
    scores, chosen = [], []
    for held in folds(rows)[:count]:
        scores.append(read(np.setdiff1d(np.arange(len(rows)), held), held))
        chosen.append(held)
    return np.concatenate(scores), np.concatenate(chosen)


def temperature(scores: Floats, labels: Numbers) -> float:
    """The temperature under which the right labels are likeliest (Guo et al. 2017)."""
    losses = [_loss(scores / np.float32(tried), labels) for tried in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def _loss(scores: Floats, labels: Numbers) -> float:
    return float(-np.log(softmax(scores)[np.arange(len(labels)), labels] + WORST_SHARE).mean())


def miscalibration(shares: Floats, labels: Numbers) -> float:
    """How far the best label's share lies from how often it is right, over BINS of shares (expected calibration error)."""
    best, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    bins = np.minimum((best * BINS).astype(int), BINS - 1)
    gaps = [abs(best[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)]
    return float(sum(gaps) / len(labels))


def by_language(rows: Sequence[Row], right: NDArray[np.bool_]) -> str:
    """Shares of right answers, language by language."""
    languages = np.array([row.language for row in rows])
    parts = [
        f"{name} {right[languages == name].mean():.3f}" for name in (*LANGUAGES, OTHER) if (languages == name).any()
    ]
    return f"{right.mean():.3f} ({', '.join(parts)})"


def confusions(scores: Floats, labels: Numbers, names: Sequence[str]) -> Iterator[str]:
    """What is taken for what, the most frequent first."""
    pairs = [(names[r], names[g]) for r, g in zip(labels, scores.argmax(axis=1), strict=True) if r != g]
    for pair in sorted(set(pairs), key=pairs.count, reverse=True)[:MOST_SHOWN]:
        yield f"  {pairs.count(pair):4} {pair[0]} taken for {pair[1]}"


def alarms(shares: Floats, crisis: NDArray[np.bool_]) -> Iterator[str]:
    """What each threshold of a crisis's share costs."""
    for threshold in THRESHOLDS:
        heard = shares >= threshold
        yield f"  crisis at {threshold}: {(~heard & crisis).sum()} of {crisis.sum()} missed, {(heard & ~crisis).sum()} false"

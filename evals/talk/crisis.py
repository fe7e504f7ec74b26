"""Trains the head that tells danger from dark words: logistic regression over n-grams and the encoder's vectors, by AdaGrad.

    python -m evals.talk.crisis          cross-validated by author, then trained on all rows and written
    python -m evals.talk.crisis --check  only the figures

Needs no extra; the encoder is taken as it is. The same texts, versions and processor give the same file. Takes three minutes.
The encoder and the general head were tuned on all authors but the newest: only NEWEST's figures are of texts nobody saw.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.talk.data import Row, read_acts
from evals.talk.folds import HELD
from evals.talk.ngrams import BATCH, SEED, Floats, Numbers
from nodes.understanding.crisis import HINT, odds
from nodes.understanding.encoder import load_encoder
from nodes.understanding.features import vectors
from nodes.understanding.heads import FOLDER, load_head

NEWEST = "k2"
"""The author whose texts neither the encoder nor the general head was tuned on: 1,300 dark lines without danger, 500 with."""
ROWS = 1 << 14
"""Rows that n-grams are hashed into: a quarter of the general head's, for one label."""
EPOCHS = 12
RATE = 0.1
DECAY = 1e-5
"""L2 on all weights."""
HARD = 2.0
"""What a dark line without danger weighs beside a plain one."""
AGREEMENT = 0.5
"""What the general head's log odds count in the score; besides, the smaller share of both is taken."""
QUARTERS = 4
"""Parts of NEWEST's own texts that are held out in turn."""
SHOWN = (0.9, 0.95, 0.97, 0.99)
CHUNK = 32


@dataclass(frozen=True)
class Texts:
    """What is trained on."""

    rows: list[Numbers]
    strengths: list[Floats]
    meant: Floats
    """Shape (texts, 2 * dimensions), each column of mean 0 and deviation 1, over the root of their number."""
    mean: Floats
    deviation: Floats
    crisis: NDArray[np.bool_]
    weights: Floats
    general: Floats
    """The general head's shares of a crisis."""


@dataclass(frozen=True)
class Weights:
    """A head in training."""

    words: Floats
    meaning: Floats
    bias: Floats
    speeds: tuple[Floats, Floats]
    """AdaGrad's sums of squares for words and meaning."""

    def scores(self, data: Texts, chosen: Numbers) -> Floats:
        """Log odds without the general head's, shape (len(chosen),)."""
        words = [data.strengths[i] @ self.words[data.rows[i]] for i in chosen]
        scores: Floats = np.array(words, dtype=np.float32) + data.meant[chosen] @ self.meaning + self.bias
        return scores


def main() -> None:
    """Cross-validate, train on all and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    rows = read_acts("tuned")
    data = texts_of(rows)
    figures(rows, data)
    if not options.check:
        save(fit(data, np.arange(len(rows))), data)


def texts_of(rows: Sequence[Row]) -> Texts:
    """Everything that is read of the rows."""
    texts = [row.text for row in rows]
    pairs, meant, general = vectors(texts).split(), *_read(texts)
    mean, deviation = meant.mean(axis=0), meant.std(axis=0) + np.float32(1e-3)
    crisis = np.array([row.act == "crisis" for row in rows])
    hard = np.array([HARD if row.author == NEWEST else 1 for row in rows])
    weights = np.where(crisis, np.sqrt((~crisis).sum() / crisis.sum()), hard).astype(np.float32)
    even = (meant - mean) / deviation / np.float32(np.sqrt(meant.shape[1]))
    hashed = [numbers % ROWS for numbers, _ in pairs]
    return Texts(hashed, [s for _, s in pairs], even, mean, deviation, crisis, weights / weights.mean(), general)


def _read(texts: Sequence[str]) -> tuple[Floats, Floats]:
    """The encoder's vectors of all texts and the general head's shares of a crisis, texts of a length together."""
    head, encoder = load_head("acts"), load_encoder()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    meant, shares = [], []
    for start in range(0, len(order), CHUNK):
        chunk = [texts[i] for i in order[start : start + CHUNK]]
        meant.append(encoder.remembered(chunk))
        shares.append(head.shares_of(chunk)[:, head.labels.index("crisis")])
    back = np.argsort(order)
    return np.concatenate(meant)[back], np.concatenate(shares)[back]


def fit(data: Texts, chosen: Numbers) -> Weights:
    """Train on the chosen texts."""
    width = data.meant.shape[1]
    sums = np.full(ROWS, 1e-6, dtype=np.float32), np.full(width, 1e-6, dtype=np.float32)
    head = Weights(np.zeros(ROWS, np.float32), np.zeros(width, np.float32), np.zeros(1, np.float32), sums)
    random = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        order = random.permutation(chosen)
        for start in range(0, len(order), BATCH):
            _step(data, order[start : start + BATCH], head, RATE * (1 - epoch / EPOCHS))
    return head


def _step(data: Texts, batch: Numbers, head: Weights, rate: float) -> None:
    """One AdaGrad step; of the words' weights only those that occur are touched."""
    wrong = 1 / (1 + np.exp(-head.scores(data, batch))) - data.crisis[batch]
    wrong = (wrong * data.weights[batch] / len(batch)).astype(np.float32)
    rows, at = np.unique(np.concatenate([data.rows[i] for i in batch]), return_inverse=True)
    pulls = np.concatenate([data.strengths[i] * pull for i, pull in zip(batch, wrong, strict=True)])
    slope = np.bincount(at, pulls).astype(np.float32) + DECAY * head.words[rows]
    head.speeds[0][rows] += slope**2
    head.words[rows] -= rate * slope / np.sqrt(head.speeds[0][rows])
    slope = data.meant[batch].T @ wrong + DECAY * head.meaning
    head.speeds[1][:] += slope**2
    head.meaning[:] -= rate * slope / np.sqrt(head.speeds[1])
    head.bias[:] -= rate * wrong.sum()


def figures(rows: Sequence[Row], data: Texts) -> None:
    """Print what the decision is worth on authors held out, and on NEWEST's own quarters."""
    authors = np.array([row.author for row in rows])
    newest = authors == NEWEST
    by_author = [np.flatnonzero(np.isin(authors, held)) for held in (*HELD, (NEWEST,))]
    shares = _held_out(data, by_author)
    _tell("authors held out", shares, data.crisis, ~np.isnan(shares))
    _tell(f"  of them {NEWEST}", shares, data.crisis, newest)
    own = np.random.default_rng(SEED).permutation(np.flatnonzero(newest))
    _tell(f"quarters of {NEWEST} held out", _held_out(data, np.array_split(own, QUARTERS)), data.crisis, newest)


def _held_out(data: Texts, parts: Sequence[Numbers]) -> Floats:
    """Shares of the rows of each part by a head that was trained without it; not a number for the others."""
    shares = np.full(len(data.crisis), np.nan, dtype=np.float32)
    for held in parts:
        head = fit(data, np.setdiff1d(np.arange(len(data.crisis)), held))
        scores = head.scores(data, held) + np.float32(AGREEMENT) * odds(data.general[held])
        agreed = np.minimum(1 / (1 + np.exp(-scores)), data.general[held])
        shares[held] = np.where(data.general[held] >= HINT, agreed, 0)
    return shares


def _tell(title: str, shares: Floats, crisis: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> None:
    print(f"{title}: {(crisis & chosen).sum()} crises, {(~crisis & chosen).sum()} others")
    print("\n".join(_lines(shares[crisis & chosen], shares[~crisis & chosen])), flush=True)


def _lines(real: Floats, others: Floats) -> Iterator[str]:
    thresholds = [float(np.quantile(real, 1 - recall)) for recall in SHOWN]
    for threshold in [*thresholds, 0.1, 0.2, 0.3, 0.5, 0.7]:
        yield f"  at {threshold:.3f}: recall {(real >= threshold).mean():.3f}, {(others >= threshold).sum()} false alarms"


def save(head: Weights, data: Texts) -> None:
    """Write the head, the words a byte a weight, the deviations folded into the weights."""
    scale = np.abs(head.words).max() / 127
    meaning = head.meaning / data.deviation / np.float32(np.sqrt(len(head.meaning)))
    np.savez_compressed(
        FOLDER / "crisis.npz",
        words=np.round(head.words / scale).astype(np.int8),
        scale=np.float32(scale),
        meaning=meaning.astype(np.float16),
        bias=np.float32(head.bias[0] - data.mean @ meaning),
        agreement=np.float32(AGREEMENT),
    )


if __name__ == "__main__":
    main()

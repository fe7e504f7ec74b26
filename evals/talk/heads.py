"""What the heads are worth on texts that nobody tuned on: `python -m evals.talk.heads`. Prints figures, never a text."""

import argparse
from collections.abc import Sequence

import numpy as np

from evals.talk.data import Row, read_acts, unseen
from evals.talk.folds import by_language, miscalibration
from evals.talk.ngrams import Floats
from nodes.understanding.acts import CRISIS, POSSIBLE_CRISIS
from nodes.understanding.heads import language_of, load_head

CHUNK = 64
"""Texts a run."""
ORDINARY = "crisis_ordinary"
"""The file of texts that sound dangerous and aren't."""
SHORT = 3
"""Words of a short text."""


def main() -> None:
    """Measure acts, crises and languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="heldout", choices=["heldout", "tuned"])
    parser.add_argument("--crisis", type=float, default=CRISIS, help="share from which a text stops the coach")
    parser.add_argument("--possible", type=float, default=POSSIBLE_CRISIS, help="share from which it is met with help")
    options = parser.parse_args()
    rows = [row for row in _measured(options.split) if row.author != "ordinary"]
    head = load_head("acts")
    shares = _shares([row.text for row in rows])
    labels = np.array([head.labels.index(row.label) for row in rows])
    right = shares.argmax(axis=1) == labels
    print(f"acts: {by_language(rows, right)} of {len(rows)}, calibration error {miscalibration(shares, labels):.3f}")
    _crisis("stops", rows, options.crisis)
    _crisis("help", rows, options.possible)
    _language(rows)


def _measured(split: str, file: str = "*") -> Sequence[Row]:
    """What is measured of a split; says how many held-out texts are left out as known."""
    rows = read_acts(split, file)
    if split != "heldout":
        return rows
    new = unseen(rows, read_acts("tuned"))
    print(
        f"{len(rows) - len(new)} of {len(rows)} held-out texts ({file}) left out: they stand word for word among the tuned"
    )
    return new


def _shares(texts: Sequence[str]) -> Floats:
    head = load_head("acts")
    return np.concatenate([head.shares_of(texts[at : at + CHUNK]) for at in range(0, len(texts), CHUNK)])


def _danger(rows: Sequence[Row]) -> Floats:
    dangers: Floats = _shares([row.text for row in rows])[:, load_head("acts").labels.index("crisis")]
    return dangers


def _crisis(name: str, rows: Sequence[Row], threshold: float) -> None:
    alarm, real = _danger(rows) >= threshold, np.array([row.act == "crisis" for row in rows])
    print(
        f"{name} at {threshold}: {alarm[real].sum()} of {real.sum()} heard, {alarm[~real].sum()} false in {(~real).sum()}"
    )
    ordinary = _measured("heldout", ORDINARY)
    if ordinary:
        alarms = _danger(ordinary) >= threshold
        print(f"  ordinary texts that sound like one: {alarms.sum()} false in {len(ordinary)}")


def _language(rows: Sequence[Row]) -> None:
    right = np.array([language_of(row.text)[0] == row.language for row in rows])
    short = np.array([len(row.text.split()) <= SHORT for row in rows])
    print(f"language: {by_language(rows, right)}")
    print(
        f"  of at most {SHORT} words: {by_language([r for r, s in zip(rows, short, strict=True) if s], right[short])}"
    )


if __name__ == "__main__":
    main()

